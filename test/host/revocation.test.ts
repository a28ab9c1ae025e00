import { expect, test } from 'vitest';
import { ReferenceLookup } from '../../src/main/engine/reference/lookup.ts';
import { openReference } from '../../src/main/engine/reference/open-reference.ts';
import { NO_DATASETS } from '../../src/shared/domain/permit.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { value } from '../kit/journal-kit.ts';
import type { Holder, SmallZone } from '../kit/small-zone.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';
import type { ZoneJournal } from '../kit/zone-journal.ts';

const LARGE = 100_000;
/** Between two badges: the zone holds 100 people, and nobody leaves it here. */
const BETWEEN_MS = 100;

function holders(count: number, revoked: number | null = null): Holder[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ n, status: n === revoked ? 'revoked' : 'active' },
  }));
}

/** Real ms from a changed file to the journal's event that puts it in force. */
async function changeTakes(of: ZoneJournal, at: SmallZone, rows: readonly Holder[]) {
  const after = of.head();
  at.writePermits(rows);
  const writtenMs = performance.now();
  const limitMs = 60_000;
  const event = await of.first('dataset.in-force', () => true, { after, limitMs });
  return { ms: performance.now() - writtenMs, data: event.data };
}

test('a revocation is in force within a second; the very next badge is refused', async () => {
  const { zone, journal } = await startWatchedZone(holders(1_000));
  const board = must(zone.boards[0], 'board');
  expect(await board.swipe(1, 'in', zone.badge(7))).toMatchObject({ opened: true });
  const took = await changeTakes(journal, zone, holders(1_000, 8));
  expect(took.data).toMatchObject({ dataset: 'permits', rows: 1_000, changed: 1, refused: 0 });
  const refused = board.swipe(3, 'in', zone.badge(8), 1_500);
  const { data } = await journal.first('crossing.refused');
  expect(data).toMatchObject({ person: 'P-8', relied: { permitStatus: 'revoked' } });
  expect(data.relied.datasets.permits).toBe(took.data.version);
  expect((await refused).opened).toBe(false);
  console.info(`revocation of 1 in 1,000: in force ${took.ms.toFixed(0)} ms after its file`);
  expect(took.ms).toBeLessThan(1_000);
});

test('with 100,000 permits the file is followed and gates go on', async () => {
  const beganMs = performance.now();
  const { zone, journal } = await startWatchedZone(holders(LARGE));
  const startMs = performance.now() - beganMs;
  expect(journal.all('dataset.in-force').map(({ data }) => data.rows)).toContain(LARGE);
  const board = must(zone.boards[0], 'board');
  const loading = changeTakes(journal, zone, holders(LARGE, 8));
  const waits: number[] = [];
  let loaded = false;
  void loading.finally(() => {
    loaded = true;
  });
  for (let n = 100; !loaded; n += 1) {
    const swipe = await board.swipe(1, 'in', zone.badge(n));
    waits.push(must(swipe.openedMonoMs, 'opening') - swipe.swipedMonoMs);
    await board.personPasses(1, 5);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  const took = await loading;
  expect(took.data).toMatchObject({ rows: LARGE, changed: 1 });
  const reference = value(openReference(zone.dataDir));
  const lookup = new ReferenceLookup(reference.db);
  const inForce = { ...NO_DATASETS, permits: took.data.version };
  const times: number[] = [];
  for (let n = 0; n < LARGE; n += 41) {
    const from = performance.now();
    expect(lookup.permitOfCredential(`h10301/1/${n}`, inForce)?.person).toBe(`P-${n}`);
    times.push(performance.now() - from);
  }
  reference.db.close();
  times.sort((a, b) => a - b);
  waits.sort((a, b) => a - b);
  const p99 = must(times[Math.floor(times.length * 0.99)], 'p99') * 1_000;
  console.info(
    `100,000 permits: ready after ${startMs.toFixed(0)} ms, a change in force after ` +
      `${took.ms.toFixed(0)} ms, lookup p99 ${p99.toFixed(0)} µs, ` +
      `slowest of ${waits.length} badges meanwhile ${(waits.at(-1) ?? 0).toFixed(0)} ms`,
  );
  expect(took.ms).toBeLessThan(20_000);
  expect(waits.length).toBeGreaterThan(0);
  expect(must(waits.at(-1), 'slowest')).toBeLessThan(3_000);
});
