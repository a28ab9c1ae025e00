import { LineFramer, lineOf, TWN4_VENDOR } from '../../src/shared/wire/twn4.ts';

const ERROR = { unknown: 1, missing: 2, parser: 5 } as const;
const VERSION = 'TWN4/B1.06/NCF3.10/PRS1.04';

export interface HeldTag {
  readonly type: number;
  readonly id: Uint8Array;
  /** Other than eight for each byte. */
  readonly bits?: number | undefined;
}

/** A TWN4 in CDC mode as bytes: lines come in, lines go out. */
export class Twn4Device {
  readonly vendorId = TWN4_VENDOR;
  readonly productId = 0x0420;
  readonly product = 'TWN4 CDC';
  readonly #framer = new LineFramer();
  #held: HeldTag | null = null;
  #asked = 0;
  /** Where its answers go. */
  onBytes: (bytes: Uint8Array) => void = () => {};
  /** `mute`: hears and does not answer; `garbled`: answers what is no line of the protocol. */
  illness: 'none' | 'mute' | 'garbled' = 'none';

  hold(tag: HeldTag): void {
    this.#held = tag;
  }

  lift(): void {
    this.#held = null;
  }

  /** How often it was asked for a tag. */
  asked(): number {
    return this.#asked;
  }

  receive(bytes: Uint8Array): void {
    for (const line of this.#framer.push(bytes)) {
      if (this.illness === 'mute') continue;
      const garbled = Uint8Array.of(0x3f, 0x3f, 0x0d);
      this.onBytes(this.illness === 'garbled' ? garbled : lineOf(this.#answer(line)));
    }
  }

  #answer(line: string | null): Uint8Array {
    if (line === null || !/^([0-9A-F]{2})+$/.test(line)) return Uint8Array.of(ERROR.parser);
    const pairs = line.match(/../g) ?? [];
    const [api, call, most] = pairs.map((pair) => Number.parseInt(pair, 16));
    if (api === 0x00 && call === 0x04) return most === undefined ? missing() : version(most);
    if (api === 0x05 && call === 0x00) return most === undefined ? missing() : this.#search(most);
    return Uint8Array.of(ERROR.unknown);
  }

  #search(most: number): Uint8Array {
    this.#asked += 1;
    if (this.#held === null) return Uint8Array.of(0, 0);
    const { type } = this.#held;
    const id = this.#held.id.subarray(0, most);
    return Uint8Array.of(0, 1, type, this.#held.bits ?? id.length * 8, id.length, ...id);
  }
}

function missing(): Uint8Array {
  return Uint8Array.of(ERROR.missing);
}

function version(most: number): Uint8Array {
  const text = VERSION.slice(0, most);
  return Uint8Array.of(0, text.length, ...[...text].map((one) => one.charCodeAt(0)));
}
