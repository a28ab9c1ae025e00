import { type MessagePortMain, utilityProcess } from 'electron';
import type { ChildPort } from '../launch/child-port.ts';

/**
 * The engine's process as Electron starts it: the same port as a fork's, and ports can go along.
 */
export function utilityChild(module: string, args: readonly string[]): ChildPort {
  const child = utilityProcess.fork(module, [...args], {
    serviceName: 'Twoline engine',
    stdio: 'inherit',
  });
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  return {
    send: (message, transfer = []) => {
      if (!ended) child.postMessage(message, transfer as MessagePortMain[]);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', (code) => listener(`exit code ${code}`));
    },
    // Its own `kill` asks politely with SIGTERM, which the engine leaves to us.
    kill: () => {
      if (!ended && child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}
