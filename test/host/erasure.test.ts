import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import type { ErasureRow } from '../../src/shared/contract/administration-queries.ts';
import type { FoundPerson, IncidentRow } from '../../src/shared/contract/queries.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { realClock } from '../kit/real-clock.ts';
import { twoline } from '../kit/run-cli.ts';
import { raiseIncident, type SmallZone, startSmallZone } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';

const GONE = { n: 2, validTo: '2026-03-01T00:00+08:00' };
const DAY_MS = 86_400_000;

const command = (zone: SmallZone, name: string, input: object, role: 'supervisor' | 'operator') =>
  zone.engine.backend.command(name, input, callerOf(role));
const erase = (zone: SmallZone, person: string) =>
  zone.engine.backend.command(
    'person.erase',
    { person, reason: 'asked for in writing' },
    callerOf('administrator'),
  );

async function erasures(zone: SmallZone): Promise<ErasureRow[]> {
  const ask = zone.engine.backend.query('retention.now', {}, callerOf('inspector'));
  return (value(await ask) as { erasures: ErasureRow[] }).erasures;
}

async function carriedOut(zone: SmallZone, count: number): Promise<ErasureRow[]> {
  let rows = await erasures(zone);
  const isDone = () => rows.length === count && rows.every(({ doneMs }) => doneMs !== null);
  for (let tries = 0; !isDone() && tries < 200; tries += 1) {
    await setTimeout(50);
    rows = await erasures(zone);
  }
  expect(isDone()).toBe(true);
  return rows;
}

async function find(zone: SmallZone, person: string): Promise<FoundPerson[]> {
  const input = { by: { person }, purpose: 'a test' };
  const found = await zone.engine.backend.query('person.find', input, callerOf('inspector'));
  return (value(found) as { persons: FoundPerson[] }).persons;
}

async function texts(zone: SmallZone): Promise<IncidentRow[]> {
  const input = { limit: 200 };
  const page = await zone.engine.backend.query('incidents.search', input, callerOf('inspector'));
  return (value(page) as { rows: IncidentRow[] }).rows;
}

/** The files of a data folder that hold any of these bytes, read as they lie on the disk. */
function filesWith(dir: string, text: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}

function eventsOf(zone: SmallZone, kind: string) {
  const opened = value(Segments.open(zone.dataDir));
  onTestFinished(() => opened.close());
  return opened.all.flatMap(({ db }) => {
    const rows = db.query<[string], { body: string }>(
      "SELECT body FROM journal WHERE body ->> '$.kind' = ? ORDER BY seq",
    );
    return rows.all(kind).map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  });
}

const goneOn = ({ log }: SmallZone) => log.filter((line) => line.includes('its writer waited'));

/** What is typed of holder 2 in an earlier file of the journal and in the one that is written. */
async function typeOfThem(zone: SmallZone): Promise<void> {
  const set = { person: 'P-2', place: 'beyond-first', reason: 'TEXT-A: seen at the bus stop' };
  value(await command(zone, 'presence.set', set, 'supervisor'));
  const suspend = { permit: 'SP-2', reason: 'TEXT-B: lost the badge' };
  value(await command(zone, 'permit.suspend', suspend, 'supervisor'));
  const other = { person: 'P-1', place: 'beyond-first', reason: 'TEXT-C: of somebody else' };
  value(await command(zone, 'presence.set', other, 'supervisor'));
  for (let i = 0; goneOn(zone).length === 0 && i < 20_000; i += 1) await raiseIncident(zone);
  const back = { permit: 'SP-2', reason: 'TEXT-D: found the badge' };
  value(await command(zone, 'permit.reinstate', back, 'supervisor'));
}

async function zoneOf(more: Parameters<typeof startSmallZone>[1] = {}): Promise<SmallZone> {
  const zone = await startSmallZone([{ n: 1 }, GONE], more);
  onTestFinished(() => zone.close());
  return zone;
}

