/**
 * Tells hands from keyboard-type readers. A badge or barcode reader types its number faster than
 * anybody can: such a burst must neither reach a field nor fire a shortcut. Pure: keys and timer
 * calls go in, decisions come out.
 */
export interface KeyPress {
  readonly key: string;
  readonly atMs: number;
  /** How long after that the page was told of it, ms: what follows will come as late. */
  readonly lateMs: number;
  /** Ctrl, Alt or Meta is down: never part of a scan. */
  readonly modified: boolean;
  readonly repeat: boolean;
  /** An input method is composing. */
  readonly composing: boolean;
  /** The key would go into a text field. */
  readonly inField: boolean;
}

export type KeyDecision =
  /** Let the browser have it. */
  | { readonly act: 'pass' }
  /** Keep it back: what follows decides on it, or it belongs to a scan. */
  | { readonly act: 'hold' }
  /** Write the text held so far into the field, then let this key through or keep it back. */
  | { readonly act: 'type'; readonly text: string; readonly after: 'pass' | 'hold' }
  /** Take so many letters back out of the field, and keep this key back with them. */
  | { readonly act: 'retake'; readonly count: number };

export type QuietDecision =
  | { readonly act: 'nothing' }
  | { readonly act: 'type'; readonly text: string }
  | { readonly act: 'shortcut'; readonly key: string }
  | { readonly act: 'scan'; readonly length: number };

/** Keys that follow each other within this time come from a machine. */
export const BURST_MS = 30;
/** A shortcut acts when no other key came for this long before and after it. */
export const SHORTCUT_WAIT_MS = 60;
/** For a machine that is later than this nobody waits on. */
const MOST_LATE_MS = 500;
/** Two or three quick keys can be a roll of the fingers; four cannot. */
const SCAN_KEYS = 4;
/** A scan this short is still one when the reader ends it with Enter. */
const SCAN_KEYS_WITH_ENTER = 3;
/** Longer than any badge or barcode; what comes beyond is swallowed uncounted. */
const MOST_HELD = 256;

const PASS: KeyDecision = { act: 'pass' };
const HOLD: KeyDecision = { act: 'hold' };

export class KeyFilter {
  #held = '';
  #lastMs = Number.NEGATIVE_INFINITY;
  #lateMs = 0;
  #inField = false;
  #alone = false;
  /** What was written into the field because no key came: a slow machine may tell of it late. */
  #given = '';

  /** A key went down. */
  press(press: KeyPress): KeyDecision {
    const sinceMs = press.atMs - this.#lastMs;
    const quick = sinceMs <= BURST_MS;
    // Readers shift for capital letters in the middle of a burst.
    if (press.key === 'Shift' && !press.composing) return PASS;
    const given = this.#given;
    this.#given = '';
    if (press.composing) return this.#give('pass');
    // Once it is a scan, a somewhat slower key still belongs to it: its Enter above all.
    if (this.#scanning() && sinceMs <= SHORTCUT_WAIT_MS) return this.#take(press);
    if (press.modified || press.repeat) return this.#give('pass');
    if (press.key === 'Enter') return this.#enter(press, sinceMs);
    if ([...press.key].length !== 1) return this.#give('pass');
    if (press.key === ' ' && !press.inField && sinceMs > SHORTCUT_WAIT_MS)
      return this.#give('pass');
    if (quick && this.#held !== '') return this.#take(press);
    if (quick && given !== '' && press.inField) return this.#retake(given, press);
    const before = this.#give('hold');
    this.#alone = sinceMs > SHORTCUT_WAIT_MS;
    this.#take(press);
    return before;
  }

  /**
   * How long after the last key to ask `quiet`; null when nothing is held. A shortcut cannot be
   * taken back as a letter can, so that it waits as much longer as the machine is late.
   */
  waitMs(): number | null {
    if (this.#held === '') return null;
    if (this.#inField && !this.#scanning()) return BURST_MS;
    return SHORTCUT_WAIT_MS + this.#lateMs;
  }

  /** No key came for `waitMs`: what was held gets its meaning. */
  quiet(): QuietDecision {
    const text = this.#held;
    const scan = this.#scanning();
    this.#held = '';
    if (text === '') return { act: 'nothing' };
    if (scan) return { act: 'scan', length: text.length };
    if (this.#inField) {
      this.#given = text;
      return { act: 'type', text };
    }
    if ([...text].length > 1 || !this.#alone) return { act: 'nothing' };
    return { act: 'shortcut', key: text };
  }

  #scanning(): boolean {
    return this.#held.length >= SCAN_KEYS;
  }

  #take(press: KeyPress): KeyDecision {
    this.#lastMs = press.atMs;
    this.#lateMs = Math.min(Math.max(press.lateMs, 0), MOST_LATE_MS);
    this.#inField = press.inField;
    if (press.key.length <= 2 && this.#held.length < MOST_HELD) this.#held += press.key;
    return HOLD;
  }

  /** By its own time the key followed at once, though it was told of after the quiet. */
  #retake(given: string, press: KeyPress): KeyDecision {
    this.#held = given;
    this.#take(press);
    return { act: 'retake', count: [...given].length };
  }

  /** Lets go of what is held: typed where it was meant for a field, forgotten elsewhere. */
  #give(after: 'pass' | 'hold'): KeyDecision {
    const text = this.#inField && !this.#scanning() ? this.#held : '';
    this.#held = '';
    if (text === '') return after === 'pass' ? PASS : HOLD;
    return { act: 'type', text, after };
  }

  #enter(press: KeyPress, sinceMs: number): KeyDecision {
    if (sinceMs <= BURST_MS && this.#held.length >= SCAN_KEYS_WITH_ENTER) {
      this.#held = this.#held.padEnd(SCAN_KEYS, ' ');
      this.#lastMs = press.atMs;
      return HOLD;
    }
    // The Enter of a slower reader must not press the button that has the focus.
    if (!press.inField && sinceMs <= SHORTCUT_WAIT_MS) return HOLD;
    return this.#give('pass');
  }
}
