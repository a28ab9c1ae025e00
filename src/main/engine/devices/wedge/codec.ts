/**
 * Readers that type, heard as keyboards: 8-byte boot reports, with modifiers in byte 0 and the keys
 * that are down in bytes 2-7. Keys are positions: they are read as a US keyboard's whatever the
 * desktop's layout. Source: HID Usage Tables, keyboard page.
 */
const REPORT_BYTES = 8;
const MOST_TEXT = 64;

const SHIFT = 0x22;
/** Control, Alt and the system key: no badge is typed with them. */
const OTHER_MODIFIERS = 0xdd;

const ENTER = 0x28;
const TAB = 0x2b;
const KEYPAD_ENTER = 0x58;
const CAPS_LOCK = 0x39;
const A = 0x04;
const ONE = 0x1e;
const SPACE = 0x2c;
const MINUS = 0x2d;
const KEYPAD = 0x54;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Characters of consecutive keys, plain and with Shift. */
const rows: readonly (readonly [first: number, plain: string, shifted: string])[] = [
  [A, LETTERS, LETTERS.toUpperCase()],
  [ONE, '1234567890', '!@#$%^&*()'],
  [SPACE, ' ', ' '],
  [MINUS, "-=[]\\#;'`,./", '_+{}|~:"~<>?'],
  [KEYPAD, '/*-+', '/*-+'],
  [KEYPAD_ENTER + 1, '1234567890.', '1234567890.'],
];

const characters = new Map(
  rows.flatMap(([first, plain, shifted]) =>
    [...plain].map((character, i) => [first + i, [character, shifted[i] ?? '']] as const),
  ),
);

/** What a report ended: nothing yet, a text, or one that cannot be relied on. */
export type Typed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'text'; readonly text: string }
  /** Keys were lost, or are no characters: what was typed is not known. */
  | { readonly kind: 'spoilt' }
  /** No boot report. */
  | { readonly kind: 'unknown' };

const NOTHING: Typed = { kind: 'nothing' };

/** Makes texts of reports. Pure: what time passes is told by `quiet`. */
export class Typing {
  #down: readonly number[] = [];
  #text = '';
  #spoilt = false;

  /** A text has begun and not ended. */
  get isOpen(): boolean {
    return this.#text !== '' || this.#spoilt;
  }

  take(report: Uint8Array): Typed {
    if (report.length !== REPORT_BYTES) return { kind: 'unknown' };
    const [modifiers = 0, , ...keys] = report;
    const down = keys.filter((key) => key !== 0);
    const pressed = down.filter((key) => !this.#down.includes(key));
    this.#down = down;
    let ended: Typed = NOTHING;
    for (const key of pressed) {
      if (key === ENTER || key === KEYPAD_ENTER || key === TAB) ended = this.end();
      else this.#press(key, modifiers);
    }
    return ended;
  }

  /** Ends what was typed so far, and begins anew. */
  end(): Typed {
    const [text, spoilt] = [this.#text, this.#spoilt];
    this.#text = '';
    this.#spoilt = false;
    if (spoilt) return { kind: 'spoilt' };
    return text === '' ? NOTHING : { kind: 'text', text };
  }

  #press(key: number, modifiers: number): void {
    if (key === CAPS_LOCK) return;
    const character = characters.get(key)?.[(modifiers & SHIFT) === 0 ? 0 : 1];
    const isUsable = character !== undefined && (modifiers & OTHER_MODIFIERS) === 0;
    if (isUsable && this.#text.length < MOST_TEXT) this.#text += character;
    else this.#spoilt = true;
  }
}
