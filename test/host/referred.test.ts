import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UserId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { callerOf } from '../kit/caller.ts';
import { type SmallZone, startSmallZone } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

/** Persons who are referred, and what a supervisor makes of them. */
const [WATCHED_IN, WATCHED_OVERSTAY, LOCKED_OUT, HELD] = [1, 2, 3, 4] as const;

let zone: SmallZone;
let journal: ZoneJournal;
let board: TrainingBoard;

beforeAll(async () => {
  const expired = { n: WATCHED_OVERSTAY, validTo: '2026-01-02T00:00+08:00' };
  const watched = [WATCHED_IN, WATCHED_OVERSTAY, HELD];
  const holders = [{ n: WATCHED_IN }, expired, { n: LOCKED_OUT }, { n: HELD }];
  zone = await startSmallZone(holders, { watched });
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

test('a badge at a locked lane is referred, and admitted once the lane is given back', async () => {
  const order = async (action: string, mode: string) => {
    const after = journal.head();
    const input = { lane: 'f-in-1', action, reason: 'asked by the shift leader' };
    expect(await supervise('gate.command', input)).toMatchObject({ ok: true });
    await journal.first('gate.mode', (shown) => shown.mode === mode, { after });
  };
  await order('lock', 'locked');
  const after = journal.head();
  const swipe = board.swipe(1, 'in', zone.badge(LOCKED_OUT), 20_000);
  const { data } = await journal.first('crossing.referred', () => true, { after });
  expect(data.reasons).toEqual([{ is: 'lane-takes', detail: 'locked', params: {} }]);
  const admit = { exception: data.exception, reason: 'let through' };
  expect(await supervise('exception.admit', admit)).toMatchObject({
    ...{ ok: false, fault: { code: 'lane-locked' } },
  });
  expect(journal.all('gate.requested', after)).toEqual([]);
  await order('control', 'controlled');
  expect(await supervise('exception.admit', admit)).toMatchObject({ ok: true });
  expect((await swipe).opened).toBe(true);
  await board.personPasses(1, 5);
});

test('whom the other side holds no gate opens for, until that side releases', async () => {
  const { backend } = zone.engine;
  const user = { name: 'Li', role: 'supervisor', secret: 'four horses at noon' };
  const added = await backend.command(
    'user.add',
    { ...user, authority: 'mainland' },
    callerOf('administrator'),
  );
  const { user: officer } = (added as { value: { user: string } }).value;
  const caller = callerOf('supervisor');
  const session = { ...must(caller.session, 'a session'), user: officer as UserId };
  const give = (input: object) => backend.command('joint.give', input, { ...caller, session });
  const after = journal.head();
  const swipe = board.swipe(1, 'in', zone.badge(HELD), 20_000);
  const { data } = await journal.first('crossing.referred', () => true, { after });
  const { crossing, exception } = data;
  const reason = 'asked at the counter';
  expect(await give({ crossing, result: 'held', reason })).toMatchObject({ ok: true });
  const admit = () => supervise('exception.admit', { exception, reason: 'may pass' });
  expect(await admit()).toMatchObject({ fault: { code: 'other-side' } });
  expect(journal.all('gate.requested', after)).toEqual([]);
  expect(await give({ crossing, result: 'released', reason })).toMatchObject({ ok: true });
  expect(await admit()).toMatchObject({ ok: true });
  expect((await swipe).opened).toBe(true);
  await board.personPasses(1, 5);
  await journal.first('crossing.passed', (one) => one.crossing === crossing);
  const asked = { lane: data.lane, limit: 1 };
  const told = await backend.query('joint-record.lane', asked, callerOf('inspector'));
  const by = caller.session?.user;
  expect(told).toMatchObject({
    value: {
      rows: [
        {
          ...{ crossing, exitFor: 'mainland', exitResult: 'released-by-person', exitBy: officer },
          ...{ entryFor: 'hong-kong', entryResult: 'released-by-person', entryBy: by },
        },
      ],
    },
  });
});

test('an unknown badge read again at the same lane takes the place of its older read', async () => {
  const read = async (door: number, card: number) => {
    const after = journal.head();
    await board.swipe(door, 'in', card, 50);
    const { data } = await journal.first('crossing.referred', () => true, { after });
    const lapsed = journal.all('exception.resolved', after).map((event) => event.data);
    return { exception: data.exception, lapsed };
  };
  const first = await read(1, 999_001);
  const other = await read(1, 999_002);
  const elsewhere = await read(3, 999_001);
  for (const { lapsed } of [first, other, elsewhere]) expect(lapsed).toEqual([]);
  const again = await read(1, 999_001);
  expect(again.lapsed).toMatchObject([{ exception: first.exception, outcome: 'lapsed' }]);
  const open = 'SELECT count(*) AS n FROM exception WHERE outcome IS NULL';
  expect(journal.number(open)).toBe(3);
});
