import { join } from 'node:path';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { rebuildProjections } from '../../src/main/engine/projections/rebuild.ts';
import { createReadingService } from '../../src/main/engine/reading/reading-service.ts';
import type { Sql, WritableDb } from '../../src/main/engine/store/database.ts';
import { openReader, openWriter } from '../../src/main/engine/store/open.ts';
import { segmentPath } from '../../src/main/engine/store/segment-files.ts';
import type { MonthSlice } from '../../src/shared/contract/presence-queries.ts';
import { crossingOfKey, eventKey } from '../../src/shared/domain/ids.ts';
import { MINUTE_MS } from '../../src/shared/lib/hk-time.ts';
import type { Result } from '../../src/shared/lib/result.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import { dayAt, dayStartMs } from '../../src/shared/presence/calendar.ts';
import { kitSite } from '../kit/kit-site.ts';
import { cached, copyDatabase } from './cache.ts';
import type { BenchContext } from './context.ts';
import { permitStore } from './permits.ts';
import type { Figure } from './row.ts';
import { permitOf } from './zone.ts';

/** Raise it when what is built changes. */
const VERSION = 1;
const PERSONS = 50_000;
const DAYS = 22;
const MONTH = '2026-03';
const CHUNK = 5_000;
/** What a person waits for before a progress bar that moves. */
const AT_MOST_MS = 30_000;

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.text);
  return result.value;
}

/** Commuters who come on 22 days of March; one exit in a hundred is missing. */
function build(dir: string): void {
  const db = value(openWriter(segmentPath(dir, 1), journalSchema));
  db.exec('PRAGMA synchronous = OFF');
  rebuildProjections(db, db, 0);
  const rng = seededRng('presence-month');
  const add = adder(db);
  for (let day = 0; day < DAYS; day += 1) {
    const midnight = dayStartMs(dayAt(2026, 3, 1) + day + Math.floor(day / 5) * 2);
    for (const [hour, isIn] of [
      [8, true],
      [18, false],
    ] as const) {
      for (let from = 0; from < PERSONS; from += CHUNK) {
        db.transaction(() => {
          for (let n = from; n < from + CHUNK; n += 1) {
            if (!isIn && rng.chance(0.01)) continue;
            add(n, midnight + hour * 60 * MINUTE_MS + rng.below(90) * MINUTE_MS, isIn);
          }
        });
      }
    }
  }
  db.close();
}

function adder(db: WritableDb): (n: number, atMs: number, isIn: boolean) => void {
  const crossing = db.write<Sql[]>(`INSERT INTO crossing (key, crossing, at_ms, lane, checkpoint,
    line, direction, from_place, to_place, class, person, permit, verdict, state, timing, rule,
    regime_version, reasons, overstay, admitted_ms)
    VALUES (?, ?, ?, 'f-in-1', 'first', 'first', ?, ?, ?, 'special-pass', ?, ?, 'admit', 'passed',
      'live', 'first-in-special-pass', 1, '[]', 0, ?)`);
  const presence = db.write<Sql[]>(`INSERT INTO presence VALUES (?, ?, 0, ?, ?)
    ON CONFLICT (person) DO UPDATE SET place = excluded.place, happened_ms = excluded.happened_ms`);
  let key = eventKey(1, 0);
  return (n, atMs, isIn) => {
    key += 1;
    const { permit, person } = permitOf(n);
    const [from, to] = isIn ? ['beyond-first', 'loop'] : ['loop', 'beyond-first'];
    const way = [isIn ? 'in' : 'out', from, to] as const;
    crossing.run(key, crossingOfKey(key), atMs, ...way, person, permit, atMs);
    presence.run(person, to, atMs, atMs);
  };
}

/**
 * The shares of 50,000 commuters in one month, 2.2 million crossings, through the reading thread in
 * its parts, and as a file; beside reading that month's rows plainly.
 */
export async function measurePresenceMonth(context: BenchContext): Promise<Figure[]> {
  const dir = cached('presence-month', `presence-month ${VERSION}`, context.say, build);
  const permits = permitStore(context.permits, context.say);
  copyDatabase(permits.referencePath, join(dir, 'reference.db'));
  const db = value(openReader(segmentPath(dir, 1), journalSchema));
  const nowMs = dayStartMs(dayAt(2026, 4, 2));
  const reading = createReadingService({
    ...{ dataDir: dir, site: kitSite(), clock: { wallMs: () => nowMs } },
  });
  const bareMs = timed(() => db.query<[], object>('SELECT * FROM crossing').iterate());
  const ask = { month: MONTH, where: 'zone', permits: 1 } as const;
  try {
    await reading.days();
    let [looked, present, slowestMs] = [0, 0, 0];
    let after: string | null = null;
    const beganMs = performance.now();
    do {
      const partMs = performance.now();
      const part: MonthSlice = value(await reading.presenceMonth({ ...ask, after, limit: 0 }));
      slowestMs = Math.max(slowestMs, performance.now() - partMs);
      looked += part.looked;
      for (const one of part.totals) if (one.rule === 'any-part') present += one.present;
      after = part.next;
    } while (after !== null);
    const countMs = performance.now() - beganMs;
    context.say(`${looked} persons, ${present} days, the slowest part ${slowestMs.toFixed(0)} ms`);
    const fileMs = performance.now();
    const { rows } = value(await reading.presenceMonthCsv({ ...ask, after, limit: 0 }, 'en'));
    const made = performance.now() - fileMs;
    const isWrong = looked !== PERSONS || rows !== PERSONS || present < PERSONS * (DAYS - 1);
    const wrong = isWrong ? `${looked} persons, ${rows} rows, ${present} days` : null;
    const shared = { unit: 'ms', better: 'less', bare: bareMs, wrong } as const;
    const bar = { atMost: AT_MOST_MS };
    return [
      { ...shared, row: 'presence-month', value: countMs, bar },
      { ...shared, row: 'presence-month-csv', value: made, bar },
    ];
  } finally {
    await reading.stop();
    db.close();
  }
}

function timed(rows: () => Iterable<object>): number {
  const beganMs = performance.now();
  for (const _ of rows());
  return performance.now() - beganMs;
}
