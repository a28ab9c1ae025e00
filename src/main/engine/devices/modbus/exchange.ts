/**
 * One module's requests, one at a time, the most urgent first. What is asked past its deadline or
 * is no longer wanted when its turn comes is never sent; nothing is ever sent twice from here.
 */
import type { Place } from '../../../../shared/domain/modbus-modules.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { type Fault, fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { RoundTrips } from '../round-trips.ts';
import { isUncertain } from './faults.ts';
import { type LinkPlace, ModbusLink } from './link.ts';
import type { Read } from './plan.ts';
import { limits, type ModbusTiming } from './timing.ts';

/** Most urgent first. */
const URGENCIES = ['command', 'upkeep', 'look'] as const;
type Urgency = (typeof URGENCIES)[number];

const NOT_CONNECTED = 'the module is not connected: nothing was sent';

export interface Ask {
  readonly urgency: Urgency;
  readonly deadlineMonoMs?: number | undefined;
  /** Asked when its turn comes: false leaves it unsent. */
  readonly wanted?: (() => boolean) | undefined;
  /** The bytes leave now. */
  readonly onSent?: (() => void) | undefined;
}

/** What became of a write that nobody refused. */
export interface Written {
  /** False where no answer came: then `value` is what the module shows, null where it is silent. */
  readonly acknowledged: boolean;
  readonly value: number | null;
}

interface Job extends Ask {
  readonly run: (link: ModbusLink) => Promise<void>;
  readonly giveUp: (fault: Fault) => void;
}

export interface ExchangeOptions {
  readonly place: LinkPlace;
  readonly clock: Clock;
  readonly timing: ModbusTiming;
  readonly onAwaited: (change: 1 | -1) => void;
  /** The connection is gone, by whichever side. */
  readonly onGone: () => void;
  /** An answer came, whatever it said. */
  readonly onHeard: () => void;
  readonly onGarbage: () => void;
}

export class Exchange {
  readonly trips: RoundTrips;
  readonly #options: ExchangeOptions;
  readonly #jobs: Job[] = [];
  #link: ModbusLink | null = null;
  #busy = false;
  #silences = 0;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.trips = new RoundTrips(() => options.clock.monoMs());
  }

  connected(): boolean {
    return this.#link !== null;
  }

  async connect(): Promise<Result<null>> {
    if (this.#link !== null) return { ok: true, value: null };
    const { place, timing } = this.#options;
    const opened = await ModbusLink.open(place, timing);
    if (!opened.ok) return opened;
    const link = opened.value;
    this.#link = link;
    this.#silences = 0;
    void link.gone.then(() => this.#onGone(link));
    return { ok: true, value: null };
  }

  #onGone(link: ModbusLink): void {
    if (this.#link !== link) return;
    this.#link = null;
    for (const job of this.#jobs.splice(0)) job.giveUp({ code: 'closed', text: NOT_CONNECTED });
    this.#options.onGone();
  }

  close(): void {
    this.#link?.end();
    if (this.#link !== null) this.#onGone(this.#link);
  }

  /**
   * Faults: `closed`, `expired`, `unwanted` and `full` where nothing was sent; `exception` where
   * the module refused; `timeout`, `garbled` and `dropped` where nobody knows.
   */
  read(read: Read, ask: Ask): Promise<Result<readonly number[]>> {
    return this.#request(ask, (link) => this.#judged(link, link.read(read)));
  }

  /**
   * Writes once. Where no answer comes, the outcome is read back before anything else is asked: the
   * module works off one connection in order, so what it shows then is what became of it. Faults as
   * for a read, but of those where nobody knows there are none.
   */
  write(place: Place, value: number, ask: Ask): Promise<Result<Written>> {
    return this.#request(ask, async (link): Promise<Result<Written>> => {
      const written = await this.#judged(link, link.write(place, value));
      if (written.ok) return ok({ acknowledged: true, value });
      if (!isUncertain(written.fault)) return written;
      const shown = await this.#judged(link, link.read({ ...place, count: 1 }));
      const [back = null] = shown.ok ? shown.value : [];
      return ok({ acknowledged: false, value: back });
    });
  }

  #request<T>(ask: Ask, run: (link: ModbusLink) => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#link === null) return Promise.resolve(fail('closed', NOT_CONNECTED));
    if (this.#jobs.length >= limits.requests) {
      return Promise.resolve(fail('full', 'too much waits for the module: nothing was sent'));
    }
    return new Promise((resolve) => {
      this.#jobs.push({
        ...ask,
        run: async (link) => resolve(await run(link)),
        giveUp: (fault) => resolve({ ok: false, fault }),
      });
      void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let job = this.#next(); job !== undefined; job = this.#next()) await this.#do(job);
    this.#busy = false;
  }

  #next(): Job | undefined {
    for (const urgency of URGENCIES) {
      const i = this.#jobs.findIndex((job) => job.urgency === urgency);
      if (i !== -1) return this.#jobs.splice(i, 1)[0];
    }
    return undefined;
  }

  async #do(job: Job): Promise<void> {
    const { clock, onAwaited } = this.#options;
    const link = this.#link;
    if (link === null) {
      job.giveUp({ code: 'closed', text: NOT_CONNECTED });
    } else if (job.deadlineMonoMs !== undefined && clock.monoMs() > job.deadlineMonoMs) {
      job.giveUp({ code: 'expired', text: 'its time had passed before it could be sent' });
    } else if (job.wanted?.() === false) {
      job.giveUp({ code: 'unwanted', text: 'another order took its place: nothing was sent' });
    } else {
      job.onSent?.();
      if (job.urgency === 'command') onAwaited(1);
      await job.run(link);
      if (job.urgency === 'command') onAwaited(-1);
    }
  }

  /** A silent module gets a new connection after a few questions, a garbled one at once. */
  async #judged<T>(link: ModbusLink, asked: Promise<Result<T>>): Promise<Result<T>> {
    const { clock, onGarbage, onHeard } = this.#options;
    const sentMonoMs = clock.monoMs();
    const result = await asked;
    const code = result.ok ? null : result.fault.code;
    if (code === null || code === 'exception') {
      this.trips.answered(clock.monoMs() - sentMonoMs);
      this.#silences = 0;
      onHeard();
      return result;
    }
    this.trips.lost();
    if (code === 'garbled') {
      onGarbage();
      link.end();
    } else if (code === 'timeout') {
      this.#silences += 1;
      if (this.#silences >= limits.silences) link.end();
    }
    return result;
  }
}
