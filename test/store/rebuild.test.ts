import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { decodeStrict } from '../../src/main/engine/journal/read.ts';
import { projectionTables } from '../../src/main/engine/projections/projector.ts';
import {
  compareProjections,
  extendProjections,
  projectionSeq,
  rebuildProjections,
  swapProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import { randomHistory } from '../kit/history.ts';
import { type KitJournal, kitJournal } from '../kit/journal-kit.ts';

const seeds = fc.integer({ min: 0, max: 1e9 });
const acts = fc.integer({ min: 0, max: 300 });

function kit(): KitJournal {
  const made = kitJournal();
  onTestFinished(() => made.remove());
  return made;
}

function bodies({ db }: KitJournal): string[] {
  const rows = db.query<[], { body: string }>('SELECT body FROM journal ORDER BY seq').all();
  return rows.map(({ body }) => body);
}

test('rebuilt equals incremental, whatever happened and however it was batched', () => {
  fc.assert(
    fc.property(seeds, acts, fc.integer({ min: 1, max: 60 }), (seed, count, perTransaction) => {
      const journal = kitJournal();
      const scratch = openScratch(':memory:');
      try {
        const events = randomHistory(`rebuild ${seed}`, count);
        journal.writeAll(events, perTransaction);
        const built = rebuildProjections(journal.db, scratch, events.length);
        expect(built).toBe(events.length);
        expect(compareProjections(journal.db, scratch)).toEqual([]);
      } finally {
        scratch.close();
        journal.remove();
      }
    }),
    { numRuns: 25 },
  );
});

test('a rebuild that stops anywhere and goes on from there ends the same', () => {
  fc.assert(
    fc.property(seeds, fc.nat(400), (seed, cut) => {
      const journal = kitJournal();
      const scratch = openScratch(':memory:');
      try {
        const events = randomHistory(`extend ${seed}`, 200);
        journal.writeAll(events);
        const built = rebuildProjections(journal.db, scratch, Math.min(cut, events.length));
        expect(extendProjections(journal.db, scratch, built, events.length)).toBe(events.length);
        expect(compareProjections(journal.db, scratch)).toEqual([]);
      } finally {
        scratch.close();
        journal.remove();
      }
    }),
    { numRuns: 8 },
  );
});

test('every event of a made-up history is one that a console could write', () => {
  const journal = kit();
  journal.writeAll(randomHistory('strict', 800));
  for (const body of bodies(journal)) expect(() => decodeStrict(body), body).not.toThrow();
});

test('made-up histories reach every table that projections own', () => {
  // Readers are told of by their driver alone.
  const empty = new Set(projectionTables().filter((table) => table !== 'reader'));
  for (let seed = 1; seed <= 20 && empty.size > 0; seed += 1) {
    const journal = kit();
    journal.writeAll(randomHistory(`tables ${seed}`, 400));
    for (const table of empty) {
      if (journal.db.query(`SELECT 1 FROM ${table}`).get() !== undefined) empty.delete(table);
    }
  }
  expect([...empty]).toEqual([]);
});

test('a single changed, missing or added row is a difference, named by its table', () => {
  const journal = kit();
  const events = randomHistory('difference', 120);
  journal.writeAll(events);
  const scratch = openScratch(':memory:');
  onTestFinished(() => scratch.close());
  rebuildProjections(journal.db, scratch, events.length);
  const differs = (change: string): string[] => {
    scratch.exec('SAVEPOINT before');
    scratch.exec(change);
    const tables = compareProjections(journal.db, scratch).map(({ table }) => table);
    scratch.exec('ROLLBACK TO before; RELEASE before');
    return tables;
  };
  expect(differs('UPDATE occupancy SET inside = inside + 1')).toEqual(['occupancy']);
  expect(
    differs("UPDATE crossing SET state = 'x' WHERE key = (SELECT max(key) FROM crossing)"),
  ).toEqual(['crossing']);
  expect(differs('DELETE FROM presence WHERE person = (SELECT min(person) FROM presence)')).toEqual(
    ['presence'],
  );
  expect(differs("INSERT INTO lane_day VALUES ('lane-1', '1999-01-01', 1)")).toEqual(['lane_day']);
  expect(differs('UPDATE projection_state SET seq = seq - 1')).toEqual(['projection_state']);
  expect(differs('SELECT 1')).toEqual([]);
});

test('projections of another version are as none at all', () => {
  const journal = kit();
  journal.writeAll(randomHistory('version', 20));
  const last = bodies(journal).length;
  expect(projectionSeq(journal.db)).toBe(last);
  journal.db.exec('UPDATE projection_state SET version = version - 1');
  expect(projectionSeq(journal.db)).toBeNull();
});

test('swapped in, rebuilt projections take the place of damaged or missing ones', () => {
  const journal = kit();
  const events = randomHistory('swap', 150);
  journal.writeAll(events);
  const path = join(journal.dir, "it's a scratch.db");
  const scratch = openScratch(path);
  rebuildProjections(journal.db, scratch, events.length);
  scratch.close();
  onTestFinished(() => rmSync(path, { force: true }));
  for (const damage of [
    'DELETE FROM crossing; UPDATE projection_state SET seq = 1',
    'DROP TABLE crossing',
    'DROP TABLE projection_state; DROP TABLE hour_flow',
  ]) {
    journal.db.exec(damage);
    swapProjections(journal.db, path);
    const again = openScratch(path);
    expect(compareProjections(journal.db, again)).toEqual([]);
    again.close();
    expect(projectionSeq(journal.db)).toBe(events.length);
  }
});
