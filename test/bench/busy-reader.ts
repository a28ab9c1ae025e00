import {
  createReadingService,
  type ReadingService,
} from '../../src/main/engine/reading/reading-service.ts';
import type { CrossingFilter } from '../../src/shared/contract/queries.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { realClock } from '../kit/real-clock.ts';

/** What reads much: pages of all, what is not there, and what is rare. */
const FILTERS: readonly CrossingFilter[] = [
  {},
  { class: 'hk-resident' },
  { verdict: 'refer' },
  { state: 'unknown' },
];

/** Somebody who searches and asks for reports without a pause, through the reading thread. */
export class BusyReader {
  readonly #reading: ReadingService;
  #busy = false;
  /** What was answered so far. */
  answers = 0;

  constructor(dataDir: string, site: Site) {
    this.#reading = createReadingService({ dataDir, site, clock: realClock(Date.now()) });
  }

  /** Reads until it is told to pause; resolves once the last answer is there. */
  async read(): Promise<void> {
    this.#busy = true;
    const days = await this.#reading.days();
    while (this.#busy) {
      const filter = must(FILTERS[this.answers % FILTERS.length], 'filter');
      const page = await this.#reading.crossings({ filter, limit: 100 }, 'inspector');
      const report = await this.#reading.daily(days[this.answers % days.length] ?? '');
      if (page.ok && report.ok) this.answers += 1;
    }
  }

  pause(): void {
    this.#busy = false;
  }

  stop(): Promise<void> {
    return this.#reading.stop();
  }
}
