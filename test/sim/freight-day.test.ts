import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { startEngine } from '../../src/main/engine/main.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { openReader, openScratch } from '../../src/main/engine/store/open.ts';
import type { EventData, EventKind, JournalEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { auditDraw } from '../../src/shared/regime/audit-draw.ts';
import { callerOf } from '../kit/caller.ts';
import { startTrainingZone, type TrainingZone } from '../kit/training-zone.ts';

/** A day of trucks through real boards: sealed goods are admitted by a supervisor. */
const DAY = '2026-11-23';
const TRUCKS = 10;

const dir = mkdtempSync(join(tmpdir(), 'twoline-freight-'));
let zone: TrainingZone;
let db: ReadableDb;
let events: JournalEvent[] = [];

function all<K extends EventKind>(kind: K): EventData<K>[] {
  return events.flatMap((event) => (event.kind === kind ? [event.data as EventData<K>] : []));
}

async function reaches(time: string): Promise<void> {
  for (;;) {
    const { wallMs } = (await zone.order({ do: 'state' })) as { wallMs: number };
    if (wallMs >= Date.parse(`${time}+08:00`)) return;
    await new Promise((done) => setTimeout(done, 500));
  }
}

beforeAll(async () => {
  const people = { people: '30', lanes: '4', trucks: String(TRUCKS) };
  const run = { from: DAY, speed: '900', seed: 'freight', 'no-centre': '' };
  zone = await startTrainingZone(join(dir, 'training'), { ...people, ...run });
  const dataDir = join(dir, 'data');
  const options = { dataDir, siteFile: zone.siteFile, safe: false, log: () => undefined };
  const started = await startEngine(options);
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  const engine = started.value;
  engine.backend.watch('queue', {}, callerOf('supervisor'), {
    update({ set }) {
      for (const exception of Object.keys(set).filter((key) => key.startsWith('E'))) {
        const input = { exception, reason: 'papers and lock looked at' };
        void engine.backend.command('exception.admit', input, callerOf('supervisor'));
      }
    },
    end: () => undefined,
  });
  await reaches(`${DAY}T20:00:00`);
  await zone.order({ do: 'pause' });
  await engine.stop();
  const opened = openReader(join(dataDir, 'journal.db'), journalSchema);
  db = must(opened.ok ? opened.value : null, 'journal');
  events = db
    .query<[], { body: string }>('SELECT body FROM journal ORDER BY seq')
    .all()
    .map(({ body }) => JSON.parse(body) as JournalEvent);
}, 600_000);

afterAll(async () => {
  db?.close();
  await zone?.stop();
  rmSync(dir, { recursive: true, force: true });
}, 30_000);

test('trucks drive in, and out again later, as the boards saw them', () => {
  const direction = new Map(all('crossing.passed').map((one) => [one.crossing, one.direction]));
  const ways = new Map<string, string[]>();
  for (const { crossing, vehicle } of all('cargo.asked')) {
    const way = direction.get(crossing);
    if (vehicle === null || way === undefined) continue;
    ways.set(vehicle, [...(ways.get(vehicle) ?? []), way]);
  }
  expect(ways.size).toBeGreaterThan(TRUCKS / 2);
  const orders = new Set([...ways.values()].map((way) => way.join(' ')));
  expect([...orders].filter((order) => order !== 'in' && order !== 'in out')).toEqual([]);
  expect(orders).toContain('in out');
});

test('the vehicle, its driver and what its time slot says it carries are decided each', () => {
  const decided = all('cargo.decided');
  expect(decided.length).toBeGreaterThan(TRUCKS);
  const carried = new Map(all('cargo.asked').map((one) => [one.crossing, one.goods]));
  for (const { crossing, parts } of decided) {
    const goods = must(carried.get(crossing), `goods of ${crossing}`);
    expect(goods).toHaveLength(1);
    expect(goods[0]?.lines).toHaveLength(1);
    expect(parts.map(({ kind }) => kind)).toEqual(['vehicle', 'person', 'consignment']);
    expect(parts[2]?.id).toBe(goods[0]?.consignment);
  }
});

test('zone goods that leave open a deferral of 13 % of their value, to the cent', () => {
  const opened = all('cargo.decided').flatMap(({ parts }) =>
    parts.flatMap(({ obligations }) => obligations.filter(({ is }) => is === 'vat-deferral')),
  );
  expect(opened.length).toBeGreaterThan(0);
  for (const one of opened) {
    const { valueCents, vatCents } = one as { valueCents: number; vatCents: number };
    expect(vatCents).toBe(Math.round((valueCents * 13) / 100));
  }
});

test('an auditor makes every draw again from what the journal has of it', () => {
  const drawn = all('audit.drawn');
  expect(drawn.length).toBeGreaterThan(0);
  for (const { regime, regimeVersion, seed, crossing, percent, number, isDrawn } of drawn) {
    const again = auditDraw({ regime, regimeVersion, seed, crossing }, percent);
    expect(again).toMatchObject({ number, isDrawn, seed: 'training-audits' });
  }
});

test('the chain verifies, and a rebuild equals what was kept up', () => {
  const verified = verifyChain(db);
  expect(verified.fault).toBeNull();
  const rebuilt = openScratch(':memory:');
  rebuildProjections(db, rebuilt, must(verified.last, 'last seq'));
  expect(compareProjections(db, rebuilt)).toEqual([]);
  rebuilt.close();
});
