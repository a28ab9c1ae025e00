/** Requests of the Modbus application protocol 1.1b3, chapter 6, answered byte for byte. */
import type { Place, Table } from '../../shared/domain/modbus-modules.ts';

export interface ReadRequest {
  readonly do: 'read';
  readonly fn: number;
  readonly table: Table;
  readonly at: number;
  readonly count: number;
}

export interface WriteRequest {
  readonly do: 'write';
  readonly fn: number;
  readonly table: 'coil' | 'holding';
  readonly at: number;
  readonly values: readonly number[];
}

export type Request = ReadRequest | WriteRequest;

const READS: ReadonlyMap<number, readonly [Table, number]> = new Map([
  [1, ['coil', 2000]],
  [2, ['discrete', 2000]],
  [3, ['holding', 125]],
  [4, ['input', 125]],
]);

export const ILLEGAL_FUNCTION = 1;
export const ILLEGAL_ADDRESS = 2;
export const ILLEGAL_VALUE = 3;

/** The request in a PDU (function code first), or the exception code it is answered with. */
export function requestOf(pdu: Buffer): Request | number {
  const fn = pdu[0] ?? 0;
  const read = READS.get(fn);
  if (read === undefined && ![5, 6, 15, 16].includes(fn)) return ILLEGAL_FUNCTION;
  if (pdu.length < 5) return ILLEGAL_VALUE;
  const at = pdu.readUInt16BE(1);
  const second = pdu.readUInt16BE(3);
  if (read !== undefined) {
    const [table, most] = read;
    if (second < 1 || second > most) return ILLEGAL_VALUE;
    return { do: 'read', fn, table, at, count: second };
  }
  if (fn === 5) {
    if (second !== 0 && second !== 0xff00) return ILLEGAL_VALUE;
    return { do: 'write', fn, table: 'coil', at, values: [second === 0 ? 0 : 1] };
  }
  if (fn === 6) return { do: 'write', fn, table: 'holding', at, values: [second] };
  const bytes = pdu.subarray(6);
  const isCoils = fn === 15;
  const length = isCoils ? Math.ceil(second / 8) : second * 2;
  if (second < 1 || pdu[5] !== length || bytes.length !== length) return ILLEGAL_VALUE;
  const value = (i: number) =>
    isCoils ? ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1 : bytes.readUInt16BE(i * 2);
  const values = Array.from({ length: second }, (_, i) => value(i));
  return { do: 'write', fn, table: isCoils ? 'coil' : 'holding', at, values };
}

/** The answer's PDU. */
export function answerTo(request: Request, pdu: Buffer, get: (place: Place) => number): Buffer {
  if (request.do === 'write') return pdu.subarray(0, 5);
  const { fn, table, at, count } = request;
  const values = Array.from({ length: count }, (_, i) => get({ table, at: at + i }));
  const isBits = table === 'coil' || table === 'discrete';
  const body = Buffer.alloc(isBits ? Math.ceil(count / 8) : count * 2);
  for (const [i, value] of values.entries()) {
    if (!isBits) body.writeUInt16BE(value, i * 2);
    else if (value !== 0) body[i >> 3] = (body[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return Buffer.concat([Buffer.from([fn, body.length]), body]);
}

export function exceptionTo(fn: number, code: number): Buffer {
  return Buffer.from([fn | 0x80, code]);
}
