import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerOf } from '../kit/caller.ts';
import { type SmallZone, startSmallZone, viewUntil } from '../kit/small-zone.ts';

/** What a change may take until every board knows: real ms. */
const WITHIN_MS = 15_000;
const BOARDS = 8;
const HOLDERS = 400;
const holders = Array.from({ length: HOLDERS }, (_, i) => ({ n: i + 1 }));

interface Row {
  readonly device: string;
  readonly storedCards: number | null;
  readonly cardsMadeMs: number | null;
  readonly cardsBehindMs: number | null;
}

let zone: SmallZone;

beforeAll(async () => {
  zone = await startSmallZone(holders, { boards: BOARDS });
  const path = join(zone.dir, 'site.json');
  const site = JSON.parse(readFileSync(path, 'utf8')) as {
    lanes: { direction: string; offline: string }[];
  };
  // Who may not come in may still go out: only at the ways in is a card then off a board.
  for (const lane of site.lanes) lane.offline = lane.direction === 'in' ? 'roster' : 'deny';
  writeFileSync(path, JSON.stringify(site));
  await zone.restart();
  await inStep(HOLDERS, 0);
}, 120_000);
afterAll(() => zone.close());

/** Every board holds so many, by a list made after that moment, with nothing newer awaited. */
async function inStep(count: number, sinceMs: number): Promise<number> {
  const beganMs = performance.now();
  await viewUntil<Row>(
    zone.engine,
    'devices',
    (rows) =>
      rows.size === BOARDS &&
      [...rows.values()].every(
        ({ storedCards, cardsMadeMs, cardsBehindMs }) =>
          storedCards === count && (cardsMadeMs ?? 0) >= sinceMs && cardsBehindMs === null,
      ),
    60_000,
  );
  return performance.now() - beganMs;
}

const puts = () => zone.boards.reduce((sum, board) => sum + board.received('put-card'), 0);
const holds = (n: number) => zone.boards.map((board) => board.storedCard(zone.badge(n)).card !== 0);
const everywhere = (is: boolean) => Array.from({ length: BOARDS }, () => is);

test('a permit suspended here is off every board in time; nothing else is written', async () => {
  const [before, sinceMs] = [puts(), Math.floor(zone.clock.wallMs())];
  const input = { permit: 'SP-7', reason: 'reported stolen' };
  expect(holds(7)).toEqual(everywhere(true));
  await zone.engine.backend.command('permit.suspend', input, callerOf('supervisor'));
  const tookMs = await inStep(HOLDERS - 1, sinceMs);
  expect(holds(7)).toEqual(everywhere(false));
  expect(holds(8)).toEqual(everywhere(true));
  expect(puts()).toBe(before);
  console.info(`a local suspension on ${BOARDS} boards: ${tookMs.toFixed(0)} ms`);
  expect(tookMs).toBeLessThan(WITHIN_MS);
});

test('a permit suspended by a new dataset is off every board in time, likewise', async () => {
  const [before, sinceMs] = [puts(), Math.floor(zone.clock.wallMs())];
  const changed = holders.map(({ n }) => (n === 9 ? { n, status: 'suspended' } : { n }));
  zone.writePermits(changed.filter(({ n }) => n !== 10));
  const tookMs = await inStep(HOLDERS - 3, sinceMs);
  expect([holds(9), holds(10), holds(11)]).toEqual([false, false, true].map(everywhere));
  expect(puts()).toBe(before);
  console.info(`a new dataset on ${BOARDS} boards: ${tookMs.toFixed(0)} ms`);
  expect(tookMs).toBeLessThan(WITHIN_MS);
});

test('a board that was away says that it is behind, and then that it is not', async () => {
  const [away] = zone.boards;
  away?.unplug();
  const row = (holdsFor: (row: Row & { online: boolean }) => boolean) =>
    viewUntil<Row & { online: boolean }>(
      zone.engine,
      'devices',
      (rows) => {
        const found = rows.get(String(away?.serial));
        return found !== undefined && holdsFor(found);
      },
      30_000,
    );
  await row(({ online }) => !online);
  const input = { permit: 'SP-20', reason: 'reported stolen' };
  await zone.engine.backend.command('permit.suspend', input, callerOf('supervisor'));
  await row(({ cardsBehindMs }) => (cardsBehindMs ?? 0) >= 1_000);
  away?.plug();
  await row(({ cardsBehindMs }) => cardsBehindMs === null);
  expect(away?.storedCards()).toBe(HOLDERS - 4);
});

test('a person or an enterprise suspended here is off every board in time, likewise', async () => {
  const suspend = async (verb: 'begin' | 'end', kind: 'person' | 'enterprise', id: string) => {
    const sinceMs = Math.floor(zone.clock.wallMs());
    const input = { kind, id, reason: 'asked for by its authority' };
    const { backend } = zone.engine;
    await backend.command(`suspension.${verb}`, input, callerOf('supervisor'));
    return sinceMs;
  };
  const ofPerson = await suspend('begin', 'person', 'P-30');
  expect(await inStep(HOLDERS - 5, ofPerson)).toBeLessThan(WITHIN_MS);
  expect([holds(30), holds(31)]).toEqual([false, true].map(everywhere));
  const ofAll = await suspend('begin', 'enterprise', 'E-1');
  expect(await inStep(0, ofAll)).toBeLessThan(WITHIN_MS);
  const ended = await suspend('end', 'enterprise', 'E-1');
  expect(await inStep(HOLDERS - 5, ended)).toBeLessThan(WITHIN_MS);
});
