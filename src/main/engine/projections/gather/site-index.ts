import type { Place } from '../../../../shared/domain/place.ts';
import { BEYOND } from '../../../../shared/domain/place.ts';
import { type Site, type SiteArea, type SiteLane, turned } from '../../../../shared/domain/site.ts';
import { must } from '../../../../shared/lib/assert.ts';
import type { ReaderPlace } from '../../core/decide.ts';
import type { LaneFacts } from '../../core/facts.ts';

/** True for a lane that leads against the direction of the site file now. */
export type IsTurned = (lane: string) => boolean;

/** A lane as the site file has it, and as it is while it is turned; null where it cannot be. */
interface BothWays {
  readonly forward: LaneFacts;
  readonly reverse: LaneFacts | null;
}

/**
 * The site file, indexed as facts are asked for: lanes by id and by board and door, each with the
 * direction in force.
 */
export class SiteIndex {
  readonly site: Site;
  readonly places: readonly Place[];
  readonly #isTurned: IsTurned;
  readonly #byId = new Map<string, BothWays>();
  readonly #byDoor = new Map<string, BothWays>();
  readonly #byBoard = new Map<string, BothWays[]>();
  readonly #areas = new Map<string, SiteArea>();
  readonly #interlocked = new Map<string, readonly string[]>();

  constructor(site: Site, isTurned: IsTurned = () => false) {
    this.site = site;
    this.#isTurned = isTurned;
    this.places = [...BEYOND, ...site.areas.map((area) => area.id)];
    for (const area of site.areas) this.#areas.set(area.id, area);
    for (const { id } of site.lanes) {
      const groups = (site.interlocks ?? []).filter((group) => group.includes(id));
      const others = groups.flat().filter((other) => other !== id);
      if (others.length > 0) this.#interlocked.set(id, others);
    }
    const checkpoints = new Map(site.checkpoints.map((place) => [place.id, place]));
    for (const lane of site.lanes) {
      const checkpoint = must(checkpoints.get(lane.checkpoint), `checkpoint ${lane.checkpoint}`);
      const forward = { lane, checkpoint };
      const other = { lane: turned(lane), checkpoint, isTurned: true };
      const both = { forward, reverse: lane.reversible === true ? other : null };
      this.#byId.set(lane.id, both);
      this.#byDoor.set(`${lane.board}/${lane.door}`, both);
      const onBoard = this.#byBoard.get(lane.board) ?? [];
      onBoard.push(both);
      this.#byBoard.set(lane.board, onBoard);
    }
  }

  #inForce({ forward, reverse }: BothWays): LaneFacts {
    if (reverse === null) return forward;
    return this.#isTurned(forward.lane.id) ? reverse : forward;
  }

  lanes(): readonly LaneFacts[] {
    return [...this.#byId.values()].map((both) => this.#inForce(both));
  }

  lane(id: string): LaneFacts | null {
    const both = this.#byId.get(id);
    return both === undefined ? null : this.#inForce(both);
  }

  /** The lane as it leads from this place, in force now or not: what began so ends so. */
  laneFrom(id: string, from: string): LaneFacts | null {
    const both = this.#byId.get(id);
    if (both === undefined) return null;
    return both.reverse?.lane.from === from ? both.reverse : both.forward;
  }

  laneAt(board: string, door: number): LaneFacts | null {
    const both = this.#byDoor.get(`${board}/${door}`);
    return both === undefined ? null : this.#inForce(both);
  }

  /** The lane that a reader stands at; null for one at a desk, or that the site does not name. */
  readerLane(reader: string): ReaderPlace | null {
    const found = this.site.readers.find(({ id }) => id === reader);
    const both = found?.lane === undefined ? undefined : this.#byId.get(found.lane);
    if (both === undefined) return null;
    const own = both.forward.lane.direction === 'out' ? 'out' : 'in';
    return { ...this.#inForce(both), readerDirection: found?.direction ?? own };
  }

  /** The lanes of which none may be open while this one is. */
  interlockedWith(lane: string): readonly string[] {
    return this.#interlocked.get(lane) ?? [];
  }

  /** Whether a reader stands at a muster point. */
  isMuster(reader: string): boolean {
    return this.site.readers.some(({ id, use }) => id === reader && use === 'muster');
  }

  lanesOf(board: string): readonly LaneFacts[] {
    return (this.#byBoard.get(board) ?? []).map((both) => this.#inForce(both));
  }

  /**
   * Every lane with what it does alone now. Where the disk cannot even be read nobody knows which
   * way a lane leads that can be turned: it shuts.
   */
  lanesAlone(): readonly SiteLane[] {
    try {
      return this.lanes().map(({ lane }) => lane);
    } catch {
      return this.site.lanes.map((lane) => {
        return lane.reversible === true ? { ...lane, onFailure: 'shut' } : lane;
      });
    }
  }

  area(id: string): SiteArea | null {
    return this.#areas.get(id) ?? null;
  }
}
