import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeTrusted } from '../../src/main/engine/journal/read.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { startEngine } from '../../src/main/engine/main.ts';
import { whatIfSlice } from '../../src/main/engine/reading/what-if.ts';
import type { PersonClass } from '../../src/shared/domain/line.ts';
import type { EventData } from '../../src/shared/journal/events.ts';
import { SHIPPED_REGIMES, type ShippedRegime } from '../../src/shared/regime/shipped.ts';
import { value } from '../kit/journal-kit.ts';
import { startTrainingZone } from '../kit/training-zone.ts';
import { shippedRegime } from '../unit/regime/given.ts';

const DAY = '2026-11-23';
/** Most commuters have come by then. */
const UNTIL = Date.parse(`${DAY}T09:30:00+08:00`);

/** Whom the regime is made for: somebody of this class must have asked to cross. */
const OWN_CLASS: Readonly<Record<ShippedRegime, PersonClass>> = {
  'cma-buffer-zone': 'special-pass',
  'hetao-two-parks': 'roster-member',
  hengqin: 'macao-resident',
  'xiao-geng-special-zone': 'innovator',
  'zhang-special-passage': 'innovator',
};

type Decided = EventData<'crossing.admitted'>;
const DECISIONS = ['crossing.admitted', 'crossing.referred', 'crossing.refused'];

/** A morning of a small zone under a regime; what was decided, off the journal as it is left. */
async function morning(regime: ShippedRegime, dir: string) {
  const folder = join(dir, 'training');
  const options = { regime, from: DAY, people: '150', lanes: '20', speed: '1800' };
  const zone = await startTrainingZone(folder, { ...options, seed: regime, 'no-centre': '' });
  const dataDir = join(dir, 'data');
  const { siteFile } = zone;
  const engine = value(await startEngine({ dataDir, siteFile, safe: false, log: () => undefined }));
  for (let wallMs = 0; wallMs < UNTIL; ) {
    ({ wallMs } = (await zone.order({ do: 'state' })) as { wallMs: number });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await engine.stop();
  await zone.stop();
  return { dataDir, siteFile };
}

test.each(SHIPPED_REGIMES)('a training morning under %s', { timeout: 300_000 }, async (name) => {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-regime-'));
  const { dataDir, siteFile } = await morning(name, dir);
  expect(JSON.parse(readFileSync(siteFile, 'utf8'))).toMatchObject({ regime: name });
  const segments = value(Segments.open(dataDir));
  const { db } = segments.live;
  expect(verifyChain(db)).toMatchObject({ ok: true });
  const rows = db.query<[], { body: string }>('SELECT body FROM journal ORDER BY seq').all();
  const decided = rows
    .map(({ body }) => decodeTrusted(body))
    .filter(({ kind }) => DECISIONS.includes(kind))
    .map(({ data }) => data as Decided);
  const rules = new Set(shippedRegime(name).rules.map(({ id }) => id));
  expect(new Set(decided.map(({ regime }) => regime))).toEqual(new Set([name]));
  expect(decided.filter(({ rule }) => !rules.has(rule))).toEqual([]);
  const classes = new Set(decided.map((one) => one.class));
  expect(classes).toContain(OWN_CLASS[name]);
  expect(decided.length).toBeGreaterThan(40);
  // The day tried again under its own version: everybody is treated the same.
  const ask = { day: DAY, cursor: null, limit: 0, role: 'supervisor' } as const;
  const again = whatIfSlice(segments, shippedRegime(name), ask, () => false);
  expect(again).toMatchObject({ changed: 0, cannotTell: 0, cursor: null });
  expect(again.looked).toBe(again.total);
  expect(again.looked).toBeGreaterThan(40);
  segments.close();
  rmSync(dir, { recursive: true, force: true });
});
