/**
 * The simple protocol of an Elatec TWN4 on its serial line: lines of hexadecimal digits, each ended
 * by CR. A question is an interface, a function and its parameters; an answer an error byte, then
 * results (c3rebro/Elatec.NET, 13dc4a96).
 */
import { fail, ok, type Result } from '../lib/result.ts';

export const TWN4_VENDOR = 0x09d8;
const CR = 0x0d;

/** What is asked for here; a version or a tag of up to 255 bytes. */
export const questions = {
  version: Uint8Array.of(0x00, 0x04, 0xff),
  searchTag: Uint8Array.of(0x05, 0x00, 0xff),
} as const;

/** Tags whose number is the chip's own, as the reader gives it. Of others the form is not known. */
export const ownNumberTypes = { em4102: 0x40, iso14443a: 0x80, iso14443b: 0x81, iso15693: 0x82 };

const ERRORS = ['', 'unknown function', 'missing parameter', 'unused parameters'];

export function lineOf(bytes: Uint8Array): Uint8Array {
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const text = digits.join('').toUpperCase();
  return Uint8Array.of(...[...text].map((digit) => digit.charCodeAt(0)), CR);
}

/** The longest line: an error byte, found, type, bit count, length and 255 bytes. */
const MOST_DIGITS = 2 * (5 + 255);

/** Puts lines together from what comes in whatever pieces; too long a line is thrown away. */
export class LineFramer {
  #text = '';
  #tooLong = false;

  /** What was begun and not ended belongs to an earlier question. */
  reset(): void {
    this.#text = '';
    this.#tooLong = false;
  }

  /** The lines that have ended, without their CR; null for one that was too long. */
  push(bytes: Uint8Array): (string | null)[] {
    const lines: (string | null)[] = [];
    for (const byte of bytes) {
      if (byte === CR) {
        lines.push(this.#tooLong ? null : this.#text);
        this.reset();
      } else if (this.#text.length >= MOST_DIGITS) this.#tooLong = true;
      else this.#text += String.fromCharCode(byte);
    }
    return lines;
  }
}

const garbled = () => fail('hid', 'the reader answers what is not known here: is it a TWN4?');

/** An answer's results. Fault `hid` where it is none, or where the reader refuses the question. */
export function decodeAnswer(line: string | null): Result<Uint8Array> {
  if (line === null || line.length % 2 !== 0 || !/^[0-9A-F]{2,}$/i.test(line)) return garbled();
  const pairs = line.match(/../g) ?? [];
  const [error = 0, ...results] = pairs.map((pair) => Number.parseInt(pair, 16));
  if (error === 0) return ok(Uint8Array.from(results));
  const why = ERRORS[error] ?? `error ${error}`;
  return fail('hid', `the reader refuses what it is asked: ${why}`);
}

/** A length byte and so many characters. */
export function versionOf([length = 0, ...characters]: Uint8Array): Result<string> {
  if (characters.length !== length) return garbled();
  return ok(String.fromCharCode(...characters));
}

export interface Tag {
  readonly type: number;
  readonly bits: number;
  readonly id: Uint8Array;
}

/** What lies on the reader; null for nothing. */
export function tagOf(results: Uint8Array): Result<Tag | null> {
  const [found, type = 0, bits = 0, length = 0, ...id] = results;
  if (found === 0) return ok(null);
  if (found !== 1 || results.length < 4 || id.length !== length) return garbled();
  return ok({ type, bits, id: Uint8Array.from(id) });
}
