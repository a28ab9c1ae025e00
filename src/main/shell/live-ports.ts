import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain, MessageChannelMain } from 'electron';
import type { EngineSupervisor } from '../launch/engine-supervisor.ts';
import { isOurs } from './lock-down.ts';

/**
 * The only messages that the page's preload sends the shell: it asks for a port to the engine. The
 * port goes from one to the other; what is said over it never passes here.
 */
export function serveLivePorts(
  window: BrowserWindow,
  supervisor: EngineSupervisor,
  workstation: string,
): void {
  let next = 1;
  ipcMain.handle('live:attach', (event): boolean => {
    if (!isOurWindow(event, window) || supervisor.state !== 'ready') return false;
    const { port1, port2 } = new MessageChannelMain();
    supervisor.send({ t: 'open', conn: next, workstation }, [port1]);
    next += 1;
    event.sender.postMessage('live:port', null, [port2]);
    return true;
  });
}

/** A frame within our page, or a page that is not ours, is not answered. */
function isOurWindow(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame;
  if (frame === null || window.isDestroyed()) return false;
  return frame === window.webContents.mainFrame && isOurs(frame.url);
}
