import { connectConsole } from '../live/connect.ts';
import { mountConsole } from './mount.tsx';

/** Connects to the engine that this page belongs to, and shows its console. */
export function startConsole(): void {
  mountConsole(connectConsole());
}
