import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ok } from '../../../src/shared/lib/result.ts';
import { type ControlServer, startControl } from '../../../src/training/control/control-server.ts';
import { until } from '../../kit/waiting.ts';

let server: ControlServer | null = null;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close();
  server = null;
});

/** `neverEnds`: a client that goes on writing though the other side has ended. */
async function start(neverEnds = false) {
  const orders: string[] = [];
  server ??= await startControl(async (order) => {
    orders.push(order.do);
    return ok({});
  });
  const to = connect({ port: server.port, host: server.address, allowHalfOpen: neverEnds });
  sockets.push(to);
  await once(to, 'connect');
  let heard = '';
  to.setEncoding('utf8');
  to.on('data', (text: string) => {
    heard += text;
  });
  to.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => to.once('close', () => resolve()));
  return { to, orders, closed, heard: () => heard };
}

const REFUSED = { ok: false, fault: { code: 'order' } };

test('a line without end is refused and cut off, however long the other side writes', async () => {
  const { to, heard, closed } = await start(true);
  const chunk = 'x'.repeat(65_536);
  let isOver = false;
  void closed.then(() => {
    isOver = true;
  });
  while (!isOver) {
    if (!to.write(chunk)) await Promise.race([once(to, 'drain').catch(() => undefined), closed]);
  }
  const [line = ''] = heard().split('\n');
  expect(JSON.parse(line)).toMatchObject(REFUSED);
});

test('too many orders at once are refused, and none of them is carried out', async () => {
  const { to, orders, heard, closed } = await start();
  to.write('{"do":"state"}\n'.repeat(100));
  await closed;
  expect(JSON.parse(heard().trim())).toMatchObject(REFUSED);
  expect(orders).toEqual([]);
});

test('who was refused and stays on the line keeps nobody else out', async () => {
  for (let i = 0; i < 8; i += 1) {
    const { to, heard } = await start(true);
    to.write('{"do":"state"}\n'.repeat(100));
    await until('a refusal', () => heard().includes('"ok":false'));
  }
  await new Promise((resolve) => setTimeout(resolve, 400));
  const { to, heard } = await start();
  to.write('{"do":"state"}\n');
  await until('an answer', () => heard().includes('"ok":true'));
});
