import { randomUUID } from 'node:crypto';
import { isApp, toChromium, toShell } from './addresses.ts';
import type { CdpSession, Params } from './cdp.ts';
import { invokeHandler } from './ipc-main.ts';
import { endOf } from './ports.ts';
import type { FromWorld, ToWorld } from './preload-world.ts';
import type { Session } from './session.ts';
import { state } from './state.ts';
import { misuse, StrictEmitter, strict } from './strict.ts';
import { BINDING, pageScript, preloadScript, TAKE, WORLD } from './world-scripts.ts';

const EVENTS = [
  'will-navigate',
  'will-redirect',
  'will-frame-navigate',
  'will-attach-webview',
  'render-process-gone',
  'did-finish-load',
];
const LOAD_MS = 60_000;
const PAGE_LEFT = /Invalid InterceptionId|Session with given id not found/;

interface Paused {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string };
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
}

/** One page: a target of Chromium with the preload in a world of its own. */
export class WebContents extends StrictEmitter {
  readonly session: Session;
  readonly #frameNow = { url: '' };
  readonly mainFrame: { readonly url: string } = strict('WebFrameMain', this.#frameNow);
  #self: object = this;
  #cdp: CdpSession | null = null;
  #frame = '';
  #world = 0;
  #loading: PromiseWithResolvers<void> | null = null;
  #openHandler: ((details: object) => { action: string }) | null = null;
  #nextPort = 1;
  readonly #ports = new Map<number, ReturnType<typeof endOf>>();

  constructor(session: Session) {
    super('WebContents', EVENTS);
    this.session = session;
  }

  /** What the shell holds of us. */
  known(self: object): void {
    this.#self = self;
  }

  setWindowOpenHandler(handler: (details: object) => { action: string }): void {
    this.#openHandler = handler;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  isDestroyed(): boolean {
    return this.#cdp === null;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#tell({ t: 'send', channel, args: structuredClone(args), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: readonly object[] = []): void {
    const ends = transfer.map((port) => ({ id: this.#nextPort++, end: endOf(port) }));
    const ports = ends.map(({ id }) => id);
    this.#tell({ t: 'send', channel, args: [structuredClone(message)], ports });
    // What waits in a port follows it, and must not come before it.
    for (const { id, end } of ends) {
      this.#ports.set(id, end);
      end.handOver({
        message: (data) => this.#tell({ t: 'port', id, data }),
        close: () => this.#tell({ t: 'port-end', id }),
      });
    }
  }

  /** The shell asks a page that hangs or is gone to be loaded anew. */
  reload(): void {
    this.#cdp?.try('Page.reload');
  }

  async attach(cdp: CdpSession, preloadText: string): Promise<void> {
    const token = `double-${randomUUID()}`;
    this.#cdp = cdp;
    this.#listen(cdp);
    await Promise.all([
      cdp.send('Page.enable'),
      cdp.send('Runtime.enable'),
      cdp.send('Inspector.enable'),
      cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript(token) }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadScript(token, preloadText),
        worldName: WORLD,
      }),
    ]);
    const { frameTree } = await cdp.send('Page.getFrameTree');
    this.#frame = (frameTree as { frame: { id: string } }).frame.id;
  }

  /** The program's own way to a page: no event asks whether it may. */
  async load(url: string): Promise<void> {
    if (this.#openHandler === null) misuse('a page was loaded before new windows were refused');
    this.session.mustBeLocked();
    if (isApp(url)) await this.session.askPermissions(this.#self, url);
    this.#loading = Promise.withResolvers();
    const timer = setTimeout(() => this.#loading?.reject(new Error('ERR_TIMED_OUT')), LOAD_MS);
    const end = await this.#cdp?.send('Page.navigate', { url: toChromium(url) });
    if (typeof end?.errorText === 'string') {
      this.#loading.reject(new Error(`${end.errorText} loading '${url}'`));
    }
    await this.#loading.promise.finally(() => clearTimeout(timer));
    this.#loading = null;
  }

  gone(): void {
    this.#cdp = null;
    for (const end of this.#ports.values()) end.close();
    this.#ports.clear();
  }

  /** A page opens another: no window can be there that the shell did not make. */
  mustDeny(url: string): void {
    const answer = this.#openHandler?.({ url: toShell(url) });
    if (answer?.action !== 'deny') state.broken(`a page was let open ${url}`);
  }

  #listen(cdp: CdpSession): void {
    cdp.on('Fetch.requestPaused', (params) => {
      this.#request(params as unknown as Paused).catch((error: unknown) => {
        // A request whose page went on meanwhile, or is closed, needs no answer.
        if (!PAGE_LEFT.test(String(error))) state.broken(String(error));
      });
    });
    cdp.on('Page.loadEventFired', () => {
      this.#loading?.resolve();
      this.emit('did-finish-load', {});
    });
    cdp.on('Page.frameNavigated', ({ frame }) => {
      const { id, url } = frame as { id: string; url: string };
      if (id === this.#frame) this.#frameNow.url = toShell(url);
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.#frame) this.#frameNow.url = toShell(String(url));
    });
    cdp.on('Runtime.bindingCalled', (params) => this.#bound(params));
    cdp.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
  }

  async #request(paused: Paused): Promise<void> {
    const { requestId, request, resourceType } = paused;
    const url = toShell(request.url);
    if (resourceType === 'Document' && !this.#mayGo(paused, url)) {
      await this.#cdp?.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    if (!isApp(url)) {
      await this.#cdp?.send('Fetch.continueRequest', { requestId });
      return;
    }
    const answer = await this.session.answer(new Request(url, { method: request.method }));
    const body = Buffer.from(await answer.arrayBuffer()).toString('base64');
    await this.#cdp?.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: answer.status,
      responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value })),
      body,
    });
  }

  #mayGo({ frameId, redirectedRequestId }: Paused, url: string): boolean {
    const isMainFrame = frameId === this.#frame;
    if (this.#loading !== null && isMainFrame && redirectedRequestId === undefined) return true;
    const more = { url, isMainFrame };
    if (this.refused('will-frame-navigate', more)) return false;
    if (!isMainFrame) return true;
    const name = redirectedRequestId === undefined ? 'will-navigate' : 'will-redirect';
    return !this.refused(name, more, url);
  }

  #bound({ name, payload, executionContextId }: Params): void {
    if (name !== BINDING) return;
    this.#world = Number(executionContextId);
    const told = JSON.parse(String(payload)) as FromWorld;
    if (told.t === 'broken') state.broken(told.what);
    else if (told.t === 'open') this.mustDeny(told.url);
    else if (told.t === 'port') this.#ports.get(told.id)?.post(told.data);
    else if (told.t === 'port-end') this.#ports.get(told.id)?.close();
    else void this.#invoke(told, this.#world);
  }

  async #invoke(told: Extract<FromWorld, { t: 'invoke' }>, world: number): Promise<void> {
    const event = strict('IpcMainInvokeEvent', {
      sender: this.#self,
      senderFrame: this.mainFrame,
    });
    const end = await invokeHandler(told.channel, event, told.args);
    if (world === this.#world) this.#tell({ t: 'answer', id: told.id, ...end });
  }

  #tell(message: ToWorld): void {
    if (this.#world === 0) return;
    this.#cdp?.try('Runtime.evaluate', {
      contextId: this.#world,
      expression: `globalThis.${TAKE}(${JSON.stringify(message)})`,
    });
  }
}
