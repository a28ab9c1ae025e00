import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { always } from '../../src/main/engine/projections/gather/regimes.ts';
import { SiteIndex } from '../../src/main/engine/projections/gather/site-index.ts';
import { ReferenceLookup } from '../../src/main/engine/reference/lookup.ts';
import { DatasetText } from '../../src/main/engine/reference/parse.ts';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import { stageVersion } from '../../src/main/engine/reference/stage.ts';
import { type RosterDeps, rosterCards } from '../../src/main/engine/roster-cards.ts';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import type { BoardId } from '../../src/shared/domain/ids.ts';
import { type DatasetName, NO_DATASETS } from '../../src/shared/domain/permit.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { loadRegime } from '../../src/shared/regime/resolve.ts';
import { smallSite } from '../kit/small-site.ts';

const PERMITS = [
  ...['permit,person,credential,class,status,validFrom,validTo'],
  ...['areas,hours,enterprise,consentAt,trade'],
].join(',');
const SERIAL = 405_419_896;
const NOON = Date.parse('2026-03-02T12:00+08:00');

let dir: string;
let db: WritableDb;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-roster-'));
  const opened = openWriter(join(dir, 'reference.db'), referenceSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  db = opened.value;
});

afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

function load(dataset: DatasetName, lines: readonly string[]): void {
  const text = new DatasetText(dataset, 'csv', [lines.join('\n')], dataset);
  expect(stageVersion(db, dataset, text, 'full', 0).ok).toBe(true);
  expect(text.refused).toEqual([]);
}

/** What each board is to hold, with its lanes of these names open to the roster. */
function rosterOf(
  holders: number,
  boards: readonly { readonly lanes: readonly string[]; readonly capacity: number }[],
  isWanted = () => true,
) {
  const site = smallSite(boards.map((_, i) => ({ serial: SERIAL + i, port: 60_000 + i })));
  const lanes = site.lanes.map((lane) => ({ ...lane, offline: 'roster' as const }));
  const path = 'resources/regimes/cma-buffer-zone.json';
  const regime = loadRegime(readFileSync(path, 'utf8'), path, site);
  if (!regime.ok) throw new Error(regime.fault.text);
  const rows = Array.from(
    { length: holders },
    (_, i) =>
      `SP-${i},P-${i},h10301/1/${i + 1},special-pass,active,2026-01-01T00:00+08:00,` +
      '2027-01-01T00:00+08:00,loop,00:00-24:00,,2026-01-01T00:00+08:00,',
  );
  load('permits', [PERMITS, ...rows]);
  const versions = { ...NO_DATASETS, permits: 1, persons: 1, 'watch-list': 1, clearances: 1 };
  const nothing = { person: false, permit: false, enterprise: false };
  const ledger = {
    ...{ inForce: () => versions, suspendedHere: () => nothing, badgeReplaced: () => null },
  };
  const deps = { reference: new ReferenceLookup(db), ledger, regimes: always(regime.value) };
  const index = new SiteIndex({ ...site, lanes });
  const wanted = boards.map(({ lanes: names, capacity }, i) => {
    const own = names.map((name) => must(index.lane(`${name}-${i + 1}`), name));
    return { board: String(SERIAL + i) as BoardId, lanes: own, capacity };
  });
  return rosterCards(deps as unknown as RosterDeps, wanted, NOON, isWanted);
}

const ONE = [{ lanes: ['f-in'], capacity: 1_000 }];

test('who is on the watch-list for a part of the day is stored in no board', async () => {
  const noon = '2026-03-02T11:00+08:00,2026-03-02T13:00+08:00';
  load('watch-list', ['person,reason,from,to', `P-0,to be spoken to,${noon}`]);
  const [cards] = must(await rosterOf(2, ONE), 'roster').values();
  expect(cards?.map(({ credential }) => credential)).toEqual(['h10301/1/2']);
});

test('going through the permits ends when the cards are no longer wanted', async () => {
  let asked = 0;
  const isWanted = () => {
    asked += 1;
    return false;
  };
  expect(await rosterOf(120, ONE, isWanted)).toBe(null);
  expect(asked).toBe(1);
});

test('each board holds the cards of its own lanes, as many as it has room for', async () => {
  const roster = await rosterOf(30, [
    { lanes: ['f-in', 'f-out', 's-in'], capacity: 1_000 },
    { lanes: ['f-in'], capacity: 25 },
    { lanes: ['f-in'], capacity: 1_000 },
    { lanes: ['s-in'], capacity: 1_000 },
    { lanes: [], capacity: 1_000 },
    { lanes: ['f-in'], capacity: 1_000 },
  ]);
  const lists = [...must(roster, 'roster').values()];
  expect(lists.map((cards) => cards.length)).toEqual([30, 25, 30, 0, 0, 30]);
  // The second line lets nobody in with a special pass alone.
  expect(lists[0]?.[0]).toEqual({
    ...{ credential: 'h10301/1/1', doors: [1, 2], fromDay: '2026-03-02', toDay: '2026-03-02' },
  });
  expect(lists[2]).toBe(lists[5]);
});
