import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { hkDay } from '../../src/shared/lib/hk-time.ts';
import type { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { type SmallZone, startSmallZone } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

/**
 * A board's network is cut after its gate opened. What nobody could see is unknown, never *nobody
 * passed*; and what the board tells of afterwards settles it. Holder n asks at board n.
 */
const [AWAY, BACK_IN_TIME, JUST_CUT, WATCHED] = [1, 2, 3, 4] as const;

let zone: SmallZone;
let journal: ZoneJournal;

beforeAll(async () => {
  zone = await startSmallZone(
    [AWAY, BACK_IN_TIME, JUST_CUT, WATCHED].map((n) => ({ n })),
    { boards: 4 },
  );
  journal = new ZoneJournal(zone.dataDir);
}, 60_000);

afterAll(async () => {
  journal?.close();
  await zone?.close();
});

const boardOf = (n: number): TrainingBoard => must(zone.boards[n - 1], `board ${n}`);

/** Holder n is admitted at the way in, and the journal knows that the gate opened. */
async function opened(n: number): Promise<void> {
  await boardOf(n).swipe(1, 'in', zone.badge(n));
  await journal.first('crossing.opened', ({ person }) => person === `P-${n}`);
}

async function cutAndPassed(n: number): Promise<void> {
  await opened(n);
  boardOf(n).unplug();
  expect(await boardOf(n).personPasses(1, 5)).toBe(true);
}

const ends = ['crossing.passed', 'crossing.not-taken', 'crossing.unknown'] as const;

/** How holder n's crossing ended, in order. */
const endsOf = (n: number) =>
  journal
    .events()
    .flatMap((event) =>
      ends.some((kind) => kind === event.kind) &&
      (event.data as { person?: unknown }).person === `P-${n}`
        ? [event.kind]
        : [],
    );

const presenceOf = (n: number) =>
  journal.db
    .query<[string], { place: string; unknown: number }>(
      'SELECT place, unknown FROM presence WHERE person = ?',
    )
    .get(`P-${n}`);

const isOf =
  (n: number) =>
  ({ person }: { person: string | null }): boolean =>
    person === `P-${n}`;
const limitMs = 30_000;

test.concurrent('who went through unseen is unknown until the board tells of it', async () => {
  await cutAndPassed(AWAY);
  const unknown = await journal.first('crossing.unknown', isOf(AWAY), { limitMs });
  expect(unknown.data.why).toBe('gate-silent');
  const { crossing } = unknown.data;
  await journal.first('incident.raised', (one) => one.crossing === crossing);
  expect(presenceOf(AWAY)).toEqual({ place: 'beyond-first', unknown: 1 });
  const before = journal.head();
  boardOf(AWAY).plug();
  const passed = await journal.first('crossing.passed', isOf(AWAY), { limitMs });
  expect(passed.data).toMatchObject({ crossing, timing: 'late', movesPresence: true });
  expect(endsOf(AWAY)).toEqual(['crossing.unknown', 'crossing.passed']);
  expect(presenceOf(AWAY)).toEqual({ place: 'loop', unknown: 0 });
  const there = ({ data }: { data: { lane: string | null } }) => data.lane === 'f-in-1';
  expect(journal.all('incident.raised', before).filter(there)).toEqual([]);
  expect(journal.all('gate.requested', before).filter(there)).toEqual([]);
}, 60_000);

test.concurrent('a board that is back before the deadline tells of the passage, late', async () => {
  await cutAndPassed(BACK_IN_TIME);
  const board = String(boardOf(BACK_IN_TIME).serial);
  await journal.first('board.state', (state) => state.board === board && !state.online);
  boardOf(BACK_IN_TIME).plug();
  const passed = await journal.first('crossing.passed', isOf(BACK_IN_TIME), { limitMs });
  expect(passed.data).toMatchObject({ timing: 'late', movesPresence: true });
  expect(endsOf(BACK_IN_TIME)).toEqual(['crossing.passed']);
}, 60_000);

test.concurrent('a board cut off just before the deadline proves nothing', async () => {
  await opened(JUST_CUT);
  await new Promise((resolve) => setTimeout(resolve, 8_800));
  boardOf(JUST_CUT).unplug();
  await journal.first('crossing.unknown', isOf(JUST_CUT), { limitMs });
  expect(endsOf(JUST_CUT)).toEqual(['crossing.unknown']);
}, 60_000);

test.concurrent('a board that was on line all the time saw nobody: not taken', async () => {
  await opened(WATCHED);
  await journal.first('crossing.not-taken', isOf(WATCHED), { limitMs });
  expect(endsOf(WATCHED)).toEqual(['crossing.not-taken']);
}, 60_000);

test('of the day’s passages only the one that nobody told of is unknown', () => {
  const day = hkDay(zone.clock.wallMs());
  expect(journal.number(`SELECT unknown AS n FROM day_count WHERE day = '${day}'`)).toBe(1);
  expect(journal.number('SELECT count(*) AS n FROM unknown_passage')).toBe(1);
});

test('projections kept up through it equal those rebuilt', () => {
  const rebuilt = openScratch(':memory:');
  journal.db.snapshot(() => {
    rebuildProjections(journal.db, rebuilt, journal.head());
    expect(compareProjections(journal.db, rebuilt)).toEqual([]);
  });
  rebuilt.close();
});
