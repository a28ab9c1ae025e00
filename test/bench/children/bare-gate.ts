/**
 * The least that could stand between a badge and its gate: reads the pushed event back, as nobody
 * may be admitted by a push alone, commits three rows durably and sends open-door. No rule, no
 * permit, no projection, no screen.
 */
import { createSocket } from 'node:dgram';
import { journalSchema } from '../../../src/main/engine/journal/schema.ts';
import { startCheckpointer } from '../../../src/main/engine/store/checkpointer.ts';
import { openWriter } from '../../../src/main/engine/store/open.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import { decodeReply, encodeRequest } from '../../../src/shared/wire/uhppote/codec.ts';
import type { FromBareGate, ToBareGate } from './messages.ts';

type Boards = Extract<ToBareGate, { t: 'start' }>['boards'];

/** About as long as the events of an admission are. */
const BODY = JSON.stringify({ body: 'x'.repeat(700) });
const HASH = Buffer.alloc(32, 7);
const ROWS = 3;
/** A record with this reason is a badge that the board left to us. */
const LEFT_TO_US = 0x05;

async function start(path: string, boards: Boards): Promise<void> {
  const opened = openWriter(path, journalSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  const db = opened.value;
  db.leaveCheckpoints();
  startCheckpointer(path, db.turn);
  const insert = db.write<[number, string, Buffer]>('INSERT INTO journal VALUES (?, ?, ?)');
  let seq = 0;
  const commit = () => {
    db.transaction(() => {
      for (let i = 1; i <= ROWS; i += 1) insert.run(seq + i, BODY, HASH);
    });
    seq += ROWS;
  };
  const ports = new Map(boards.map(({ serial, port }) => [serial, port]));
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
  const send = (serial: number, bytes: Uint8Array) =>
    socket.send(bytes, must(ports.get(serial), 'port'), '127.0.0.1');
  const asked = new Set<string>();
  socket.on('message', (bytes) => {
    const reply = decodeReply(bytes);
    if (!reply.ok) return;
    const { name, serial, fields } = reply.value;
    if (name === 'get-event') {
      if (fields.reason !== LEFT_TO_US || !asked.delete(`${serial} ${fields.index}`)) return;
      commit();
      send(serial, encodeRequest('open-door', serial, { door: fields.door }));
    } else if (name === 'get-status' && fields.reason === LEFT_TO_US) {
      asked.add(`${serial} ${fields.index}`);
      send(serial, encodeRequest('get-event', serial, { index: fields.index }));
    }
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  const keep = () => {
    for (const { serial } of boards) {
      send(serial, encodeRequest('set-pc-control', serial, { magic: true, on: true }));
    }
  };
  for (const { serial } of boards) {
    const listener = { address: '127.0.0.1', port, autoSendS: 0 };
    send(serial, encodeRequest('set-listener', serial, listener));
  }
  keep();
  setInterval(keep, 10_000);
  const started: FromBareGate = { t: 'started' };
  process.send?.(started);
}

process.on('message', (message: ToBareGate) => {
  if (message.t === 'start') void start(message.path, message.boards);
  else process.exit(0);
});
process.on('disconnect', () => process.exit(0));
