/** A badge reader that types, as bytes: boot keyboard reports. Source: HID Usage Tables. */
import { bootKeyboard, END_COLLECTION, SendingDevice } from './hid-device.ts';

export const ENTER = 0x28;
const LEFT_SHIFT = 0x02;

/** The key of a character on a US keyboard, and whether Shift goes with it. */
function keyOf(character: string): { readonly key: number; readonly shift: boolean } {
  const lower = character.toLowerCase();
  if (/[a-z]/.test(lower)) {
    return { key: 0x04 + lower.charCodeAt(0) - 0x61, shift: lower !== character };
  }
  if (character === '0') return { key: 0x27, shift: false };
  if (/[1-9]/.test(character)) return { key: 0x1d + Number(character), shift: false };
  if (character === ':') return { key: 0x33, shift: true };
  if (character === '-') return { key: 0x2d, shift: false };
  throw new Error(`no key for ${character}`);
}

export class KeyboardDevice extends SendingDevice {
  readonly vendorId = 0x076b;
  readonly productId = 0x5127;
  readonly product = 'OMNIKEY 5127 (virtual)';
  readonly usagePage = 1;
  readonly usage = 6;
  readonly descriptor = Uint8Array.from([...bootKeyboard, END_COLLECTION]);

  /** Types a text, each key down and up, and then the key that ends it; null for none. */
  type(text: string, ends: number | null = ENTER): void {
    for (const { key, shift } of [...text].map(keyOf)) this.#press(key, shift);
    if (ends !== null) this.#press(ends, false);
  }

  #press(key: number, shift: boolean): void {
    this.onReport(Uint8Array.of(shift ? LEFT_SHIFT : 0, 0, key, 0, 0, 0, 0, 0));
    this.onReport(new Uint8Array(8));
  }
}
