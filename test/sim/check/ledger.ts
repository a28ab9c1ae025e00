import { isArea } from '../../../src/shared/domain/place.ts';
import type { JournalEvent } from '../../../src/shared/journal/events.ts';
import { Unexplained } from '../../kit/unexplained.ts';
import type { Check, Scene } from './invariant.ts';

type Recorded = Extract<JournalEvent, { kind: 'crossing.recorded' }>;

interface Tally {
  entries: number;
  exits: number;
  corrected: number;
}

/** A ledger of its own, read from the journal without any projection's code. */
export class LedgerCheck implements Check {
  readonly #scene: Scene;
  readonly #places = new Map<string, string>();
  readonly #tallies = new Map<string, Tally>();
  readonly #unexplained = new Unexplained();
  /** Crossings whose order an incident put before a person. */
  readonly #doubted = new Set<string>();
  readonly #silent: { readonly crossing: string; readonly text: string }[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  event(event: JournalEvent): void {
    switch (event.kind) {
      case 'crossing.passed':
      case 'crossing.recorded': {
        const { crossing, person, from, to, movesPresence } = event.data;
        if (person === null && event.kind === 'crossing.passed') this.#move(from, to, 'crossing');
        const known = this.#places.get(person ?? '');
        const form = event.kind === 'crossing.recorded' ? event : undefined;
        if (form !== undefined) this.#unexplained.form(form, known);
        if (person === null || !movesPresence) return;
        if (known !== undefined && known !== from && known !== to) {
          const text = `${event.seq}: ${person} was at ${known} and left ${from} for ${to}`;
          this.#silent.push({ crossing, text });
        }
        this.#put(person, to, 'crossing', form);
        return;
      }
      case 'crossing.unknown': {
        const { person, from } = event.data;
        if (person !== null && !this.#places.has(person)) this.#put(person, from, 'correction');
        return;
      }
      case 'presence.set':
        this.#put(event.data.person, event.data.place, 'correction');
        return;
      case 'passage.answered':
      case 'passage.unnamed': {
        const moves =
          event.kind === 'passage.unnamed'
            ? this.#unexplained.moved(event)
            : this.#unexplained.answered(event);
        for (const [place, by, crossed] of moves) {
          const tally = this.#tally(place);
          if (tally === null) continue;
          if (!crossed) tally.corrected += by;
          else if (by === 1) tally.entries += 1;
          else tally.exits += 1;
        }
        return;
      }
      case 'area.counted':
        this.#count(event.data.area, event.data.counted, event.at);
        return;
      case 'incident.raised': {
        const { type, crossing } = event.data;
        if (type === 'impossible-order' && crossing !== null) this.#doubted.add(crossing);
        return;
      }
      default:
    }
  }

  #put(person: string, to: string, why: 'crossing' | 'correction', form?: Recorded): void {
    const from = this.#places.get(person);
    this.#places.set(person, to);
    if (from !== to) this.#move(from, to, why, form);
  }

  #move(from: string | undefined, to: string, why: 'crossing' | 'correction', form?: Recorded) {
    const isRenamed = (place: string | undefined, by: 1 | -1) => {
      return form !== undefined && this.#unexplained.renames(form, place, by);
    };
    const leaves = from === undefined || isRenamed(from, -1) ? null : this.#tally(from);
    if (leaves !== null && why === 'crossing') leaves.exits += 1;
    if (leaves !== null && why === 'correction') leaves.corrected -= this.#by(from ?? '', -1);
    const enters = isRenamed(to, 1) ? null : this.#tally(to);
    if (enters !== null && why === 'crossing') enters.entries += 1;
    if (enters !== null && why === 'correction') enters.corrected += this.#by(to, 1);
  }

  /** By how many a correction changes a count: by none where it names one who was counted. */
  #by(place: string, by: 1 | -1): 0 | 1 {
    return this.#unexplained.explains(place, by) ? 0 : 1;
  }

  #count(area: string, counted: number, atMs: number): void {
    const tally = this.#tally(area);
    if (tally === null) return;
    tally.corrected = counted - tally.entries + tally.exits;
    const named = [...this.#places.values()].filter((place) => place === area).length;
    this.#unexplained.counted(area, counted, named, atMs);
  }

  #tally(place: string): Tally | null {
    if (!isArea(place as never)) return null;
    const found = this.#tallies.get(place) ?? { entries: 0, exits: 0, corrected: 0 };
    this.#tallies.set(place, found);
    return found;
  }

  step(): void {
    const { db, report, segments } = this.#scene;
    const counted = db.query<[], { area: string; inside: number; anonymous: number }>(
      'SELECT area, inside, anonymous FROM occupancy',
    );
    const byMinutes = (area: string) => {
      const sums = segments.all.map((segment) => segment.db.query<[string], Sum>(SUM).get(area));
      return sums.reduce((sum, row) => sum + (row?.n ?? 0), 0);
    };
    for (const { area, inside, anonymous } of counted.all()) {
      const { entries, exits, corrected } = this.#tally(area) ?? NOBODY;
      const wanted = entries - exits + corrected;
      const sum = byMinutes(area);
      if (inside + anonymous === wanted && sum === wanted) continue;
      const shown = `${inside} + ${anonymous} shown, ${sum} by minutes`;
      report('occupancy', `${area}: ${entries} - ${exits} + ${corrected} by the journal, ${shown}`);
    }
    this.#comparePlaces();
    for (const { crossing, text } of this.#silent.splice(0)) {
      if (!this.#doubted.has(crossing)) report('two-places', text);
    }
  }

  #comparePlaces(): void {
    const { db, report } = this.#scene;
    const rows = db.query<[], { person: string; place: string }>(
      'SELECT person, place FROM presence',
    );
    const inAreas = new Map<string, number>();
    for (const { person, place } of rows.all()) {
      const known = this.#places.get(person);
      if (known !== place) {
        report('two-places', `${person} is at ${known} by the journal, at ${place} by the ledger`);
      }
      inAreas.set(place, (inAreas.get(place) ?? 0) + 1);
    }
    const counted = db.query<[], { area: string; inside: number }>(
      'SELECT area, inside FROM occupancy',
    );
    for (const { area, inside } of counted.all()) {
      if (inside === (inAreas.get(area) ?? 0)) continue;
      report('occupancy', `${area}: ${inside} counted, ${inAreas.get(area) ?? 0} persons there`);
    }
  }
}

interface Sum {
  readonly n: number | null;
}

const SUM = 'SELECT sum(entries - exits + corrected) AS n FROM area_minute WHERE area = ?';

const NOBODY: Tally = { entries: 0, exits: 0, corrected: 0 };
