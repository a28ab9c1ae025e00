import type { Page, WebSocket } from '@playwright/test';
import type { ServerFrame } from '../../../src/shared/contract/transport/protocol.ts';

/**
 * Sends one command or query of its own making from this page, with all that the page itself has:
 * what a person with the developer tools could do. Returns the engine's answer.
 */
export async function forge(
  page: Page,
  verb: 'command' | 'query',
  name: string,
  input: unknown,
): Promise<ServerFrame> {
  const byBridge = await page.evaluate(
    ([t, asked, given]) => window.twoline?.[t](asked, given).answer,
    [verb, name, input] as const,
  );
  if (byBridge === undefined) return forgeSocket(page, verb, name, input);
  if (byBridge.ok) return { t: 'ok', id: 1, value: byBridge.value };
  return { t: 'fault', id: 1, fault: byBridge.fault };
}

/** A second live connection with the page's own cookie and origin. */
function forgeSocket(
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

/**
 * The stages that the page is told of each gate command from its next load on, in order, by the
 * command's id.
 */
export async function hearStages(page: Page): Promise<ReadonlyMap<string, readonly string[]>> {
  const heard = new Map<string, string[]>();
  const hear = (set: Readonly<Record<string, unknown>>) => {
    for (const row of Object.values(set)) {
      const { command } = row as { command?: { id: string; stage: string } | null };
      if (!command) continue;
      const stages = heard.get(command.id) ?? [];
      if (stages.at(-1) !== command.stage) stages.push(command.stage);
      heard.set(command.id, stages);
    }
  };
  if (await inWindow(page)) await hearBridge(page, hear);
  else hearSockets(page, hear);
  return heard;
}

type Hear = (set: Readonly<Record<string, unknown>>) => void;

function hearSockets(page: Page, hear: Hear): void {
  const listen = (socket: WebSocket) =>
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(payload.toString()) as ServerFrame;
      if (frame.t === 'update') hear(frame.set);
    });
  page.on('websocket', listen);
}

/** What a window's page is told passes no socket: a second watch from the page hears the same. */
async function hearBridge(page: Page, hear: Hear): Promise<void> {
  await page.exposeBinding('heardLanes', (_source, set: Readonly<Record<string, unknown>>) => {
    hear(set);
  });
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      const { heardLanes } = window as unknown as { heardLanes: (set: unknown) => Promise<void> };
      const handlers = {
        onUpdate: ({ set }: { set: unknown }) => heardLanes(set),
        onEnd: () => {},
      };
      window.twoline?.watch('lanes', {}, handlers);
    });
  });
}

/** Settles when the page has lost the engine, or looks for it again. */
export async function linkLost(page: Page, timeoutMs: number): Promise<void> {
  if (!(await inWindow(page))) {
    await page.waitForEvent('websocket', { timeout: timeoutMs });
    return;
  }
  await page.evaluate(() => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const onUpdate = ({ set }: { set: Record<string, unknown> }) => {
      if (set.state === 'lost') resolve();
    };
    window.twoline?.watch('link', {}, { onUpdate, onEnd: () => {} });
    return promise;
  });
}

function inWindow(page: Page): Promise<boolean> {
  return page.evaluate(() => window.twoline !== undefined);
}
