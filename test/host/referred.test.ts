import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../src/shared/lib/assert.ts';
import type { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { callerOf } from '../kit/caller.ts';
import { type SmallZone, startSmallZone } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

/** Persons who are referred, and what a supervisor makes of them. */
const [WATCHED_IN, WATCHED_OVERSTAY] = [1, 2] as const;

let zone: SmallZone;
let journal: ZoneJournal;
let board: TrainingBoard;

beforeAll(async () => {
  const expired = { n: WATCHED_OVERSTAY, validTo: '2026-01-02T00:00+08:00' };
  const watched = [WATCHED_IN, WATCHED_OVERSTAY];
  zone = await startSmallZone([{ n: WATCHED_IN }, expired], { watched });
  journal = new ZoneJournal(zone.dataDir);
  board = must(zone.boards[0], 'board');
}, 60_000);

afterAll(async () => {
  journal?.close();
  await zone?.close();
});

function supervise(name: string, input: object) {
  return zone.engine.backend.command(name, input, callerOf('supervisor'));
}

/** Holder n is referred at a door, and a supervisor admits. */
async function admitted(door: number, n: number) {
  const after = journal.head();
  const waiting = board.swipe(door, door === 1 ? 'in' : 'out', zone.badge(n));
  const { data } = await journal.first('crossing.referred', () => true, { after });
  const input = { exception: data.exception, reason: 'spoken to, may pass' };
  expect(await supervise('exception.admit', input)).toMatchObject({ ok: true });
  expect((await waiting).opened).toBe(true);
  return await journal.first('crossing.admitted', ({ crossing }) => crossing === data.crossing);
}

test('whom a supervisor admits has every obligation that the rule begins', async () => {
  const { data, at } = await admitted(1, WATCHED_IN);
  expect(data.obligations).toEqual(['joint-record', 'presence-day', 'due-back']);
  expect(must(data.dueBackMs, 'due back')).toBeGreaterThan(at);
  expect(data.overstay).toBe(false);
  await board.personPasses(1, 5);
});

test('an overstay is kept as one also where a supervisor lets the person out', async () => {
  const { data } = await admitted(2, WATCHED_OVERSTAY);
  expect(data.overstay).toBe(true);
  const noted = await journal.first('crossing.overstay', (one) => one.crossing === data.crossing);
  expect(noted.data).toMatchObject({ person: `P-${WATCHED_OVERSTAY}`, area: 'loop' });
  expect(
    journal.number(`SELECT overstay AS n FROM crossing WHERE crossing = '${data.crossing}'`),
  ).toBe(1);
  const verdict = journal.db
    .query<[string], { verdict: string }>('SELECT verdict FROM crossing WHERE crossing = ?')
    .get(data.crossing);
  expect(verdict?.verdict).toBe('refer');
  await board.personPasses(2, 5);
});
