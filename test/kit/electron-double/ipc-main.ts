import { misuse, strict } from './strict.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) misuse(`a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
});

/** What `ipcRenderer.invoke` comes to, in Electron's own words where it fails. */
export async function invokeHandler(
  channel: string,
  event: object,
  args: readonly unknown[],
): Promise<{ readonly value: unknown } | { readonly error: string }> {
  const handler = handlers.get(channel);
  const failed = (why: string) => ({ error: `Error invoking remote method '${channel}': ${why}` });
  if (handler === undefined) return failed(`Error: No handler registered for '${channel}'`);
  try {
    return { value: await handler(event, ...args) };
  } catch (error) {
    return failed(String(error));
  }
}
