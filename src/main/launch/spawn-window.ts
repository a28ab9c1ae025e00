import { spawn } from 'node:child_process';
import { type ChildPort, childPort } from './child-port.ts';

/** Starts the Electron runtime on the window's program, with a channel for messages. */
export function spawnWindow(electron: string, program: string, args: readonly string[]): ChildPort {
  const child = spawn(electron, [program, ...args], {
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced',
  });
  return childPort(child);
}
