import type { Site, SiteLane } from '../../../src/shared/domain/site.ts';
import type { Rng } from '../../../src/shared/lib/rng.ts';
import type { VirtualHost } from '../host/virtual-host.ts';
import { bustleAt } from './bustle.ts';
import { cardOf } from './holders.ts';
import type { SimBoard } from './sim-board.ts';

const READ_WAIT_MS = 5_000;
const LOOK_EVERY_MS = 500;
const UNKNOWN_CARD = 7_700_123;

interface Walker {
  readonly n: number;
  place: string;
}

export interface PeopleDeps {
  readonly host: VirtualHost;
  readonly site: Site;
  readonly boards: ReadonlyMap<string, SimBoard>;
  readonly count: number;
  readonly rng: Rng;
  /** Mean ms between two things that somebody does by day. */
  readonly paceMs: number;
}

/**
 * The people of the zone: they badge at a gate on their side, go through once it opens, turn away,
 * wait for a supervisor, badge twice. Where they really are is theirs alone to know.
 */
export class People {
  readonly #deps: PeopleDeps;
  readonly #walkers: Walker[];
  #calm = false;
  badges = 0;
  passages = 0;

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
    const places = ['beyond-first', 'beyond-second'];
    this.#walkers = Array.from({ length: deps.count }, (_, i) => ({
      n: i + 1,
      place: deps.rng.pick(places),
    }));
  }

  start(): void {
    for (const walker of this.#walkers) {
      const rng = this.#deps.rng.fork(`walker ${walker.n}`);
      void this.#live(walker, rng);
    }
  }

  /** Nobody begins anything any more. */
  goHome(): void {
    this.#calm = true;
  }

  /** A badge left with somebody else is held to some gate or other; they do not go through. */
  lend(rng: Rng): void {
    const { count, site } = this.#deps;
    if (!this.#calm) void this.#badge(rng.pick(site.lanes), cardOf(1 + rng.below(count)));
  }

  placeOf(n: number): string {
    return this.#walkers[n - 1]?.place ?? 'beyond-first';
  }

  async #live(walker: Walker, rng: Rng): Promise<void> {
    for (;;) {
      const { host, paceMs } = this.#deps;
      await this.#wait((-Math.log(1 - rng.next()) * paceMs) / bustleAt(host.nowMs));
      if (this.#calm) return;
      await this.#act(walker, rng);
    }
  }

  async #act(walker: Walker, rng: Rng): Promise<void> {
    const { site } = this.#deps;
    const near = site.lanes.filter((lane) => lane.from === walker.place);
    if (near.length === 0) return;
    const lane = rng.pick(near);
    if (rng.chance(0.03)) {
      await this.#badge(lane, UNKNOWN_CARD);
    } else {
      await this.#cross(walker, lane, rng);
    }
  }

  async #cross(walker: Walker, lane: SiteLane, rng: Rng): Promise<void> {
    const asked = this.#badge(lane, cardOf(walker.n));
    if (rng.chance(0.05)) void this.#badge(lane, cardOf(walker.n));
    let opened = await asked;
    if (!opened && rng.chance(0.6)) opened = await this.#waitForSupervisor(lane, rng);
    if (!opened || rng.chance(0.12)) return;
    await this.#wait(150 + rng.next() * 2_500);
    await this.#goThrough(walker, lane, 300 + rng.next() * 900);
  }

  async #goThrough(walker: Walker, lane: SiteLane, heldMs: number): Promise<void> {
    const board = this.#board(lane);
    const passing = board.personPasses(lane.door, heldMs);
    if (!(await passing)) return;
    walker.place = lane.to;
    this.passages += 1;
  }

  async #badge(lane: SiteLane, card: number): Promise<boolean> {
    this.badges += 1;
    const direction = lane.direction === 'out' ? 'out' : 'in';
    const seen = await this.#board(lane).swipe(lane.door, direction, card, READ_WAIT_MS);
    return seen.opened;
  }

  async #waitForSupervisor(lane: SiteLane, rng: Rng): Promise<boolean> {
    const looks = 20 + rng.below(120);
    for (let i = 0; i < looks; i += 1) {
      if (this.#board(lane).door(lane.door).relayOn) return true;
      await this.#wait(LOOK_EVERY_MS);
    }
    return false;
  }

  #board(lane: SiteLane) {
    const board = this.#deps.boards.get(lane.board);
    if (board === undefined) throw new Error(`no board ${lane.board}`);
    return board.device;
  }

  #wait(ms: number): Promise<void> {
    const { host } = this.#deps;
    return new Promise((resolve) => {
      host.after(ms, resolve, host.world);
    });
  }
}
