/** What befalls boards, devices and lines of a mixed zone in a day. */
import { must } from '../../../src/shared/lib/assert.ts';
import type { Rng } from '../../../src/shared/lib/rng.ts';
import type { MixedZone } from '../../kit/mixed-zone.ts';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A board decides alone after 30 s of silence: the cable is out for much longer. Real ms. */
const ALONE_MS = 46_000;
const CALM_MS = { least: 1_500, spread: 3_500 };
const SICK_MS = { least: 500, spread: 4_000 };

/** Every datagram of a board may be lost, come twice, come late or overtake another. */
const BAD_NETWORK = { drop: 0.03, repeat: 0.08, reorder: 0.08, delay: 0.1, delayMs: 60 };
const BAD_LINE = { drop: 0.0004, garble: 0.0004, repeat: 0.0004 };

type Trouble = (zone: MixedZone, rng: Rng, ms: number) => Promise<void>;

const troubles: Readonly<Record<string, Trouble>> = {
  async 'board without power'({ boards }, rng, ms) {
    const board = rng.pick(boards.slice(1));
    board.powerCut();
    await pause(ms);
    board.powerOn();
  },
  async 'board without cable'({ boards }, rng, ms) {
    const board = rng.pick(boards.slice(1));
    board.unplug();
    await pause(ms);
    board.plug();
  },
  async 'OSDP line broken'({ line }, _rng, ms) {
    line.plugged = false;
    await pause(ms);
    line.plugged = true;
  },
  async 'OSDP converter drops'({ line }) {
    line.dropConnections();
  },
  async 'OSDP device without power'({ device }, _rng, ms) {
    device.powerCut();
    await pause(ms);
    device.powerOn();
  },
  async 'module deaf'({ module }, _rng, ms) {
    module.setFaults({ deaf: true });
    await pause(ms);
    module.setFaults({});
  },
  async 'module silent'({ module }, _rng, ms) {
    module.setFaults({ mute: true });
    await pause(ms);
    module.setFaults({});
  },
  async 'module drops'({ module }) {
    module.drop();
  },
  async 'module loses power'({ module }) {
    module.powerCycle();
  },
};

export class Troubles {
  readonly counts = new Map<string, number>();
  #ends = false;
  #life: Promise<unknown> = Promise.resolve();

  /** The first board's cable is out for long at once; the rest come one after the other. */
  start(zone: MixedZone, rng: Rng): void {
    for (const board of zone.boards) {
      board.setFaults({ incoming: BAD_NETWORK, outgoing: BAD_NETWORK });
    }
    zone.line.setFaults({ incoming: BAD_LINE, outgoing: BAD_LINE });
    this.#life = Promise.all([this.#alone(zone), this.#befall(zone, rng)]);
  }

  /** Resolves when all is mended. */
  async end(zone: MixedZone): Promise<void> {
    this.#ends = true;
    await this.#life;
    for (const board of zone.boards) board.setFaults({});
    zone.line.setFaults({});
  }

  async #alone({ boards }: MixedZone): Promise<void> {
    const first = must(boards[0], 'board');
    await pause(3_000);
    first.unplug();
    for (let ms = 0; ms < ALONE_MS && !this.#ends; ms += 250) await pause(250);
    first.plug();
  }

  async #befall(zone: MixedZone, rng: Rng): Promise<void> {
    // Every kind comes before one comes again.
    let names: string[] = [];
    while (!this.#ends) {
      await pause(CALM_MS.least + rng.next() * CALM_MS.spread);
      if (this.#ends) return;
      if (names.length === 0) names = Object.keys(troubles);
      const name = rng.pick(names);
      names = names.filter((one) => one !== name);
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
      await must(troubles[name], name)(zone, rng, SICK_MS.least + rng.next() * SICK_MS.spread);
    }
  }
}
