import { expect, test } from 'vitest';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

/** Each lane's mode as its board shows it. */
function modes(journal: Awaited<ReturnType<typeof startWatchedZone>>['journal']) {
  const shown = new Map<string, string>();
  for (const { data } of journal.all('gate.mode')) shown.set(data.lane, data.mode);
  return Object.fromEntries([...shown].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const OUT_OPEN = {
  ...{ 'f-in-1': 'locked', 'f-out-1': 'held', 's-in-1': 'locked', 's-out-1': 'held' },
};

test('fire: within 3 s ways out stand open, ways in are shut, till a person says', async () => {
  const { journal, zone } = await startWatchedZone([{ n: 1 }]);
  const board = must(zone.boards[0], 'board');
  board.setFire(true);
  const began = performance.now();
  await expect.poll(() => modes(journal), { timeout: 10_000 }).toEqual(OUT_OPEN);
  expect(performance.now() - began).toBeLessThan(3_000);
  await journal.first('incident.raised', ({ type }) => type === 'fire-input');
  expect(await board.personPasses(2)).toBe(true);
  board.setFire(false);
  await journal.first('board.inputs', ({ fire }) => !fire);
  expect(modes(journal)).toEqual(OUT_OPEN);
  const back = { lane: 'f-out-1', action: 'control', reason: 'fire is out' };
  const command = zone.engine.backend.command;
  expect(await command('gate.command', back, callerOf('operator'))).toMatchObject({
    fault: { code: 'role' },
  });
  value(await command('gate.command', back, callerOf('supervisor')));
  await expect.poll(() => modes(journal)['f-out-1'], { timeout: 10_000 }).toBe('controlled');
});

test('evacuation: one order opens every way out; a gate that does not obey is told', async () => {
  const { journal, zone } = await startWatchedZone([{ n: 1 }], { boards: 2 });
  const silent = must(zone.boards[1], 'second board');
  silent.unplug();
  await journal.first('board.state', ({ online }) => !online);
  const input = { area: 'loop', reason: 'drill' };
  const { backend } = zone.engine;
  const answer = await backend.command('zone.evacuate', input, callerOf('operator'));
  expect((value(answer) as { commands: string[] }).commands).toHaveLength(8);
  await expect.poll(() => modes(journal), { timeout: 10_000 }).toMatchObject(OUT_OPEN);
  await journal.first('incident.raised', ({ type }) => type === 'evacuation');
  const ends = ['gate.failed', 'gate.expired', 'gate.unknown'] as const;
  const told = () => ends.flatMap((kind) => journal.all(kind).map(({ data }) => data.lane));
  await expect.poll(() => new Set(told()).size, { timeout: 20_000 }).toBe(4);
});
