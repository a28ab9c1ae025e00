import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import { value } from '../kit/journal-kit.ts';
import { type SmallZone, startSmallZone } from '../kit/small-zone.ts';

let zone: SmallZone | null = null;
afterEach(async () => {
  await zone?.close();
  zone = null;
});

/** The seq of the newest event of a kind that says something; 0 where there is none. */
function seqOf(of: SmallZone, kind: string, says: string): number {
  const db = value(openReader(join(of.dataDir, 'journal.db'), journalSchema));
  const row = db
    .query<[string, string], { seq: number | null }>(
      `SELECT max(seq) AS seq FROM journal
       WHERE body ->> '$.kind' = ? AND instr(body ->> '$.data', ?) > 0`,
    )
    .get(kind, says);
  db.close();
  return row?.seq ?? 0;
}

test('no board is asked before a watch-list that was never read is in force', async () => {
  zone = await startSmallZone([{ n: 1 }], { watched: [1] });
  const path = join(zone.dir, 'site.json');
  const whole = readFileSync(path, 'utf8');
  const site = JSON.parse(whole) as { datasets: Record<string, string> };
  const { 'watch-list': _unread, ...datasets } = site.datasets;
  await zone.engine.stop();
  rmSync(zone.dataDir, { recursive: true });
  rmSync(`${zone.dataDir}.guard.json`);
  writeFileSync(path, JSON.stringify({ ...site, datasets }));
  await zone.restart();
  expect(seqOf(zone, 'dataset.in-force', 'watch-list')).toBe(0);
  writeFileSync(path, whole);
  await zone.restart();
  const inForce = seqOf(zone, 'dataset.in-force', 'watch-list');
  expect(inForce).toBeGreaterThan(0);
  expect(seqOf(zone, 'board.state', '"online":true')).toBeGreaterThan(inForce);
});

test('no board is asked before a list that changed meanwhile is in force', async () => {
  zone = await startSmallZone([{ n: 1 }]);
  await zone.engine.stop();
  zone.writePermits([{ n: 1, status: 'revoked' }]);
  const before = seqOf(zone, 'dataset.in-force', 'permits');
  await zone.restart();
  const inForce = seqOf(zone, 'dataset.in-force', 'permits');
  expect(inForce).toBeGreaterThan(before);
  const db = value(openReader(join(zone.dataDir, 'journal.db'), journalSchema));
  const online = db
    .query<[], { seq: number }>(
      `SELECT min(seq) AS seq FROM journal WHERE body ->> '$.kind' = 'board.state'
       AND seq > (SELECT max(seq) FROM journal WHERE body ->> '$.kind' = 'engine.started')`,
    )
    .get();
  db.close();
  expect(online?.seq).toBeGreaterThan(inForce);
});
