import type { StatusNow } from '../../../../shared/contract/views.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import { hkDay } from '../../../../shared/lib/hk-time.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { ViewSource } from '../view-source.ts';

/** What the status row takes from the running engine. */
export interface StatusParts {
  readonly clock: Clock;
  readonly training: boolean;
  headSeq(): number;
  mode(): StatusNow['mode'];
  centre(): StatusNow['centre'];
}

/** One row, `now`: time, mode, centre, what waits by priority. */
export function statusView(db: ReadableDb, parts: StatusParts): ViewSource<'status'> {
  const incidents = db.query<[], { priority: number; n: number }>(
    `SELECT priority, count(*) AS n FROM incident WHERE state <> 'resolved' GROUP BY priority`,
  );
  const exceptions = db.query<[], { n: number; watched: number | null }>(
    `SELECT count(*) AS n, sum(instr(reasons, '"is":"not-watchlisted"') > 0) AS watched
     FROM exception WHERE outcome IS NULL`,
  );
  let watched = 0;
  const row = (): StatusNow => {
    const nowMs = Math.round(parts.clock.wallMs());
    const by = new Map(incidents.all().map(({ priority, n }) => [priority, n]));
    const waiting = exceptions.get();
    watched = waiting?.watched ?? 0;
    const referred = (waiting?.n ?? 0) - watched;
    return {
      nowMs,
      day: hkDay(nowMs),
      speed: parts.clock.speed(),
      pace: parts.clock.pace?.() ?? null,
      training: parts.training,
      mode: parts.mode(),
      headSeq: parts.headSeq(),
      centre: parts.centre(),
      waiting: {
        p1: (by.get(1) ?? 0) + watched,
        p2: (by.get(2) ?? 0) + referred,
        p3: by.get(3) ?? 0,
        p4: by.get(4) ?? 0,
      },
    };
  };
  return {
    name: 'status',
    row: (key) => (key === 'now' ? row() : null),
    snapshot: () => new Map([['now', row()]]),
    touched: (event) =>
      /^(incident|exception|crossing\.referred)/.test(event.kind) ? ['now'] : [],
    onTick: () => ['now'],
    // The queue shows the watch-list to supervisors only: so does the count, or it would tell.
    rowFor(role, now) {
      if (role === 'supervisor') return now;
      const { p1, p2, ...rest } = now.waiting;
      return { ...now, waiting: { p1: p1 - watched, p2: p2 + watched, ...rest } };
    },
  };
}
