/**
 * Bar-code scanners in HID POS mode (usage page 0x8C), by the report that most makers send: 64
 * bytes with the report's number 2, the count of data bytes, ']' with the AIM letter and modifier,
 * the data, and in the last byte whether more reports follow. Some have one more byte before ']'.
 * Source: manuals of Honeywell and Access-IS.
 */
import { MOST_SCANNED } from '../../../../shared/domain/device-report.ts';
import { UNKNOWN_REPORT } from '../usb/texts.ts';

const REPORT = 2;
const FLAG = 0x5d;
/** Where the ']' may stand. */
const FLAG_AT = [2, 3] as const;
/** ']', AIM letter and modifier, then the data; after these a maker's letter and flags. */
const HEAD_BYTES = 3;
const TAIL_BYTES = 3;
const CARRIAGE_RETURN = 0x0d;
/** Bar codes by their AIM letter, as far as they have a name that people know. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ A: 'Code 39', C: 'Code 128', E: 'EAN/UPC', F: 'Codabar', G: 'Code 93', H: 'Code 11' },
  ...{ I: 'ITF', L: 'PDF417', M: 'MSI', U: 'MaxiCode', d: 'Data Matrix', e: 'GS1 DataBar' },
  ...{ z: 'Aztec' },
};

export type Scanned =
  /** More is to come, or it was no code. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly text: string };

const NOTHING: Scanned = { kind: 'nothing' };

const NO_TEXT = 'the code holds no text that a permit has';

interface Part {
  /** The AIM letter: which kind of code it is. */
  readonly letter: string;
  readonly data: Uint8Array;
  readonly isLast: boolean;
}

/** One report; null where it is laid out in another way. */
function partOf(report: Uint8Array): Part | null {
  const at = FLAG_AT.find((place) => report[place] === FLAG);
  const count = report[1] ?? 0;
  if (at === undefined) return null;
  const from = at + HEAD_BYTES;
  if (from + count > report.length - TAIL_BYTES) return null;
  const letter = String.fromCharCode(report[at + 1] ?? 0);
  const data = report.subarray(from, from + count);
  return { letter, data, isLast: ((report.at(-1) ?? 0) & 1) === 0 };
}

/** Makes codes of reports. Pure: that the rest did not come is told by `drop`. */
export class ScanJoiner {
  #data: number[] = [];
  /** Why what is coming is refused; its rest is still to come. */
  #refused: string | null = null;
  #isOpen = false;

  /** A code has begun and not ended. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  take(report: Uint8Array): Scanned {
    // Triggers and settings have reports of their own.
    if (report[0] !== REPORT) return NOTHING;
    const part = partOf(report);
    if (part === null) {
      this.drop();
      return { kind: 'refused', text: UNKNOWN_REPORT };
    }
    this.#refused ??= this.#add(part);
    this.#isOpen = !part.isLast;
    if (!part.isLast) return NOTHING;
    const [data, refused] = [Uint8Array.from(this.#data), this.#refused];
    this.drop();
    return refused === null ? textOf(data) : { kind: 'refused', text: refused };
  }

  /** Forgets what has come of a code. */
  drop(): void {
    this.#data = [];
    this.#refused = null;
    this.#isOpen = false;
  }

  #add({ letter, data }: Part): string | null {
    if (letter !== 'Q') {
      return `only QR codes are read here, and this is another code (${NAMES[letter] ?? letter})`;
    }
    if (this.#data.length + data.length > MOST_SCANNED) return NO_TEXT;
    this.#data.push(...data);
    return null;
  }
}

function textOf(data: Uint8Array): Scanned {
  const end = data.at(-1) === CARRIAGE_RETURN ? data.length - 1 : data.length;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      data.subarray(0, end),
    );
    return text === '' ? { kind: 'refused', text: NO_TEXT } : { kind: 'text', text };
  } catch {
    return { kind: 'refused', text: NO_TEXT };
  }
}
