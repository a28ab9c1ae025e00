import { ipcMain, MessageChannelMain } from 'electron';
import type { EngineSupervisor } from '../launch/engine-supervisor.ts';
import type { ConsoleWindows } from './console-windows.ts';

/**
 * A page's preload asks the shell for a port to the engine. The port goes from one to the other;
 * what is said over it never passes here.
 */
export function serveLivePorts(
  windows: Pick<ConsoleWindows, 'ofSender'>,
  supervisor: Pick<EngineSupervisor, 'state' | 'send'>,
): void {
  let next = 1;
  ipcMain.handle('live:attach', (event): boolean => {
    const from = windows.ofSender(event);
    if (from === null || supervisor.state !== 'ready') return false;
    const { port1, port2 } = new MessageChannelMain();
    supervisor.send({ t: 'open', conn: next, workstation: from.workstation }, [port1]);
    next += 1;
    event.sender.postMessage('live:port', null, [port2]);
    return true;
  });
}

/** The engine is gone, and all ports to it with it. */
export function tellLost(windows: Pick<ConsoleWindows, 'all'>): void {
  for (const { window } of windows.all) {
    if (!window.isDestroyed()) window.webContents.send('live:lost');
  }
}
