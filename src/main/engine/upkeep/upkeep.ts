import type { NewEvent } from '../../../shared/journal/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { hkDay } from '../../../shared/lib/hk-time.ts';
import type { Intake } from '../intake/intake.ts';
import type { Gatherer } from '../projections/gather/gather.ts';
import type { Regimes } from '../projections/gather/regimes.ts';
import type { Eraser } from '../retention/eraser.ts';
import { megabytesOf } from '../store/disk-space.ts';
import { type LongLog, WalWatch } from '../store/wal-watch.ts';
import type { DiskCare } from './disk-care.ts';
import type { JournalCare } from './journal-care.ts';
import { RegimeWatch } from './regime-watch.ts';

export interface UpkeepDeps {
  readonly clock: Clock;
  readonly intake: Intake;
  readonly gatherer: Gatherer;
  /** Null where nobody looks after the disk. */
  readonly disk: DiskCare | null;
  readonly journal: JournalCare;
  readonly eraser: Eraser;
  readonly regimes: Regimes;
  readonly longLog: LongLog | undefined;
  /** Brings the boards' own cards in line with what is in force. */
  storeCards(): void;
  note(event: NewEvent): void;
}

/** How often it looks: real ms. */
const EVERY_MS = 200;
const PAGE_BYTES = 4096;
/** What changes who a board may let in on its own. */
const CHANGES_CARDS = new Set([
  'dataset.in-force',
  'permit.suspended',
  'permit.reinstated',
  'suspension.begun',
  'suspension.ended',
  'badge.replaced',
  'regime.in-force',
]);

/** What the engine looks after beside its inputs: deadlines, cards, the log's length, the disk. */
export class Upkeep {
  readonly #deps: UpkeepDeps;
  readonly #walWatch: WalWatch;
  readonly #regimeWatch: RegimeWatch;
  #timer: NodeJS.Timeout | undefined;
  #dueAsked = false;
  /** An event was written since it was asked from when on anything is due. */
  #dueMoved = true;
  #dueFromMono: number | null = null;
  /** On the calendar: from when on somebody who is not back, goods or filings are told of. */
  #dayReturnFromMs: number | null = null;
  #goodsFromMs: number | null = null;
  #filingsFromMs: number | null = null;
  #cardsDirty = false;
  #cardsDay = '';

  constructor(deps: UpkeepDeps) {
    this.#deps = deps;
    this.#walWatch = new WalWatch(deps.clock, deps.longLog);
    this.#regimeWatch = new RegimeWatch(deps);
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([this.#deps.disk?.stop(), this.#deps.eraser.stop()]);
  }

  /** An event of this kind was written. */
  noteKind(kind: string): void {
    this.#dueMoved = true;
    this.#regimeWatch.noteKind(kind);
    if (CHANGES_CARDS.has(kind)) this.#cardsDirty = true;
    this.#deps.eraser.noteKind(kind);
  }

  #look(): void {
    this.#regimeWatch.look();
    this.#keepCards();
    this.#watchLog();
    this.#deps.disk?.look();
    this.#deps.journal.look();
    this.#deps.eraser.look();
    this.#askWhatIsDue();
  }

  #askWhatIsDue(): void {
    const { clock, gatherer, intake } = this.#deps;
    const [nowMono, nowMs] = [clock.monoMs(), Math.round(clock.wallMs())];
    if (this.#dueMoved) {
      this.#dueFromMono = earlier(gatherer.dueFrom(), gatherer.escort.fromMono());
      this.#dayReturnFromMs = gatherer.dayReturn.fromMs(nowMs);
      this.#goodsFromMs = gatherer.underWay.goods.fromMs();
      this.#filingsFromMs = gatherer.filings.fromMs();
    }
    this.#dueMoved = false;
    const isReached = (from: number | null, now: number) => from !== null && now >= from;
    const onCalendar = [this.#dayReturnFromMs, this.#goodsFromMs, this.#filingsFromMs];
    const isOnCalendar = onCalendar.some((from) => isReached(from, nowMs));
    if (this.#dueAsked || !(isOnCalendar || isReached(this.#dueFromMono, nowMono))) return;
    const { crossings, dayReturn, exceptions, ...more } = gatherer.due(nowMono, nowMs);
    const { alone = [], filings = [], goods = [] } = more;
    const isTold = (dayReturn?.soon ?? null) !== null || (dayReturn?.overdue.length ?? 0) > 0;
    const due = [crossings, exceptions, goods, alone, filings];
    if (!isTold && due.every(({ length }) => length === 0)) return;
    this.#dueAsked = true;
    void intake.submit({ kind: 'due' }).then(() => {
      this.#dueAsked = false;
    });
  }

  #watchLog(): void {
    const pages = this.#deps.journal.walPages();
    if (!this.#walWatch.isLong(pages)) return;
    const megabytes = megabytesOf(pages * PAGE_BYTES);
    this.#deps.note({ kind: 'journal.log-long', data: { pages, megabytes } });
  }

  /** The boards' own cards follow what is in force, and are made anew each day. */
  #keepCards(): void {
    const day = hkDay(this.#deps.clock.wallMs());
    if (!this.#cardsDirty && day === this.#cardsDay) return;
    this.#cardsDirty = false;
    this.#cardsDay = day;
    this.#deps.storeCards();
  }
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
