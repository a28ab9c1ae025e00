import { expect, test } from 'vitest';
import type { MonthSlice, PresenceLedger } from '../../src/shared/contract/presence-queries.ts';
import type { QueryOutput } from '../../src/shared/contract/queries.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { hkMonth } from '../../src/shared/lib/hk-time.ts';
import { countsAs } from '../../src/shared/presence/counted.ts';
import { staysOf } from '../../src/shared/presence/stays.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

const PURPOSE = 'statement asked for by the holder';

async function start() {
  const started = await startWatchedZone([{ n: 1 }]);
  const { zone } = started;
  const board = must(zone.boards[0], 'board');
  const asInspector = callerOf('inspector');
  const ask = (
    query: 'presence.evidence' | 'presence.csv' | 'presence.month' | 'presence.month-csv',
    input: object,
  ) => zone.engine.backend.query(query, { purpose: PURPOSE, ...input }, asInspector);
  const evidence = async () =>
    value(await ask('presence.evidence', { person: 'P-1' })) as PresenceLedger;
  const pass = async (way: 'in' | 'out') => {
    const after = started.journal.head();
    const door = way === 'in' ? 1 : 2;
    await board.swipe(door, way, zone.badge(1));
    await board.personPasses(door, 10);
    return started.journal.first('crossing.passed', () => true, { after });
  };
  return { ...started, ask, evidence, pass };
}

test('a person’s moves, shown for a purpose that stands in the journal before', async () => {
  const { journal, evidence, pass } = await start();
  const entry = await pass('in');
  const exit = await pass('out');
  const ledger = await evidence();
  expect(ledger.moves).toMatchObject([
    { from: 'beyond-first', certain: true, source: entry.data.crossing },
    { to: 'beyond-first', certain: true, source: exit.data.crossing },
  ]);
  // When the badge was read, which the passage follows within seconds.
  const [inMs = 0, outMs = 0] = ledger.moves.map(({ atMs }) => atMs);
  for (const [ms, passed] of [
    [inMs, entry],
    [outMs, exit],
  ] as const) {
    expect(ms).toBeLessThanOrEqual(passed.at);
    expect(ms).toBeGreaterThan(passed.at - 10_000);
  }
  expect(ledger.permits).toMatchObject([{ permit: 'SP-1' }]);
  expect(staysOf(ledger.moves, countsAs('zone'), ledger.nowMs)).toMatchObject([
    { is: 'present', fromMs: inMs, toMs: outMs },
  ]);
  const { actor, data } = await journal.first('disclosure.made');
  expect(actor).toMatchObject({ type: 'person', role: 'inspector' });
  expect(data).toMatchObject({
    ...{ query: 'presence.evidence', purpose: PURPOSE, rows: 2 },
    settled: { by: 'person', value: 'P-1' },
  });
});

test('the file that leaves the console stands in the journal with its sum', async () => {
  const { journal, ask, pass } = await start();
  await pass('in');
  const input = { person: 'P-1', where: 'zone', language: 'zh-CN' };
  const file = value(await ask('presence.csv', input)) as QueryOutput<'presence.csv'>;
  expect(file.text).toContain('本页为证据，并非决定');
  const { data } = await journal.first('disclosure.made');
  expect(data).toMatchObject({
    ...{ query: 'presence.csv', purpose: PURPOSE },
    settled: { where: 'zone', sha256: file.sha256, bytes: Buffer.byteLength(file.text) },
  });
});

test('a month of everybody: that somebody was listed stands in the journal before', async () => {
  const { journal, ask, pass } = await start();
  const entry = await pass('in');
  const month = { month: hkMonth(entry.at), where: 'zone' };
  const page = { ...month, after: null };
  const counted = value(await ask('presence.month', { ...page, limit: 0 })) as MonthSlice;
  expect(counted).toMatchObject({ looked: 1, persons: 1, rows: [], next: null });
  expect(journal.all('disclosure.made')).toEqual([]);
  const { rows } = value(await ask('presence.month', { ...page, limit: 9 })) as MonthSlice;
  expect(rows).toMatchObject([{ person: 'P-1', class: 'special-pass', permitInMonth: true }]);
  const settled = { by: 'month', value: month.month, where: 'zone', after: null };
  const data = { query: 'presence.month', purpose: PURPOSE, settled, rows: 1 };
  expect(journal.all('disclosure.made')).toMatchObject([{ data }]);
  const head = journal.head();
  const file = value(await ask('presence.month-csv', { ...month, language: 'en' }));
  const { data: told } = await journal.first('disclosure.made', () => true, { after: head });
  expect(told.settled.sha256).toBe((file as QueryOutput<'presence.month-csv'>).sha256);
  const ahead = { ...page, month: '2999-01', limit: 9 };
  expect(await ask('presence.month', ahead)).toMatchObject({ fault: { code: 'month-ahead' } });
});

test('nobody known is said', async () => {
  const { ask } = await start();
  expect(await ask('presence.evidence', { person: 'P-none' })).toMatchObject({
    fault: { code: 'no-person' },
  });
});

test('a passage that nobody saw is unknown until a person decides, and certain then', async () => {
  const { zone, journal, evidence } = await start();
  const board = must(zone.boards[0], 'board');
  await board.swipe(1, 'in', zone.badge(1));
  await journal.first('crossing.opened');
  board.unplug();
  const unknown = await journal.first('crossing.unknown', () => true, { limitMs: 30_000 });
  const { crossing: source, to } = unknown.data;
  expect((await evidence()).moves).toMatchObject([{ certain: false, source, to }]);
  const set = (place: string) => {
    const input = { person: 'P-1', place, reason: 'seen on the camera of the lane' };
    return zone.engine.backend.command('presence.set', input, callerOf('supervisor'));
  };
  value(await set(to));
  expect((await evidence()).moves).toMatchObject([{ certain: true, source, to }]);
  // Another correction is a move of its own: nobody knows when the person went.
  value(await set('beyond-second'));
  expect((await evidence()).moves).toMatchObject([
    { certain: true, source, to },
    { from: null, to: 'beyond-second', source: expect.stringMatching(/^C1-\d+$/) },
  ]);
}, 60_000);
