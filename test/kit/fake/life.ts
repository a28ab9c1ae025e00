import type {
  DeskReadRow,
  LaneNow,
  QueueRow,
  StatusNow,
  TickerRow,
  ViewData,
  ViewName,
} from '../../../src/shared/contract/views.ts';
import type { AreaId, LaneId } from '../../../src/shared/domain/ids.ts';
import type { Site } from '../../../src/shared/domain/site.ts';
import { hkDay, minuteOf } from '../../../src/shared/lib/hk-time.ts';
import { type Rng, seededRng } from '../../../src/shared/lib/rng.ts';
import {
  anyClass,
  anyPermit,
  anyReason,
  fakeDevices,
  fakeException,
  fakeFlow,
  fakeLanes,
  fakeQueue,
  fakeStatus,
  made,
} from './zone.ts';

type Push = (name: ViewName, key: string, row: ViewData<ViewName> | null) => void;

const TICKER_ROWS = 40;
/** A new exception comes about once in so many steps. */
const EXCEPTION_ONCE_IN = 60;

/** The fake zone's views, and what happens in them as time passes. */
export class FakeLife {
  nowMs: number;
  seq = 184_220;
  readonly #site: Site;
  readonly #push: Push;
  readonly #rng: Rng = seededRng('life');
  readonly #rows: Record<ViewName, Map<string, ViewData<ViewName>>>;

  constructor(site: Site, nowMs: number, push: Push) {
    this.nowMs = nowMs;
    this.#site = site;
    this.#push = push;
    const areas = site.areas.map((area, n) => [
      area.id,
      {
        area: area.id,
        inside: Math.round(area.capacity.hard * (n === 0 ? 0.81 : 0.52)),
        reserved: 2,
        unknown: n === 0 ? 3 : 0,
        ...area.capacity,
      },
    ]);
    const rows = {
      status: new Map([['now', fakeStatus(nowMs)]]),
      lanes: fakeLanes(site),
      areas: new Map(areas as [string, unknown][]),
      flow: fakeFlow(nowMs),
      ticker: new Map<string, unknown>(),
      queue: fakeQueue(site, nowMs),
      devices: fakeDevices(site, nowMs),
      'badge-read': new Map<string, unknown>(),
      lockdown: new Map<string, unknown>(),
      muster: new Map<string, unknown>(),
      'muster-people': new Map<string, unknown>(),
      'desk-reads': new Map<string, unknown>(),
    };
    this.#rows = rows as unknown as Record<ViewName, Map<string, ViewData<ViewName>>>;
    for (let n = 0; n < TICKER_ROWS; n += 1) this.#cross(nowMs - (TICKER_ROWS - n) * 900);
  }

  rows(name: ViewName): ReadonlyMap<string, ViewData<ViewName>> {
    return this.#rows[name];
  }

  set(name: ViewName, key: string, row: ViewData<ViewName> | null): void {
    this.seq += 1;
    if (row === null) this.#rows[name].delete(key);
    else this.#rows[name].set(key, row);
    this.#push(name, key, row);
  }

  lane(id: LaneId): LaneNow | undefined {
    return this.#rows.lanes.get(id) as LaneNow | undefined;
  }

  queueRow(id: string): QueueRow | undefined {
    return this.#rows.queue.get(id) as QueueRow | undefined;
  }

  deskRead(read: DeskReadRow): void {
    this.set('desk-reads', read.reader, read);
  }

  /** Lets so much time pass. */
  step(ms: number): void {
    this.nowMs += ms;
    if (this.#rng.below(3) > 0) this.#cross(this.nowMs);
    if (this.#rng.below(EXCEPTION_ONCE_IN) === 0) {
      const row = fakeException(this.#site, 100 + (this.seq % 800), this.nowMs, this.#rng);
      this.set('queue', row.id, row);
    }
    for (const [key, row] of this.#rows.lanes) {
      const lane = row as LaneNow;
      if (lane.heardAgoMs !== null && lane.heardAgoMs < 5_000) {
        this.set('lanes', key, { ...lane, heardAgoMs: this.#rng.below(900), crossing: null });
      }
    }
    this.#status();
  }

  #status(): void {
    const before = this.#rows.status.get('now') as StatusNow;
    const waiting = { p1: 0, p2: 0, p3: 0, p4: 0 };
    for (const row of this.#rows.queue.values()) {
      waiting[`p${(row as QueueRow).priority}`] += 1;
    }
    this.set('status', 'now', {
      ...before,
      nowMs: this.nowMs,
      day: hkDay(this.nowMs),
      headSeq: this.seq,
      waiting,
    });
  }

  #cross(atMs: number): void {
    const lane = this.#rng.pick(this.#site.lanes);
    const line = this.#site.checkpoints.find((one) => one.id === lane.checkpoint)?.line ?? 'first';
    const odd = this.#rng.below(12);
    const verdict = odd === 0 ? 'refuse' : odd === 1 ? 'refer' : 'admit';
    const id = made('X', this.seq);
    const row: TickerRow = {
      crossing: id,
      atMs,
      lane: lane.id,
      checkpoint: lane.checkpoint,
      line,
      direction: lane.direction,
      class: anyClass(this.#rng),
      permit: anyPermit(this.#rng),
      verdict,
      state: verdict === 'refuse' ? 'refused' : verdict === 'refer' ? 'referred' : 'passed',
      timing: this.#rng.below(30) === 0 ? 'late' : 'live',
      reasons: verdict === 'admit' ? [] : [anyReason(this.#rng, atMs)],
    };
    this.set('ticker', id, row);
    const [oldest] = this.#rows.ticker.keys();
    if (oldest && this.#rows.ticker.size > TICKER_ROWS) this.set('ticker', oldest, null);
    if (verdict === 'admit') this.#pass(row, lane.to as AreaId, lane.from as AreaId);
  }

  #pass(row: TickerRow, to: AreaId, from: AreaId): void {
    for (const [area, by] of [
      [to, 1],
      [from, -1],
    ] as const) {
      const now = this.#rows.areas.get(area) as ViewData<'areas'> | undefined;
      if (now) this.set('areas', area, { ...now, inside: now.inside + by });
    }
    const minuteMs = minuteOf(row.atMs);
    const key = `${row.line}/${row.direction}/${minuteMs}`;
    const flow = this.#rows.flow.get(key) as ViewData<'flow'> | undefined;
    const { line, direction } = row;
    this.set('flow', key, { line, direction, minuteMs, passed: (flow?.passed ?? 0) + 1 });
    const lane = this.lane(row.lane);
    if (lane && lane.heardAgoMs !== null && lane.heardAgoMs < 5_000) {
      const crossing = { id: row.crossing, state: 'passed' as const, class: row.class };
      this.set('lanes', row.lane, { ...lane, crossing, today: lane.today + 1 });
    }
  }
}
