import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHead } from '../../src/main/engine/journal/read.ts';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { startEngine } from '../../src/main/engine/main.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { reportCsv } from '../../src/main/engine/reports/csv.ts';
import { dailyReport } from '../../src/main/engine/reports/daily.ts';
import { reportSite } from '../../src/main/engine/reports/report-site.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { openReader, openScratch } from '../../src/main/engine/store/open.ts';
import type { RunningEngine } from '../../src/shared/contract/transport/backend.ts';
import { SiteShape } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Opening } from '../../src/training/boards/openings.ts';
import { callerOf } from '../kit/caller.ts';
import { startTrainingZone, type TrainingZone } from '../kit/training-zone.ts';
import { foldDay } from './day-fold.ts';

/** One whole day of a small zone, as fast as its decisions allow; the centre sleeps through it. */
const DAY = '2026-11-23';
const PEOPLE = process.env.TWOLINE_DAY_PEOPLE ?? '800';
const SPEED = process.env.TWOLINE_DAY_SPEED ?? '480';

const dir = mkdtempSync(join(tmpdir(), 'twoline-day-'));
const dataDir = join(dir, 'data');
let zone: TrainingZone;
let engine: RunningEngine;
let supervising: NodeJS.Timeout;
let db: ReadableDb;

/** The supervisor on shift: admits every other referred person, and refuses the rest. */
function supervise(of: RunningEngine): NodeJS.Timeout {
  const open = new Map<string, boolean>();
  of.backend.watch('queue', {}, callerOf('supervisor'), {
    update({ set, drop }) {
      for (const key of drop) open.delete(key);
      for (const key of Object.keys(set)) if (key.startsWith('E')) open.set(key, false);
    },
    end: () => undefined,
  });
  let turn = 0;
  return setInterval(() => {
    for (const [exception, done] of open) {
      if (done) continue;
      open.set(exception, true);
      turn += 1;
      const name = turn % 2 === 0 ? 'exception.refuse' : 'exception.admit';
      const input = { exception, reason: 'spoken to at the counter' };
      void of.backend.command(name, input, callerOf('supervisor'));
    }
  }, 100);
}

async function zoneTime(): Promise<string> {
  const { wallMs } = (await zone.order({ do: 'state' })) as { wallMs: number };
  return new Date(wallMs + 8 * 3_600_000).toISOString();
}

async function reaches(moment: string): Promise<void> {
  while ((await zoneTime()) < moment) await new Promise((resolve) => setTimeout(resolve, 250));
}

/** Asks the centre itself, as its administrator, what it holds. */
async function centreRows(): Promise<{ seq: number; body: string; hash: string }[]> {
  const site = JSON.parse(readFileSync(zone.siteFile, 'utf8')) as {
    centre: { host: string; port: number; database: string };
  };
  const secrets = readFileSync(join(zone.folder, 'centre', 'secrets.json'), 'utf8');
  const { admin } = JSON.parse(secrets) as { admin: string };
  const client = new Client({ ...site.centre, user: 'postgres', password: admin });
  await client.connect();
  const rows = await client.query<{ seq: string; body: Buffer; hash: Buffer }>(
    'SELECT seq, body, hash FROM central.event ORDER BY seq',
  );
  await client.end();
  return rows.rows.map(({ seq, body, hash }) => ({
    seq: Number(seq),
    body: body.toString('utf8'),
    hash: hash.toString('hex'),
  }));
}

async function centreInStep(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the centre never caught up')), 60_000);
    const stop = engine.backend.watch('status', {}, callerOf('operator'), {
      update({ set }) {
        const now = set.now as { centre: { state: string; waiting: number } } | undefined;
        if (now?.centre.state !== 'in-step' || now.centre.waiting > 0) return;
        clearTimeout(late);
        setImmediate(() => stop());
        resolve();
      },
      end: () => undefined,
    });
  });
}

beforeAll(async () => {
  const folder = join(dir, 'training');
  zone = await startTrainingZone(folder, { from: DAY, people: PEOPLE, speed: SPEED, seed: 'day' });
  const options = { dataDir, siteFile: zone.siteFile, safe: false, log: () => undefined };
  const started = await startEngine(options);
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  engine = started.value;
  supervising = supervise(engine);
  await zone.order({ do: 'stop-centre' });
  await reaches(`${DAY}T23:59:30`);
  await zone.order({ do: 'pause' });
  await reaches('2026-11-24T00:05:00');
  await zone.order({ do: 'start-centre' });
  await centreInStep();
  await zone.order({ do: 'openings' });
  clearInterval(supervising);
  await engine.stop();
  const opened = openReader(join(dataDir, 'journal.db'), journalSchema);
  db = must(opened.ok ? opened.value : null, 'journal');
}, 900_000);

afterAll(async () => {
  db?.close();
  await zone?.stop();
  rmSync(dir, { recursive: true, force: true });
}, 30_000);

