import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Carrier } from '../../src/shared/contract/transport/carrier.ts';
import { cookieOf, openRelayHost, type RelayHost } from '../kit/relay-host.ts';
import { until } from '../kit/waiting.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let relay: RelayHost;
let port: number;
let dir: string;
let accepted: { carrier: Carrier; workstation: string; texts: string[] }[];

beforeEach(async () => {
  accepted = [];
  dir = mkdtempSync(join(tmpdir(), 'twoline-page-'));
  mkdirSync(join(dir, 'page', 'assets'), { recursive: true });
  writeFileSync(join(dir, 'page', 'index.html'), '<!doctype html><title>console</title>');
  writeFileSync(join(dir, 'page', 'assets', 'app-1234.js'), 'export const answer = 42;\n');
  writeFileSync(join(dir, 'secret.txt'), 'not for browsers');
  symlinkSync(join(dir, 'secret.txt'), join(dir, 'page', 'linked.txt'));
  const accept = (carrier: Carrier, workstation: string) => {
    const texts: string[] = [];
    carrier.onText((text) => texts.push(text));
    accepted.push({ carrier, workstation, texts });
  };
  relay = await openRelayHost(accept, join(dir, 'page'), ['tiles.example.org', 'x; script-src *']);
  port = relay.host.port;
});

afterEach(async () => {
  await relay.host.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A request with exactly these headers: fetch would set some of its own. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    asked.on('error', reject);
    asked.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    asked.end();
  });
}

/** Sends raw bytes; resolves to all that came back until the other side hung up. */
function send(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let got = '';
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(got));
  });
}

function live(headers: Record<string, string>, path = '/live'): Promise<number | WebSocket> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('error', () => {});
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
}

const cookie = () => cookieOf(relay.host.launchUrl());