test('a person is erased from every file; the journal says by whom and verifies', async () => {
  const zone = await zoneOf({ site: { segmentMegabytes: 1 } });
  await typeOfThem(zone);
  expect(goneOn(zone)).toHaveLength(1);
  const name = 'Chan Tai Man 2';
  for (const text of ['TEXT-A', 'TEXT-B', 'TEXT-C', 'TEXT-D', name]) {
    expect({ text, found: filesWith(zone.dataDir, text).length > 0 }).toEqual({
      text,
      found: true,
    });
  }

  expect(value(await erase(zone, 'P-2'))).toMatchObject({ erasure: expect.stringMatching(/^R1-/) });
  const [row] = await carriedOut(zone, 1);
  expect(row).toMatchObject({
    ...{ scope: { person: 'P-2' }, orderedBy: 'test-administrator', basis: null },
    ...{ texts: 3, rows: 2 },
  });
  expect(await find(zone, 'P-2')).toEqual([]);
  expect(await find(zone, 'P-1')).toMatchObject([{ nameEn: 'Chan Tai Man 1' }]);
  // The log of the written file is cut a moment later.
  await until('the texts to be gone', () => {
    return ['TEXT-A', 'TEXT-B', 'TEXT-D', name].every((text) => {
      return filesWith(zone.dataDir, text).length === 0;
    });
  });
  for (const text of ['TEXT-C', 'Chan Tai Man 1']) {
    expect(filesWith(zone.dataDir, text)).not.toEqual([]);
  }

  const [ordered] = eventsOf(zone, 'erasure.ordered');
  expect(ordered).toMatchObject({
    actor: { type: 'person', user: 'test-administrator' },
    data: { scope: { person: 'P-2' }, reason: expect.stringMatching(/^T1-/) },
  });
  expect(eventsOf(zone, 'erasure.done')).toMatchObject([
    { data: { texts: 3, rows: { permits: 1, persons: 1 } } },
  ]);
  expect(await twoline('verify', zone.dataDir)).toMatchObject({ code: 0, err: '' });
  expect(await twoline('rebuild', zone.dataDir)).toMatchObject({ code: 0, err: '' });

  // The source file still names them, but has not changed: it is not loaded again.
  await zone.restart();
  expect(await find(zone, 'P-2')).toEqual([]);
  expect(await find(zone, 'P-1')).toHaveLength(1);
}, 120_000);

test('nobody is erased whom the console still needs to know', async () => {
  const zone = await zoneOf({ watched: [3] });
  const code = async (person: string) => {
    const answer = await erase(zone, person);
    return answer.ok ? null : answer.fault.code;
  };
  expect(await code('P-9')).toBe('not-found');
  expect(await code('P-1')).toBe('erase-permit');
  expect(await code('P-3')).toBe('erase-watched');
  const inside = { person: 'P-2', place: 'loop', reason: 'seen inside' };
  value(await command(zone, 'presence.set', inside, 'supervisor'));
  expect(await code('P-2')).toBe('erase-inside');
  const out = { person: 'P-2', place: 'beyond-first', reason: 'seen outside' };
  value(await command(zone, 'presence.set', out, 'supervisor'));
  expect(await code('P-2')).toBeNull();
  await carriedOut(zone, 1);
});

test('an erasure that a stop cut short is carried out at the next start', async () => {
  const zone = await zoneOf();
  value(await erase(zone, 'P-2'));
  await zone.engine.stop();
  expect(eventsOf(zone, 'erasure.done')).toEqual([]);
  expect(filesWith(zone.dataDir, 'Chan Tai Man 2')).not.toEqual([]);
  zone.engine = await zone.start();
  await carriedOut(zone, 1);
  expect(filesWith(zone.dataDir, 'Chan Tai Man 2')).toEqual([]);
});

test('what a class has kept long enough goes by itself, with its basis', async () => {
  const clock = realClock(Date.parse('2026-10-01T12:00:00+08:00'));
  let aheadMs = 0;
  const period = (days: number, basis: string) => ({ days, basis });
  const retention = { texts: period(30, 'Rule 30'), persons: period(246, 'Rule 246') };
  const zone = await zoneOf({
    clock: { ...clock, wallMs: () => clock.wallMs() + aheadMs },
    site: { retention },
  });
  const set = { person: 'P-1', place: 'beyond-first', reason: 'TEXT-E: typed long ago' };
  value(await command(zone, 'presence.set', set, 'supervisor'));
  await raiseIncident(zone);
  await raiseIncident(zone);
  const [last] = await texts(zone);
  const resolve = { incident: last?.incident, reason: 'TEXT-F: it was nothing' };
  value(await command(zone, 'incident.resolve', resolve, 'operator'));
  await setTimeout(1_000);
  expect(await erasures(zone)).toEqual([]);

  aheadMs = 31 * DAY_MS;
  // What was typed of two incidents and a place goes, but for the note of the one that is open.
  const [row] = await carriedOut(zone, 1);
  expect(row).toMatchObject({ scope: { class: 'texts' }, basis: 'Rule 30', orderedBy: null });
  expect(row).toMatchObject({ texts: 3, rows: 0 });
  expect((await texts(zone)).map(({ erased, note }) => ({ erased, note }))).toEqual([
    { erased: ['note', 'reason'], note: null },
    { erased: [], note: expect.any(String) },
  ]);
  expect(await find(zone, 'P-2')).toHaveLength(1);
  aheadMs = 32 * DAY_MS;
  const [persons] = await carriedOut(zone, 2);
  expect(persons).toMatchObject({ scope: { class: 'persons' }, basis: 'Rule 246', rows: 2 });
  expect(await find(zone, 'P-2')).toEqual([]);
  expect(await find(zone, 'P-1')).toHaveLength(1);
});

test('a new file that still names somebody brings them back', async () => {
  const zone = await zoneOf();
  value(await erase(zone, 'P-2'));
  await carriedOut(zone, 1);
  zone.writePermits([{ n: 1 }, GONE, { n: 5 }]);
  await until('the new file', () => eventsOf(zone, 'dataset.in-force').length > 6);
  expect(await find(zone, 'P-2')).toMatchObject([{ permits: [{ permit: 'SP-2' }] }]);
});