test('the day was a day: people came, crossed both lines and were decided', () => {
  const { kinds, events } = foldDay(db);
  console.info(`a day: ${events} events`, Object.fromEntries(kinds));
  expect(kinds.get('crossing.passed')).toBeGreaterThan(Number(PEOPLE));
  expect(kinds.get('crossing.referred')).toBeGreaterThan(0);
  expect(kinds.get('crossing.refused')).toBeGreaterThan(0);
});

test('nobody is in two places, and the ledger is where the journal says', () => {
  const { twoPlaces, places } = foldDay(db);
  expect(twoPlaces).toEqual([]);
  const rows = db
    .query<[], { person: string; place: string }>('SELECT person, place FROM presence')
    .all();
  const unmoved = rows.filter(({ person }) => !places.has(person));
  const doubted = db.query<[], { n: number }>('SELECT count(*) AS n FROM presence WHERE unknown');
  expect(unmoved.length).toBeLessThanOrEqual(doubted.get()?.n ?? 0);
  for (const { person, place } of rows) {
    if (places.has(person)) expect(place).toBe(places.get(person));
  }
});

test('occupancy equals entries minus exits in every area at every minute', () => {
  const { inside } = foldDay(db);
  const rows = db
    .query<[], { area: string; minute_ms: number; inside: number }>(
      'SELECT area, minute_ms, inside FROM area_minute',
    )
    .all();
  expect(rows.length).toBeGreaterThan(100);
  for (const row of rows) expect(inside.get(row.area)?.get(row.minute_ms)).toBe(row.inside);
  const counted = [...inside.values()].reduce((sum, minutes) => sum + minutes.size, 0);
  expect(counted).toBe(rows.length);
});

test('the chain verifies and a rebuild equals what was kept up', () => {
  const verified = verifyChain(db);
  expect(verified.fault).toBeNull();
  const rebuilt = openScratch(':memory:');
  rebuildProjections(db, rebuilt, must(verified.last, 'last seq'));
  expect(compareProjections(db, rebuilt)).toEqual([]);
  rebuilt.close();
});

test('after a day without it the centre holds exactly the journal, byte for byte', async () => {
  const held = await centreRows();
  expect(held.length).toBe(readHead(db).seq);
  const mine = db
    .query<[], { seq: number; body: string; hash: Buffer }>(
      'SELECT seq, body, hash FROM journal ORDER BY seq',
    )
    .all()
    .map(({ seq, body, hash }) => ({ seq, body, hash: hash.toString('hex') }));
  expect(held).toEqual(mine);
}, 60_000);

test('the figures of the daily report, and of its spreadsheet, are those of the journal', () => {
  const site = SiteShape.parse(JSON.parse(readFileSync(zone.siteFile, 'utf8')));
  const shown = reportSite(site);
  const nowMs = Date.parse('2026-11-24T00:05:00+08:00');
  const made = dailyReport(new Segments([db]), DAY, { site: shown, nowMs, running: false });
  const report = must(made.ok ? made.value : null, 'report');
  const { kinds } = foldDay(db);
  const { totals } = report;
  expect(totals.refused).toBe(kinds.get('crossing.refused'));
  expect(totals.referred).toBe(kinds.get('crossing.referred'));
  expect(totals.asked).toBe(kinds.get('crossing.asked'));
  const passed = report.throughput.reduce((sum, row) => sum + row.passed, 0);
  const recorded = journalled('crossing.recorded', "body ->> '$.data.granted'");
  expect(passed).toBe((kinds.get('crossing.passed') ?? 0) + recorded);
  const { text } = reportCsv(report, shown, 'en');
  expect(text).toContain(`Refused,${totals.refused}\r\n`);
  expect(text).toContain(`Persons who passed,${passed}\r\n`);
});

/** How many events of a kind the journal has, of those that the condition picks. */
function journalled(kind: string, where: string): number {
  const row = db
    .query<[string], { n: number }>(
      `SELECT count(*) AS n FROM journal WHERE body ->> '$.kind' = ? AND ${where}`,
    )
    .get(kind);
  return row?.n ?? 0;
}

test('no gate opened on its own, none twice, and each opening stands in the journal', () => {
  const openings = readFileSync(join(zone.folder, 'board-openings.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Opening);
  const by = (how: Opening['by']) => openings.filter((opening) => opening.by === how);
  const remote = by('remote');
  const { kinds } = foldDay(db);
  expect(remote.length).toBeGreaterThanOrEqual(kinds.get('crossing.opened') ?? 0);
  expect(remote.length).toBeLessThanOrEqual(kinds.get('gate.requested') ?? 0);
  // A second opening for one badge finds no badge left at its door.
  const ordered = journalled('gate.requested', "body ->> '$.data.crossing' IS NULL");
  expect(remote.filter(({ card }) => card === null).length).toBeLessThanOrEqual(ordered);
  expect([...by('button'), ...by('held')]).toEqual([]);
  expect(by('local')).toHaveLength(journalled('crossing.recorded', "body ->> '$.data.granted'"));
});
