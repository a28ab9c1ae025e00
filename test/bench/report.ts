import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createReadingService } from '../../src/main/engine/reading/reading-service.ts';
import {
  incidentsOf,
  occupancyOf,
  refusalsOf,
  regimesOf,
  throughputOf,
  totalsOf,
} from '../../src/main/engine/reports/figures.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { hkDayEnd, hkDayStart } from '../../src/shared/lib/hk-time.ts';
import { realClock } from '../kit/real-clock.ts';
import { scratchDir } from './cache.ts';
import type { BenchContext } from './context.ts';
import { type BuiltJournal, builtJournal, journalIn } from './large-journal.ts';
import { BareProcess } from './processes.ts';
import type { Bar, Figure } from './row.ts';
import { AREA } from './zone.ts';

const ROUNDS = 5;
const COMMANDS = 3;
const TWOLINE = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const run = promisify(execFile);

/** The report of the busiest day: the slowest of a few, beside reading that day's rows plainly. */
export async function measureReport(context: BenchContext): Promise<Figure[]> {
  const built = builtJournal(context);
  const { dataDir, loaded, segments } = built;
  const { db } = segments.live;
  const day = busiestDay(db);
  const reading = createReadingService({
    ...{ dataDir, site: loaded.site, clock: realClock(Date.now()) },
  });
  const must = (result: { readonly ok: boolean }) => {
    if (!result.ok) throw new Error(`no report of ${day}`);
  };
  try {
    must(await reading.daily(day));
    const rows = { least: await slowest(ROUNDS, async () => dayRows(db, day)) };
    const daily = await slowest(ROUNDS, async () => must(await reading.daily(day)));
    const csv = await slowest(ROUNDS, async () => must(await reading.csv(day, 'zh-HK')));
    const query = await slowestQuery(db, day);
    const command = await measureCommand(built, day);
    return [
      figure('report-day', 'ms', daily, rows.least, { atMost: 5_000 }),
      figure('report-query', 'ms', query, rows.least, { atMost: 100 }),
      figure('report-csv', 'ms', csv, rows.least, { atMost: 5_000 }),
      command,
    ];
  } finally {
    await reading.stop();
    segments.close();
  }
}

function figure(row: string, unit: string, value: number, bare: number, bar: Bar): Figure {
  return { row, unit, better: 'less', value, bare, bar, wrong: null };
}

async function slowest(rounds: number, work: () => Promise<void>): Promise<number> {
  let most = 0;
  for (let round = 0; round < rounds; round += 1) {
    const beganMs = performance.now();
    await work();
    most = Math.max(most, performance.now() - beganMs);
  }
  return most;
}

function busiestDay(db: ReadableDb): string {
  const row = db
    .query<[], { day: string }>('SELECT day FROM day_count ORDER BY asked DESC LIMIT 1')
    .get();
  if (row === undefined) throw new Error('the journal has no day');
  return row.day;
}

/** Each figure of the report by itself. */
async function slowestQuery(db: ReadableDb, day: string): Promise<number> {
  const queries = [
    () => throughputOf(db, day),
    () => refusalsOf(db, day),
    () => incidentsOf(db, day),
    () => occupancyOf(db, day, [AREA]),
    () => regimesOf(db, day),
    () => totalsOf(db, day, []),
  ];
  const times: number[] = [];
  for (const query of queries) times.push(await slowest(ROUNDS, async () => void query()));
  return Math.max(...times);
}

const DAY_TABLES = [
  ['hour_flow', 'hour_ms'],
  ['area_minute', 'minute_ms'],
  ['incident', 'opened_ms'],
] as const;

function dayRows(db: ReadableDb, day: string): void {
  for (const [table, column] of DAY_TABLES) {
    const sql = `SELECT * FROM ${table} WHERE ${column} >= ? AND ${column} < ?`;
    db.query<[number, number], object>(sql).all(hkDayStart(day), hkDayEnd(day));
  }
}

/** `twoline report` from its start to its end, beside a process that only opens the journal. */
async function measureCommand({ dataDir }: BuiltJournal, day: string): Promise<Figure> {
  const out = join(scratchDir('report'), 'day.csv');
  const value = await slowest(COMMANDS, async () => {
    await run(process.execPath, [TWOLINE, 'report', dataDir, '--day', day, '--out', out]);
  });
  const bare = await slowest(COMMANDS, async () => {
    const least = new BareProcess('bare-start', [journalIn(dataDir)]);
    await least.told('ready');
    await least.stop();
  });
  return figure('report-command', 'ms', value, bare, { atMost: 5_000 });
}
