import { decodePacket, MOST_BYTES, type Received, START } from './packet.ts';

const LENGTH_END = 4;

/**
 * Finds packets in a stream of bytes that may begin anywhere and have bytes lost, added or changed.
 * What is no packet is passed over one byte at a time, so that a whole packet behind it is found.
 * Never holds more than one packet's bytes.
 */
export class Framer {
  #held = new Uint8Array(0);
  #garbage = 0;

  /** Bytes that belonged to no packet, mark bytes apart. */
  garbage(): number {
    return this.#garbage;
  }

  /** Forgets a packet that has begun: what follows belongs to another. */
  reset(): void {
    this.#garbage += this.#held.length;
    this.#held = new Uint8Array(0);
  }

  /** The packets that end within these bytes. */
  push(bytes: Uint8Array): Received[] {
    const all = new Uint8Array(this.#held.length + bytes.length);
    all.set(this.#held);
    all.set(bytes, this.#held.length);
    const packets: Received[] = [];
    let at = 0;
    for (;;) {
      const start = all.indexOf(START, at);
      this.#countGarbage(all.subarray(at, start < 0 ? all.length : start));
      if (start < 0) {
        this.#held = new Uint8Array(0);
        return packets;
      }
      at = start;
      if (at + LENGTH_END > all.length) break;
      const length = (all[at + 2] ?? 0) | ((all[at + 3] ?? 0) << 8);
      if (length <= MOST_BYTES && at + length > all.length) break;
      const packet = length > MOST_BYTES ? null : decodePacket(all.subarray(at, at + length));
      if (packet?.ok) packets.push(packet.value);
      else this.#garbage += 1;
      at += packet?.ok ? length : 1;
    }
    this.#held = all.slice(at);
    return packets;
  }

  #countGarbage(bytes: Uint8Array): void {
    for (const byte of bytes) if (byte !== 0xff) this.#garbage += 1;
  }
}
