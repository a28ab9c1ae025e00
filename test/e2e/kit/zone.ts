import type { Site, SiteLane } from '../../../src/shared/domain/site.ts';
import type { Language } from '../../../src/shared/domain/text.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import { readCsv } from '../../kit/read-csv.ts';
import { until } from '../../kit/waiting.ts';
import { ZoneJournal } from '../../kit/zone-journal.ts';
import type { RealConsole } from './console.ts';
import { SPOKEN } from './words.ts';

const ON_LINE_MS = 60_000;

/** A permit holder of the training zone, by the columns of its permits file. */
export interface Holder {
  readonly permit: string;
  readonly person: string;
  readonly credential: string;
  readonly class: string;
  readonly hours: string;
}

/** Somebody who shows a badge, as the training zone is told it. */
interface Swipe {
  readonly lane: string;
  readonly credential: string;
  readonly waitS?: number;
  readonly side?: 'other';
}

/** What a test has to know of the training zone that runs: its site and who holds permits. */
export class Zone {
  static readonly #known = new WeakMap<RealConsole, Zone>();
  readonly site: Site;
  readonly #console: RealConsole;
  readonly #given = new Set<string>();
  /** Boards that have been on line. */
  readonly #heard = new Set<string>();

  private constructor(running: RealConsole) {
    this.#console = running;
    this.site = JSON.parse(running.trainingFile('site.json')) as Site;
  }

  /** The zone of a console: always the same, so that nobody is sent twice. */
  static of(running: RealConsole): Zone {
    const zone = Zone.#known.get(running) ?? new Zone(running);
    Zone.#known.set(running, zone);
    return zone;
  }

  lane(id: string): SiteLane {
    return must(
      this.site.lanes.find((lane) => lane.id === id),
      `lane ${id}`,
    );
  }

  /** `河套南閘 · 入區 1`: as every list names a lane. */
  laneName(id: string, language: Language = SPOKEN): string {
    const place = this.checkpointName(this.lane(id).checkpoint, language);
    return `${place} · ${this.lane(id).name[language].slice(place.length).trim()}`;
  }

  checkpointName(id: string, language: Language = SPOKEN): string {
    const place = this.site.checkpoints.find((one) => one.id === id);
    return must(place, `checkpoint ${id}`).name[language];
  }

  areaName(id: string, language: Language = SPOKEN): string {
    return must(
      this.site.areas.find((one) => one.id === id),
      `area ${id}`,
    ).name[language];
  }

  /** Holders of a class whose permit is in order, nobody twice over the whole file of tests. */
  holders(of: string, count: number, hours?: string): readonly Holder[] {
    const [head = [], ...rows] = readCsv(this.#console.trainingFile('permits.csv'));
    const all = rows
      .map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])))
      .filter((row) => row.class === of && row.status === 'active')
      .filter((row) => (row.validTo ?? '') > '2026-12' && (!hours || row.hours === hours));
    const left = all.filter((row) => !this.#given.has(row.permit ?? ''));
    const chosen = left.slice(0, count) as unknown as Holder[];
    for (const { permit } of chosen) this.#given.add(permit);
    if (chosen.length < count) throw new Error(`no ${count} holders of ${of}`);
    return chosen;
  }

  holder(of: string, hours?: string): Holder {
    return must(this.holders(of, 1, hours)[0], 'a holder');
  }

  /** A badge that nobody was given. */
  strangeBadge(number: number): string {
    return `raw/${9_000_000 + number}`;
  }

  /**
   * Somebody shows a badge at a lane, and where it stays shut waits beside it for real seconds;
   * resolves with what became of it.
   */
  swipe(lane: string, credential: string, waitS = 5): Promise<string> {
    return this.#swipe({ lane, credential, waitS });
  }

  /** The same at the reader of a lane's other side. */
  swipeBack(lane: string, credential: string): Promise<string> {
    return this.#swipe({ lane, credential, side: 'other' });
  }

  async #swipe(order: Swipe): Promise<string> {
    await this.#onLine(this.lane(order.lane).board);
    const { end } = await this.#console.order({ do: 'swipe', ...order });
    return String(end);
  }

  /** Until then a board keeps for itself what is read at its lanes, and opens for nobody. */
  async #onLine(board: string): Promise<void> {
    if (this.#heard.has(board)) return;
    const journal = new ZoneJournal(this.#console.data);
    const sql = `SELECT count(*) AS n FROM board WHERE board = '${board}' AND online = 1`;
    const isOnLine = () => journal.number(sql) === 1;
    await until(`board ${board} on line`, isOnLine, ON_LINE_MS).finally(() => journal.close());
    this.#heard.add(board);
  }
}
