/**
 * The 64-byte messages of UHPPOTE UT0311-L0x boards, as pure functions over bytes. They stand in
 * shared/, not with the driver, because the training zone's boards speak the other side of the same
 * protocol and know the engine by sockets only.
 *
 * Byte 0 is 0x17 (0x19 for an event pushed by firmware 6.62), byte 1 the function, bytes 4-7 the
 * serial number, little endian. There is no check sum and no request number.
 */
import { fail, ok, type Result } from '../../lib/result.ts';
import type { BoardReply, BoardRequest, Layout, MessageName } from './messages.ts';
import { messages, type ReplyFields, type RequestFields } from './messages.ts';

export const MESSAGE_BYTES = 64;
const START = 0x17;
const START_PUSHED_662 = 0x19;

const nameOfOpcode = new Map<number, MessageName>(
  (Object.keys(messages) as MessageName[]).map((name) => [messages[name].opcode, name]),
);

/** Function and serial number of a message, or null where the bytes cannot be one. */
export function peek(bytes: Uint8Array): { opcode: number; serial: number } | null {
  if (bytes.length !== MESSAGE_BYTES) return null;
  const start = bytes[0];
  if (start !== START && start !== START_PUSHED_662) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { opcode: view.getUint8(1), serial: view.getUint32(4, true) };
}

interface Header {
  readonly view: DataView;
  readonly name: MessageName;
  readonly serial: number;
  readonly pushed: boolean;
}

function header(bytes: Uint8Array): Result<Header> {
  if (bytes.length !== MESSAGE_BYTES) {
    return fail('bad-length', `a message has 64 bytes, not ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = view.getUint8(0);
  const opcode = view.getUint8(1);
  const pushed = start === START_PUSHED_662;
  if (start !== START && !(pushed && opcode === messages['get-status'].opcode)) {
    return fail('bad-start', `a message starts with 0x17, not 0x${start.toString(16)}`, 'byte 0');
  }
  const name = nameOfOpcode.get(opcode);
  if (name === undefined) {
    return fail('unknown-function', `function 0x${opcode.toString(16)} is not known`, 'byte 1');
  }
  return ok({ view, name, serial: view.getUint32(4, true), pushed });
}

type Way = 'request' | 'reply';

/** The fields of each layout as a list: a zone's boards send hundreds of messages a second. */
const listOf = new Map<Layout, readonly (readonly [string, Layout[string]])[]>(
  Object.values(messages)
    .flatMap(({ request, reply }): Layout[] => [request, reply])
    .map((layout) => [layout, Object.entries(layout)]),
);

function readFields(name: MessageName, way: Way, view: DataView): Result<unknown> {
  const fields: Record<string, unknown> = {};
  for (const [key, field] of listOf.get(messages[name][way]) ?? []) {
    const read = field.read(view);
    if (!read.ok) {
      const where = `${name} ${way}, ${key}, ${read.fault.where ?? `byte ${field.at}`}`;
      return fail(read.fault.code, read.fault.text, where);
    }
    fields[key] = read.value;
  }
  return ok(fields);
}

/** Messages are written here and copied: a view of memory of its own costs more than a message. */
const draft = new Uint8Array(MESSAGE_BYTES);
const draftView = new DataView(draft.buffer);

function writeMessage(
  name: MessageName,
  way: Way,
  serial: number,
  fields: Readonly<Record<string, unknown>>,
): Uint8Array {
  draft.fill(0);
  draftView.setUint8(0, START);
  draftView.setUint8(1, messages[name].opcode);
  draftView.setUint32(4, serial, true);
  for (const [key, field] of listOf.get(messages[name][way]) ?? [])
    field.write(draftView, fields[key]);
  return draft.slice();
}

/** The bytes of a request to a board. Throws on a value out of range (a programmer's mistake). */
export function encodeRequest<N extends MessageName>(
  name: N,
  serial: number,
  fields: RequestFields<N>,
): Uint8Array {
  return writeMessage(name, 'request', serial, fields);
}

/** The bytes of a board's reply. Throws on a value out of range (a programmer's mistake). */
export function encodeReply<N extends MessageName>(
  name: N,
  serial: number,
  fields: ReplyFields<N>,
): Uint8Array {
  return writeMessage(name, 'reply', serial, fields);
}

/** The bytes of an event that a board pushes; `firmware662` boards start theirs with 0x19. */
export function encodePushed(
  serial: number,
  fields: ReplyFields<'get-status'>,
  firmware662: boolean,
): Uint8Array {
  const bytes = encodeReply('get-status', serial, fields);
  if (firmware662) bytes[0] = START_PUSHED_662;
  return bytes;
}

/** What a board was asked. Never throws, whatever the bytes. */
export function decodeRequest(bytes: Uint8Array): Result<BoardRequest> {
  const head = header(bytes);
  if (!head.ok) return head;
  const { name, serial, view } = head.value;
  const fields = readFields(name, 'request', view);
  if (!fields.ok) return fields;
  return ok({ name, serial, fields: fields.value } as BoardRequest);
}

/** What a board answered or pushed. Never throws, whatever the bytes. */
export function decodeReply(bytes: Uint8Array): Result<BoardReply> {
  const head = header(bytes);
  if (!head.ok) return head;
  const { name, serial, view, pushed } = head.value;
  const fields = readFields(name, 'reply', view);
  if (!fields.ok) return fields;
  return ok({ name, serial, pushed, fields: fields.value } as BoardReply);
}
