import { expect, onTestFinished, test } from 'vitest';
import {
  type MonthAsk,
  monthSlice,
  movesSince,
} from '../../src/main/engine/reading/presence-month.ts';
import { wholeMonth } from '../../src/main/engine/reading/presence-month-file.ts';
import { personMoves } from '../../src/main/engine/reading/presence-moves.ts';
import { reportSite } from '../../src/main/engine/reports/report-site.ts';
import type { MonthRow, MonthSlice } from '../../src/shared/contract/presence-queries.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { DAY_MS, hkMonth } from '../../src/shared/lib/hk-time.ts';
import { presence as words } from '../../src/shared/locale/presence.ts';
import { dayStartMs } from '../../src/shared/presence/calendar.ts';
import { countsAs } from '../../src/shared/presence/counted.ts';
import { monthDays, monthShare, monthsBetween } from '../../src/shared/presence/month-share.ts';
import { mergeMonths } from '../../src/shared/presence/month-totals.ts';
import { staysOf } from '../../src/shared/presence/stays.ts';
import { type KitEvent, randomHistory } from '../kit/history.ts';
import { kitJournal, value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';
import { readCsv } from '../kit/read-csv.ts';

const never = () => false;
const noPermits = () => [];
const where = 'zone' as const;

/** So much later a history of twelve days has the end of March in its middle. */
const LATER_MS = 18 * DAY_MS;

function later({ event, atMs, ...rest }: KitEvent): KitEvent {
  const { deviceAt } = event;
  const device = deviceAt === undefined ? {} : { deviceAt: deviceAt + LATER_MS };
  return { ...rest, atMs: atMs + LATER_MS, event: { ...event, ...device } };
}

/** A journal over the end of a month, most of whose segments are sealed. */
function many(seed: string) {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  kit.writeRolling(randomHistory(seed, 2_500, 0.002).map(later));
  const { db } = kit.segments.live;
  const persons = db
    .query<[], { person: string }>('SELECT person FROM presence ORDER BY person')
    .all()
    .map(({ person }) => person);
  const ends = kit.segments.all.map(({ db: one }) =>
    must(
      one
        .query<[], { low: number; high: number }>(
          'SELECT min(at_ms) AS low, max(at_ms) AS high FROM crossing',
        )
        .get(),
      'crossings',
    ),
  );
  const lowMs = Math.min(...ends.map(({ low }) => low));
  const nowMs = Math.max(...ends.map(({ high }) => high)) + 3_600_000;
  return { kit, nowMs, persons, months: monthsBetween(lowMs, nowMs) };
}

test('everybody’s shares are those of the evidence of each, in parts of any size', () => {
  const { kit, months, nowMs, persons } = many('months');
  expect(months).toEqual(['2026-04', '2026-03']);
  expect(kit.segments.all.length).toBeGreaterThan(2);
  for (const month of months) {
    const days = must(monthDays(month, nowMs), 'days');
    const apart = persons.flatMap((person) => {
      const { moves } = personMoves(kit.segments, person);
      const counts = monthShare(staysOf(moves, countsAs(where), nowMs), days);
      return counts === null ? [] : [{ person, counts }];
    });
    const rows: MonthRow[] = [];
    let totals: Parameters<typeof mergeMonths>[0] = [];
    let after: string | null = null;
    do {
      const ask: MonthAsk = { month, where, after, limit: 3, nowMs, permits: 0 };
      const part: MonthSlice = value(monthSlice(kit.segments, noPermits, ask, never));
      rows.push(...part.rows);
      totals = mergeMonths(totals, part.totals);
      after = part.next;
    } while (after !== null);
    expect(rows.map(({ counts, person }) => ({ person, counts }))).toEqual(apart);
    const all = { month, where, after: null, limit: 0, nowMs, permits: 0 };
    const counted = value(monthSlice(kit.segments, noPermits, all, never));
    expect(counted).toMatchObject({ rows: [], next: null, looked: persons.length });
    expect(mergeMonths(counted.totals, [])).toEqual(totals);
  }
});

test('only moves that bear on the month are read, and none that does is left out', () => {
  const { kit, months, nowMs, persons } = many('since');
  const days = must(monthDays(must(months[0], 'month'), nowMs), 'days');
  const fromMs = dayStartMs(days.from);
  let [read, all] = [0, 0];
  // Of whom a fact was put right all moves count: see the test before.
  const plain = persons.filter((one) => personMoves(kit.segments, one).corrected.length === 0);
  for (const person of plain) {
    const whole = personMoves(kit.segments, person).moves;
    const since = movesSince(kit.segments, person, fromMs).moves;
    const last = whole.findLastIndex(({ atMs }) => atMs < fromMs);
    const bearing = whole.slice(Math.max(last, 0));
    expect(since.slice(since.length - bearing.length)).toEqual(bearing);
    read += since.length;
    all += whole.length;
  }
  expect(read).toBeLessThan(all);
});

test('a month that has not begun is refused; a permit’s months are told beside the days', () => {
  const { kit, months, nowMs } = many('permits');
  const ask = { month: must(months[0], 'month'), where, after: null, limit: 9, nowMs, permits: 0 };
  const ahead = { ...ask, month: hkMonth(nowMs + 40 * DAY_MS) };
  expect(monthSlice(kit.segments, noPermits, ahead, never)).toMatchObject({
    fault: { code: 'month-ahead' },
  });
  const forever = () => [{ fromMs: nowMs - 70 * DAY_MS, toMs: nowMs + 9e9 }];
  const [held] = value(monthSlice(kit.segments, forever, ask, never)).rows;
  expect(held).toMatchObject({ permitInMonth: true });
  expect(held?.permitMonths).toBeGreaterThanOrEqual(3);
  const over = () => [{ fromMs: 0, toMs: nowMs - 70 * DAY_MS }];
  const [gone] = value(monthSlice(kit.segments, over, ask, never)).rows;
  expect(gone).toMatchObject({ permitInMonth: false });
});

test('the file lists everybody, says what it is not, and is the same again', async () => {
  const { kit, months, nowMs } = many('file');
  const ask = { month: must(months[0], 'month'), where, after: null, limit: 0, nowMs, permits: 0 };
  const of = { ask, language: 'en' as const };
  const make = async () =>
    value(await wholeMonth(kit.segments, noPermits, reportSite(kitSite()), of));
  const made = await make();
  expect(await make()).toEqual(made);
  const all = { ...ask, limit: 1_000 };
  const { rows } = value(monthSlice(kit.segments, noPermits, all, never));
  const table = readCsv(made.file.text.slice(1));
  expect(table[1]).toEqual([words['not-decision'].en]);
  const listed = table.slice(table.findIndex(([first]) => first === words.person.en) + 1);
  expect(listed.map(([person]) => person)).toEqual(rows.map(({ person }) => person));
  expect(listed.map((row) => Number(row[2]))).toEqual(rows.map(({ counts }) => counts[0]?.present));
  expect(made.rows).toBe(rows.length);
});
