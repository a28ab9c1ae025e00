import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import { type WebSocket, WebSocketServer } from 'ws';

/** The page says what it is told, and notes when its words changed. */
const HTML = `<!doctype html><meta charset="utf-8"><title>bare</title><p id="said"></p>
<script>
const said = document.getElementById('said');
window.delays = [];
new MutationObserver(() => {
  window.delays.push(performance.timeOrigin + performance.now() - Number(said.textContent));
}).observe(said, { childList: true, characterData: true, subtree: true });
new WebSocket('ws://' + location.host).onmessage = ({ data }) => { said.textContent = data; };
</script>`;

/**
 * The least that a page could do: a moment of time, sent over a WebSocket from a process without
 * any engine, put into one element. It runs beside the console's page, in the same browser.
 */
export class BarePage {
  readonly #server: Server;
  readonly page: Page;
  readonly #sockets = new Set<WebSocket>();
  #timer: NodeJS.Timeout | undefined;

  private constructor(server: Server, page: Page, sockets: Set<WebSocket>) {
    this.#server = server;
    this.page = page;
    this.#sockets = sockets;
  }

  static async open(browser: Browser): Promise<BarePage> {
    const server = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html').end(HTML);
    });
    const sockets = new Set<WebSocket>();
    new WebSocketServer({ server }).on('connection', (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    return new BarePage(server, page, sockets);
  }

  /** Tells the page a moment every so many ms, until its times are taken. */
  begin(everyMs: number): void {
    this.#timer = setInterval(() => {
      for (const socket of this.#sockets) {
        socket.send(String(performance.timeOrigin + performance.now()));
      }
    }, everyMs);
  }

  /** Ms from each moment's leaving to its words. */
  async times(): Promise<readonly number[]> {
    clearInterval(this.#timer);
    return this.page.evaluate(() => (window as { delays?: number[] }).delays ?? []);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
