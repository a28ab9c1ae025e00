import type { Page, WebSocket } from '@playwright/test';
import type { ServerFrame } from '../../../src/shared/contract/transport/protocol.ts';

/**
 * Sends one command or query of its own making over a second live connection from this page, with
 * the page's own cookie and origin: what a person with the developer tools could do. Returns the
 * engine's answer.
 */
export function forge(
  page: Page,
  verb: 'command' | 'query',
  name: string,
  input: unknown,
): Promise<ServerFrame> {
  return page.evaluate(
    ([t, asked, given]) => {
      const socket = new WebSocket(`ws://${location.host}/live`);
      const { promise, resolve, reject } = Promise.withResolvers<ServerFrame>();
      socket.addEventListener('open', () => {
        socket.send(JSON.stringify({ t, id: 1, name: asked, input: given }));
      });
      socket.addEventListener('message', (event: MessageEvent<string>) => {
        const frame = JSON.parse(event.data) as ServerFrame;
        if (!('id' in frame) || frame.id !== 1) return;
        resolve(frame);
        socket.close();
      });
      socket.addEventListener('close', () => reject(new Error('closed without an answer')));
      return promise;
    },
    [verb, name, input] as const,
  );
}

/** The stages that the page is told of each gate command, in order, by the command's id. */
export function hearStages(page: Page): ReadonlyMap<string, readonly string[]> {
  const heard = new Map<string, string[]>();
  const listen = (socket: WebSocket) =>
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(payload.toString()) as ServerFrame;
      if (frame.t !== 'update') return;
      for (const row of Object.values(frame.set)) {
        const { command } = row as { command?: { id: string; stage: string } | null };
        if (!command) continue;
        const stages = heard.get(command.id) ?? [];
        if (stages.at(-1) !== command.stage) stages.push(command.stage);
        heard.set(command.id, stages);
      }
    });
  page.on('websocket', listen);
  return heard;
}
