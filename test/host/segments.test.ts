import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { verifyJournal } from '../../src/main/engine/journal/verify.ts';
import type { IncidentRow } from '../../src/shared/contract/queries.ts';
import type { FlowMinute, LaneNow, TickerRow } from '../../src/shared/contract/views.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { hkDay } from '../../src/shared/lib/hk-time.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { realClock } from '../kit/real-clock.ts';
import { twoline } from '../kit/run-cli.ts';
import { raiseIncident, type SmallZone, startSmallZone, viewUntil } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';

/** What the engine says each time that its journal goes on in another file. */
const goneOn = ({ log }: SmallZone) => log.filter((line) => line.includes('its writer waited'));

/** Writes until the journal has gone on in so many further files. */
async function growTo(zone: SmallZone, files: number): Promise<number> {
  let raised = 0;
  for (; goneOn(zone).length < files && raised < 20_000; raised += 1) await raiseIncident(zone);
  return raised;
}

function journalOf(zone: SmallZone): Segments {
  const opened = value(Segments.open(zone.dataDir));
  onTestFinished(() => opened.close());
  return opened;
}

/** What a screen shows that opens now. */
const seen = async (zone: SmallZone) => ({
  flow: await viewUntil<FlowMinute>(zone.engine, 'flow', () => true),
  ticker: await viewUntil<TickerRow>(zone.engine, 'ticker', () => true),
  today: (await viewUntil<LaneNow>(zone.engine, 'lanes', () => true)).get('f-in-1')?.today,
});

test('the journal goes on in further files while people cross, and all reads as one', async () => {
  const site = { segmentMegabytes: 1 };
  const zone = await startSmallZone([{ n: 1 }, { n: 2 }], { site });
  onTestFinished(() => zone.close());
  const board = must(zone.boards[0], 'board');
  const cross = async (n: number) => {
    expect((await board.swipe(1, 'in', zone.badge(n))).opened).toBe(true);
    await board.personPasses(1, 10);
  };
  await cross(1);
  await viewUntil<LaneNow>(zone.engine, 'lanes', (lanes) => lanes.get('f-in-1')?.today === 1);
  const before = await seen(zone);
  let raised = await growTo(zone, 2);
  expect(await seen(zone)).toEqual(before);
  await cross(2);
  await viewUntil<LaneNow>(zone.engine, 'lanes', (lanes) => lanes.get('f-in-1')?.today === 2);
  expect((await seen(zone)).ticker.size).toBe(2);
  raised += await growTo(zone, 3);
  // What is carried over, every open incident, is larger than the limit: a file may grow beyond it.
  await setTimeout(1_500);
  await raiseIncident(zone);
  raised += 1;
  await setTimeout(1_500);
  expect(goneOn(zone)).toHaveLength(3);
  for (const line of goneOn(zone)) console.info(line.slice(line.lastIndexOf('journal-')));

  let found = 0;
  let after: string | undefined;
  for (let more = true; more; ) {
    const input = { limit: 200, ...(after && { after }) };
    const ask = await zone.engine.backend.query('incidents.search', input, callerOf('operator'));
    const page = value(ask) as { rows: IncidentRow[]; more: boolean };
    found += page.rows.length;
    ({ more } = page);
    after = page.rows.at(-1)?.incident;
  }
  expect(found).toBe(raised);

  const dir = zone.dataDir;
  const verified = await twoline('verify', dir);
  expect(verified).toMatchObject({ code: 0, err: '' });
  expect(verified.out).toMatch(/^segments 4$/m);
  const rebuilt = await twoline('rebuild', dir);
  expect(rebuilt).toMatchObject({ code: 0, err: '' });
  expect(rebuilt.out).toMatch(/^segment 3 equal at seq \d+\n(.*\n)*equal at seq \d+$/m);
  const out = join(zone.dir, 'report.csv');
  const day = hkDay(zone.clock.wallMs());
  expect((await twoline('report', dir, '--day', day, '--out', out)).code).toBe(0);
  const copied = await twoline('backup', dir, join(zone.dir, 'backup'), '--json');
  expect(copied).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(copied.out)).toMatchObject({ first: 1, fault: null });

  await zone.restart();
  expect((await seen(zone)).ticker.size).toBe(2);
  expect(verifyJournal(journalOf(zone)).fault).toBeNull();
  await zone.engine.stop();
  expect(await twoline('rebuild', dir, '--apply')).toMatchObject({ code: 0, err: '' });
  expect((await twoline('rebuild', dir)).code).toBe(0);
  await zone.restart();
}, 120_000);

test('with a new month the journal goes on in a new file', async () => {
  const clock = realClock(Date.parse('2026-11-30T23:59:40+08:00'));
  let aheadMs = 0;
  const ahead = { ...clock, wallMs: () => clock.wallMs() + aheadMs };
  const zone = await startSmallZone([{ n: 1 }], { clock: ahead });
  onTestFinished(() => zone.close());
  await raiseIncident(zone);
  await setTimeout(2_500);
  expect(goneOn(zone)).toEqual([]);
  aheadMs = 30_000;
  await raiseIncident(zone);
  await until('a new file', () => goneOn(zone).length === 1, 10_000);
  const [first] = journalOf(zone).all;
  const last = first?.db.query<[], { why: string; at: number }>(
    `SELECT body ->> '$.data.why' AS why, body ->> '$.at' AS at FROM journal
     ORDER BY seq DESC LIMIT 1`,
  );
  expect(last?.get()).toMatchObject({ why: 'month' });
  expect(hkDay(last?.get()?.at ?? 0)).toBe('2026-12-01');
});
