import type { Place } from '../../../../shared/domain/place.ts';
import { BEYOND } from '../../../../shared/domain/place.ts';
import type { Site, SiteArea } from '../../../../shared/domain/site.ts';
import { must } from '../../../../shared/lib/assert.ts';
import type { LaneFacts } from '../../core/facts.ts';

/** The site file, indexed as facts are asked for: lanes by id and by board and door. */
export class SiteIndex {
  readonly site: Site;
  readonly places: readonly Place[];
  readonly #byId = new Map<string, LaneFacts>();
  readonly #byDoor = new Map<string, LaneFacts>();
  readonly #byBoard = new Map<string, LaneFacts[]>();
  readonly #areas = new Map<string, SiteArea>();

  constructor(site: Site) {
    this.site = site;
    this.places = [...BEYOND, ...site.areas.map((area) => area.id)];
    for (const area of site.areas) this.#areas.set(area.id, area);
    const checkpoints = new Map(site.checkpoints.map((place) => [place.id, place]));
    for (const lane of site.lanes) {
      const checkpoint = must(checkpoints.get(lane.checkpoint), `checkpoint ${lane.checkpoint}`);
      const facts = { lane, checkpoint };
      this.#byId.set(lane.id, facts);
      this.#byDoor.set(`${lane.board}/${lane.door}`, facts);
      const onBoard = this.#byBoard.get(lane.board) ?? [];
      onBoard.push(facts);
      this.#byBoard.set(lane.board, onBoard);
    }
  }

  lanes(): readonly LaneFacts[] {
    return [...this.#byId.values()];
  }

  lane(id: string): LaneFacts | null {
    return this.#byId.get(id) ?? null;
  }

  laneAt(board: string, door: number): LaneFacts | null {
    return this.#byDoor.get(`${board}/${door}`) ?? null;
  }

  /** The lane that a reader stands at; null for one at a desk, or that the site does not name. */
  readerLane(reader: string): LaneFacts | null {
    const lane = this.site.readers.find(({ id }) => id === reader)?.lane;
    return lane === undefined ? null : this.lane(lane);
  }

  /** Whether a reader stands at a muster point. */
  isMuster(reader: string): boolean {
    return this.site.readers.some(({ id, use }) => id === reader && use === 'muster');
  }

  lanesOf(board: string): readonly LaneFacts[] {
    return this.#byBoard.get(board) ?? [];
  }

  area(id: string): SiteArea | null {
    return this.#areas.get(id) ?? null;
  }
}
