import type { Place } from '../../shared/domain/place.ts';
import type { LaneRunner } from './lane-runner.ts';
import { LONG_QUEUE, QUEUE_LIMIT } from './pace.ts';

/** The shortest queue; a lane that answers nobody only when no other is there. */
function shortest(lanes: readonly LaneRunner[]): LaneRunner | undefined {
  const cost = (lane: LaneRunner) => lane.waiting() + (lane.isDead() ? QUEUE_LIMIT : 0);
  let best: LaneRunner | undefined;
  for (const lane of lanes) if (best === undefined || cost(lane) < cost(best)) best = lane;
  return best;
}

/** Which lanes lead from one place to another, and which of them somebody takes. */
export class Routes {
  readonly #ways = new Map<string, LaneRunner[]>();

  constructor(lanes: readonly LaneRunner[]) {
    for (const runner of lanes) {
      const { from, to } = runner.lane;
      const key = `${from}>${to}`;
      const way = this.#ways.get(key) ?? [];
      this.#ways.set(key, way);
      way.push(runner);
    }
  }

  leads(from: Place, to: Place): boolean {
    return this.#ways.has(`${from}>${to}`);
  }

  /**
   * The lane that somebody takes: the shortest queue at the checkpoint they are used to (one with
   * more lanes has more people used to it), or anywhere when that is long. Null where no lane leads
   * there or every queue is full.
   */
  lane(from: Place, to: Place, habit: number, avoid?: LaneRunner): LaneRunner | null {
    const way = this.#ways.get(`${from}>${to}`);
    if (way === undefined) return null;
    const usual = way[habit % way.length]?.lane.checkpoint;
    const open = way.filter((one) => one !== avoid);
    const near = shortest(open.filter((one) => one.lane.checkpoint === usual));
    const best =
      near === undefined || near.waiting() > LONG_QUEUE || near.isDead() ? shortest(open) : near;
    if (best === undefined || best.waiting() >= QUEUE_LIMIT) return null;
    return best;
  }
}
