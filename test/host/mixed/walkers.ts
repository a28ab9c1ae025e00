/** People of a mixed zone, at gates of every driver; what they really did is theirs to know. */

import { h10301 } from '../../../src/shared/domain/credential.ts';
import type { SiteLane } from '../../../src/shared/domain/site.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import type { Clock } from '../../../src/shared/lib/clock.ts';
import type { Rng } from '../../../src/shared/lib/rng.ts';
import { badgeOf } from '../../../src/shared/wire/badges.ts';
import { LEAVES, type MixedZone, typedOf } from '../../kit/mixed-zone.ts';
import { badgeBits } from '../../kit/osdp-zone.ts';
import type { Attempt } from './attempts.ts';

/** How long somebody waits for a gate, and how long an open gate may stay so. Real ms. */
const PATIENCE_MS = 4_000;
const SHUTS_MS = 3_600;
const HELD_MS = 250;
/** A badge lies on its reader for so long at least. */
const READ_MS = 450;

export interface WalkersDeps {
  readonly zone: MixedZone;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly count: number;
  /** Mean real ms between two things that somebody does. */
  readonly paceMs: number;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class Walkers {
  readonly #deps: WalkersDeps;
  /** Gates that somebody stands at: one person at a time, and at the OSDP device one in all. */
  readonly #busy = new Set<string>();
  readonly #lives: Promise<void>[] = [];
  readonly attempts: Attempt[] = [];
  #calm = false;

  constructor(deps: WalkersDeps) {
    this.#deps = deps;
  }

  start(): void {
    for (let n = 1; n <= this.#deps.count; n += 1) {
      this.#lives.push(this.#live(n, this.#deps.rng.fork(`walker ${n}`)));
    }
  }

  /** Resolves when nobody is at a gate any more. */
  async goHome(): Promise<void> {
    this.#calm = true;
    await Promise.all(this.#lives);
  }

  async #live(n: number, rng: Rng): Promise<void> {
    let place: string = 'beyond-first';
    for (;;) {
      await pause(-Math.log(1 - rng.next()) * this.#deps.paceMs);
      if (this.#calm) return;
      const near = this.#deps.zone.site.lanes.filter(({ checkpoint, from }) => {
        return checkpoint === 'first-1' && from === place;
      });
      const lane = rng.pick(near);
      const gate = lane.board === 'o-gate' ? 'o-gate' : lane.id;
      if (this.#busy.has(gate)) continue;
      this.#busy.add(gate);
      if (await this.#cross(n, lane, rng)) place = lane.to;
      this.#busy.delete(gate);
    }
  }

  /**
   * A gate that the console opened for whoever came before is still theirs. One that stands free
   * since its module is away lets through whoever comes.
   */
  #isOpenForAnother({ id, board }: SiteLane): boolean {
    if (board !== 'm-gate') return false;
    const { gates, module } = this.#deps.zone;
    const output = id === 'm-in' ? 0 : 1;
    const changes = module.changes().filter((one) => one.output === output);
    return gates[id === 'm-in' ? 'in' : 'out'].isOpen() && changes.at(-1)?.by === 'host';
  }

  async #cross(n: number, lane: SiteLane, rng: Rng): Promise<boolean> {
    if (this.#isOpenForAnother(lane)) return false;
    const badgedMs = this.#deps.clock.wallMs();
    const goes = (await this.#badge(n, lane)) && !rng.chance(0.1);
    if (goes) await pause(80 + rng.next() * 500);
    const passed = goes && (await this.#goThrough(lane));
    this.attempts.push({ person: `P-${n}`, lane: lane.id, badgedMs, passed });
    // Until the gate is shut again nobody else may come: it would be their passage. It may open
    // yet where whoever waited for it has gone.
    await pause(passed ? 300 : SHUTS_MS);
    return passed;
  }

  async #badge(n: number, lane: SiteLane): Promise<boolean> {
    const { device, gates, readers } = this.#deps.zone;
    switch (lane.board) {
      case 'o-gate': {
        const opening = device.nextOpening(PATIENCE_MS);
        device.hold(badgeBits(1, n), lane.door - 1);
        return (await opening) !== null;
      }
      case 'm-gate': {
        if (lane.id === 'm-in') readers.in.type(typedOf(n));
        else readers.out.hold(must(badgeOf(h10301(1, n)), 'badge'));
        // A way out may stand free when its module was away: whoever leaves badges all the same.
        await pause(READ_MS);
        const opened = await gates[lane.id === 'm-in' ? 'in' : 'out'].waits(PATIENCE_MS);
        readers.out.lift();
        return opened;
      }
      default: {
        const direction = lane.direction === 'out' ? 'out' : 'in';
        const board = this.#board(lane);
        return (await board.swipe(lane.door, direction, 100_000 + n, PATIENCE_MS)).opened;
      }
    }
  }

  async #goThrough(lane: SiteLane): Promise<boolean> {
    const { device, gates } = this.#deps.zone;
    switch (lane.board) {
      case 'o-gate': {
        if (!device.isOn(lane.door - 1)) return false;
        const leaf = must(LEAVES[lane.door - 1], 'leaf');
        device.setInput(leaf, true);
        await pause(HELD_MS);
        device.setInput(leaf, false);
        return true;
      }
      case 'm-gate':
        return gates[lane.id === 'm-in' ? 'in' : 'out'].personPasses(HELD_MS);
      default:
        return this.#board(lane).personPasses(lane.door, HELD_MS);
    }
  }

  #board(lane: SiteLane) {
    const { boards } = this.#deps.zone;
    return must(
      boards.find(({ serial }) => String(serial) === lane.board),
      'board',
    );
  }
}