describe('the launch link', () => {
  test('opens one browser: a strict cookie, and on to the page', async () => {
    const reply = await ask(new URL(relay.host.launchUrl()).search.replace('?', '/?'));
    expect(reply.status).toBe(303);
    expect(reply.headers.location).toBe('/');
    const [set = ''] = reply.headers['set-cookie'] ?? [];
    expect(set).toMatch(
      new RegExp(`^twoline-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    const page = await ask('/', { cookie: set.split(';')[0] ?? '' });
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>console</title>' });
  });

  test('is refused the second time, in three languages, and a new one is announced', async () => {
    const used = relay.host.launchUrl();
    await cookieOf(used);
    const again = await ask(used.slice(relay.origin.length));
    expect(again.status).toBe(403);
    for (const words of ['每個連結只可使用一次', '每个链接只能使用一次', 'shows a new one']) {
      expect(again.body).toContain(words);
    }
    expect(again.headers['set-cookie']).toBe(undefined);
    expect(relay.freshUrls).toEqual([relay.host.launchUrl()]);
    expect(relay.freshUrls[0]).not.toBe(used);
    await cookieOf(relay.freshUrls[0] ?? '');
  });

  test('costs a browser that is let in already nothing, and uses up no other', async () => {
    const mine = await cookie();
    const fresh = relay.host.launchUrl();
    for (const path of [fresh.slice(relay.origin.length), '/?launch=old']) {
      expect(await ask(path, { cookie: mine })).toMatchObject({ status: 303 });
    }
    expect(relay.host.launchUrl()).toBe(fresh);
  });

  test('is not used up by a HEAD request or a wrong token', async () => {
    const url = relay.host.launchUrl();
    expect((await ask(url.slice(relay.origin.length), {}, 'HEAD')).status).toBe(403);
    expect((await ask('/?launch=guess')).status).toBe(403);
    expect((await ask('/?launch=')).status).toBe(403);
    expect(relay.host.launchUrl()).toBe(url);
  });

  test('without a key there is no page, no file and no live connection', async () => {
    for (const path of ['/', '/assets/app-1234.js', '/nothing']) {
      expect((await ask(path)).status).toBe(401);
      expect((await ask(path, { cookie: `twoline-${port}=guess` })).status).toBe(401);
    }
    expect(await live({ origin: relay.origin })).toBe(401);
    expect(accepted).toEqual([]);
  });
});

describe('what a request must be', () => {
  test.each([
    ['another host (DNS rebinding)', { host: 'evil.example' }, 421],
    ['another port', { host: '127.0.0.1:1' }, 421],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['no origin at all (a sandboxed page)', { origin: 'null' }, 403],
    ['our origin with another port', { origin: 'http://127.0.0.1:1' }, 403],
  ])('%s is refused, for pages and for live connections', async (_what, headers, status) => {
    const all = { cookie: await cookie(), origin: relay.origin, ...headers };
    expect((await ask('/', all)).status).toBe(status);
    expect(await live(all)).toBe(status);
    expect(accepted).toEqual([]);
  });

  test('localhost is this machine too', async () => {
    const host = `localhost:${port}`;
    const mine = await cookie();
    expect((await ask('/', { host, cookie: mine })).status).toBe(200);
    const socket = await live({ host, origin: `http://${host}`, cookie: mine });
    expect(socket).toBeInstanceOf(WebSocket);
    (socket as WebSocket).terminate();
  });

  test('a live connection must say where it comes from, and go to its place', async () => {
    const mine = await cookie();
    expect(await live({ cookie: mine })).toBe(403);
    expect(await live({ cookie: mine, origin: relay.origin }, '/other')).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is not taken', async (method) => {
    const reply = await ask('/', { cookie: await cookie() }, method);
    expect(reply).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  test('a body is not taken, nor an endless address, nor too many headers', async () => {
    const mine = await cookie();
    expect((await ask('/', { cookie: mine, 'content-length': '5' })).status).toBe(413);
    expect((await ask('/', { cookie: mine, 'transfer-encoding': 'chunked' })).status).toBe(413);
    expect((await ask(`/?${'x'.repeat(3_000)}`, { cookie: mine })).status).toBe(414);
    const huge = await ask('/', { cookie: mine, 'x-filler': 'x'.repeat(9_000) });
    expect(huge.status).toBe(431);
  });
});

describe('files', () => {
  test('every answer carries the policy; only real host names come into it', async () => {
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; " +
      "connect-src 'self' https://tiles.example.org; worker-src 'self'; font-src 'self'; " +
      "img-src 'self' data: blob: https://tiles.example.org; frame-ancestors 'none'; " +
      "base-uri 'none'; form-action 'none'";
    const mine = await cookie();
    const answers = [
      await ask('/', { cookie: mine }),
      await ask('/assets/app-1234.js', { cookie: mine }),
      await ask('/'),
      await ask('/?launch=x'),
      await ask('/', { host: 'evil.example' }),
      await ask('/', {}, 'POST'),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  test('the page is asked for anew, its named assets are kept', async () => {
    const mine = await cookie();
    const page = await ask('/', { cookie: mine });
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    });
    const asset = await ask('/assets/app-1234.js', { cookie: mine });
    expect(asset.body).toBe('export const answer = 42;\n');
    expect(asset.headers).toMatchObject({
      'cache-control': 'private, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': '26',
    });
    const head = await ask('/assets/app-1234.js', { cookie: mine }, 'HEAD');
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': '26' } });
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '//secret.txt',
    '/linked.txt',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    '/__proto__',
  ])('no address leads out of the folder: %s', async (path) => {
    const reply = await ask(path, { cookie: await cookie() });
    expect(reply.status).toBe(404);
    expect(reply.body).not.toContain('not for browsers');
  });

  test('a malformed escape is a bad request, not a crash', async () => {
    expect((await ask('/%E0%A4%A', { cookie: await cookie() })).status).toBe(400);
  });

  test('without a built page it says how to build it', async () => {
    const bare = await openRelayHost(() => {}, join(dir, 'nothing'));
    const key = await cookieOf(bare.host.launchUrl());
    const response = await fetch(bare.origin, { headers: { cookie: key } });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
    await bare.host.close();
  });
});

describe('live connections', () => {
  const open = async (key: string) => {
    const socket = await live({ cookie: key, origin: relay.origin });
    if (typeof socket === 'number') throw new Error(`refused: ${socket}`);
    return socket;
  };

  test('each browser is a workstation of its own; its windows share it', async () => {
    const [first, second] = [await cookie(), await cookie()];
    const sockets = [await open(first), await open(first), await open(second)];
    await until('all three', () => accepted.length === 3);
    const [a, b, c] = accepted.map(({ workstation }) => workstation);
    expect(a).toBe(b);
    expect(c).not.toBe(a);
    expect(a).toMatch(/^browser-[\w-]{16}$/);
    // The name is a digest: it gives nobody the key.
    expect(first).not.toContain(a?.slice('browser-'.length));
    for (const socket of sockets) socket.terminate();
  });

  test('is refused while the engine is not there, and ends when it goes', async () => {
    const key = await cookie();
    relay.engineReady = false;
    expect(await live({ cookie: key, origin: relay.origin })).toBe(503);
    relay.engineReady = true;
    const socket = await open(key);
    const code = new Promise((resolve) => socket.on('close', resolve));
    relay.host.engineDown();
    expect(await code).toBe(1001);
  });

  test('no browser opens more than its share', async () => {
    const [greedy, modest] = [await cookie(), await cookie()];
    const sockets = [];
    for (let i = 0; i < 16; i += 1) sockets.push(await open(greedy));
    expect(await live({ cookie: greedy, origin: relay.origin })).toBe(503);
    sockets.push(await open(modest));
    for (const socket of sockets) socket.terminate();
  });

  test('a binary message or one that is too big ends this connection alone', async () => {
    const key = await cookie();
    const [binary, big, good] = [await open(key), await open(key), await open(key)];
    await until('all three', () => accepted.length === 3);
    const codes = [binary, big].map(
      (socket) => new Promise<number>((resolve) => socket.on('close', resolve)),
    );
    big.on('error', () => {});
    binary.send(Buffer.from([1, 2, 3]));
    big.send('x'.repeat(17 * 1024 * 1024));
    expect(await Promise.all(codes)).toEqual([1003, 1009]);
    good.send('still here');
    await until('the text', () => accepted[2]!.texts.includes('still here'));
    expect(accepted[0]!.texts).toEqual([]);
    expect(accepted[1]!.texts).toEqual([]);
    good.terminate();
  });

  test('a browser that reads nothing: the engine hears of the backlog and its end', async () => {
    const key = await cookie();
    const [slow, quick] = [await open(key), await open(key)];
    await until('both', () => accepted.length === 2);
    const seen: string[] = [];
    quick.on('message', (data: Buffer) => seen.push(data.toString().slice(0, 8)));
    slow.pause();
    const text = 'x'.repeat(1_000_000);
    for (let i = 0; i < 24; i += 1) accepted[0]!.carrier.send(text);
    await until('the backlog', () => accepted[0]!.carrier.bufferedAmount() > 1_048_576);
    expect(accepted[1]!.carrier.bufferedAmount()).toBe(0);
    accepted[1]!.carrier.send('to-quick');
    await until('the other browser', () => seen.includes('to-quick'));
    slow.resume();
    await until('the end of the backlog', () => accepted[0]!.carrier.bufferedAmount() === 0);
    expect(relay.told.filter(({ t }) => t === 'buffered').length).toBeGreaterThan(1);
    for (const socket of [slow, quick]) socket.terminate();
  });

  test('a browser that goes away is gone for the engine', async () => {
    const socket = await open(await cookie());
    await until('it', () => accepted.length === 1);
    let ended = false;
    accepted[0]!.carrier.onClose(() => {
      ended = true;
    });
    socket.terminate();
    await until('the end', () => ended);
    accepted[0]!.carrier.send('to nobody');
  });
});

describe('garbage', () => {
  const stillServes = async () => {
    const key = await cookie();
    expect((await ask('/', { cookie: key })).status).toBe(200);
  };

  test.each<[string, string | Buffer]>([
    ['no HTTP at all', 'hello, is this the engine?\r\n\r\n'],
    ['bytes', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 197) % 256))],
    ['a TLS greeting', Buffer.from('16030100c8010000c40303', 'hex')],
    ['a header without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`],
    ['two lengths', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a CONNECT', 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n'],
  ])('%s is answered or hung up on, and nothing else is disturbed', async (_what, bytes) => {
    const got = await send(bytes);
    expect(got === '' || /^HTTP\/1\.1 4\d\d /.test(got)).toBe(true);
    await stillServes();
  });

  test('garbage after the upgrade ends that connection alone', async () => {
    const key = await cookie();
    const head =
      `GET /live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${relay.origin}\r\n` +
      `Cookie: ${key}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    const got = await send(Buffer.concat([Buffer.from(head), Buffer.from('ffffffff00', 'hex')]));
    expect(got).toMatch(/^HTTP\/1\.1 101 /);
    await stillServes();
  });

  test('a client that never ends its request is hung up on after five seconds', async () => {
    const got = await send('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    expect(got).toMatch(/^HTTP\/1\.1 408 /);
    await stillServes();
  }, 20_000);

  test('a flood without a key is slowed, and takes nothing from a browser with one', async () => {
    const key = await cookie();
    const flood = await Promise.all(Array.from({ length: 120 }, () => ask('/')));
    const statuses = flood.map(({ status }) => status);
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThan(30);
    expect((await ask('/', { cookie: key })).status).toBe(200);
  });
});
