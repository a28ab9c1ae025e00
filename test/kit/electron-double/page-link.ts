import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Carrier, CarrierInbox } from '../../../src/shared/contract/transport/carrier.ts';
import { theApp } from './app.ts';
import { watchChromium } from './browser-window.ts';
import { CdpSession } from './cdp.ts';
import { startChromium } from './chromium.ts';
import { app, BrowserWindow, protocol, session } from './electron.ts';
import { cdp, state } from './state.ts';

/** A preload that hands its page the bare port: what a test asks for no page of ours would. */
const PRELOAD = `
const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('bare', {
  open: async (onText, onClose) => {
    const arrived = new Promise((resolve) => {
      ipcRenderer.once('live:port', (event) => resolve(event.ports[0]));
    });
    await ipcRenderer.invoke('live:attach');
    const port = await arrived;
    port.addEventListener('message', ({ data }) => onText(data));
    port.addEventListener('close', () => onClose());
    port.start();
    return { send: (text) => port.postMessage(text), close: () => port.close() };
  },
});`;
const TELL = 'tellTest';

/** A window of the double in this very process, whose page carries connections for a test. */
export class PageLink {
  readonly #dir: string;
  readonly #page: CdpSession;
  readonly #inboxes: CarrierInbox[] = [];

  private constructor(dir: string, page: CdpSession) {
    this.#dir = dir;
    this.#page = page;
    page.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name !== TELL) return;
      const { at, text } = JSON.parse(String(payload)) as { at: number; text: string | null };
      const inbox = this.#inboxes[at];
      if (text === null) inbox?.end();
      else inbox?.deliver(text);
    });
  }

  static async start(): Promise<PageLink> {
    const dir = mkdtempSync(join(tmpdir(), 'twoline-page-'));
    state.userData = dir;
    const privileges = { standard: true, secure: true, supportFetchAPI: true };
    protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
    app.enableSandbox();
    state.chromium = startChromium(dir);
    await watchChromium();
    theApp.becomeReady();
    await openPage(dir);
    const link = new PageLink(dir, await attach());
    // The first connection has to wait for much else that a young Chromium does.
    (await link.connect()).close();
    return link;
  }

  async connect(): Promise<Carrier> {
    const at = this.#inboxes.length;
    const inbox = new CarrierInbox();
    this.#inboxes.push(inbox);
    await this.#run(`(async () => {
      const tell = (text) => ${TELL}(JSON.stringify({ at: ${at}, text }));
      (globalThis.links ??= [])[${at}] = await bare.open(tell, () => tell(null));
    })()`);
    const run = (code: string) => void this.#run(code).catch(() => {});
    let waiting: string[] = [];
    // What is sent in one turn goes in one call, as fast as a page would post it.
    const flush = () => {
      const texts = waiting;
      waiting = [];
      run(`for (const text of ${JSON.stringify(texts)}) links[${at}].send(text)`);
    };
    return {
      send: (text) => {
        if (!inbox.ended && waiting.push(text) === 1) queueMicrotask(flush);
      },
      bufferedAmount: () => 0,
      onText: (listener) => inbox.onText(listener),
      onClose: (listener) => inbox.onClose(listener),
      close: () => {
        if (inbox.ended) return;
        inbox.end();
        queueMicrotask(() => run(`links[${at}].close()`));
      },
    };
  }

  async stop(): Promise<void> {
    state.chromium?.child.kill();
    await new Promise((resolve) => state.chromium?.child.once('exit', resolve));
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 5 });
  }

  async #run(expression: string): Promise<void> {
    const end = await this.#page.send('Runtime.evaluate', { expression, awaitPromise: true });
    if (end.exceptionDetails) throw new Error(JSON.stringify(end.exceptionDetails));
  }
}

async function openPage(dir: string): Promise<void> {
  const preload = join(dir, 'preload.cjs');
  writeFileSync(preload, PRELOAD);
  const own = session.defaultSession;
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  const headers = { 'content-type': 'text/html' };
  own.protocol.handle('app', () => new Response('<!doctype html>', { headers }));
  const webPreferences = {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  };
  const window = new BrowserWindow({ webPreferences });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  await window.loadURL('app://bundle/');
}

/** A second look at the page, beside the double's own. */
async function attach(): Promise<CdpSession> {
  const { targetInfos } = await cdp().send('Target.getTargets');
  const found = (targetInfos as { targetId: string; url: string }[]).find(({ url }) =>
    url.includes('bundle'),
  );
  const to = { targetId: found?.targetId, flatten: true };
  const { sessionId } = await cdp().send('Target.attachToTarget', to);
  const page = new CdpSession(cdp(), String(sessionId));
  await page.send('Runtime.enable');
  await page.send('Runtime.addBinding', { name: TELL });
  return page;
}
