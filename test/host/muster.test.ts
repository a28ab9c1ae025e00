import { expect, test } from 'vitest';
import type { ExportedFile } from '../../src/shared/contract/exported-file.ts';
import type { DeskReadRow, MusterNow, MusterPersonNow } from '../../src/shared/contract/views.ts';
import { h10301 } from '../../src/shared/domain/credential.ts';
import type { Role } from '../../src/shared/domain/role.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { badgeOf } from '../../src/shared/wire/badges.ts';
import { PcproxDevice } from '../../src/training/readers/pcprox-device.ts';
import { callerOf } from '../kit/caller.ts';
import { FakeHid } from '../kit/fake-hid.ts';
import { value } from '../kit/journal-kit.ts';
import { readCsv } from '../kit/read-csv.ts';
import { viewUntil } from '../kit/small-zone.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

const readers = [{ id: 'point-a', driver: 'pcprox', use: 'muster' }];
const held = (card: number) => must(badgeOf(h10301(1, card)), 'badge');

/** Three permit holders, the first two inside by the ledger; no centre and no network. */
async function start() {
  const hid = new FakeHid();
  const device = new PcproxDevice();
  hid.plug('/dev/hidraw0', 'SN1', device);
  const holders = [{ n: 1 }, { n: 2 }, { n: 3 }];
  const { zone, journal } = await startWatchedZone(holders, { hid, site: { readers } });
  const tell = (name: string, input: object, role: Role = 'supervisor') =>
    zone.engine.backend.command(name, input, callerOf(role));
  for (const person of ['P-1', 'P-2']) {
    value(await tell('presence.set', { person, place: 'loop', reason: 'counted' }));
  }
  const counts = (wanted: Partial<MusterNow>) =>
    viewUntil<MusterNow>(zone.engine, 'muster', (rows) => {
      const now = rows.get('now');
      return now !== undefined && Object.entries(wanted).every(([key, n]) => fits(now, key, n));
    });
  const people = (holds: (rows: ReadonlyMap<string, MusterPersonNow>) => boolean) =>
    viewUntil<MusterPersonNow>(zone.engine, 'muster-people', holds);
  await journal.first('reader.state', ({ online }) => online);
  return { zone, journal, device, tell, counts, people };
}

const fits = (now: MusterNow, key: string, wanted: unknown) =>
  now[key as keyof MusterNow] === wanted;

test('a badge at a muster point marks its holder within half a second, listed or not', async () => {
  const { zone, journal, device, tell, counts, people } = await start();
  value(await tell('muster.begin', { area: null, reason: 'drill' }));
  await counts({ listed: 2, marked: 0, missing: 2, unlisted: 0, endedMs: null });
  const missing = await people((rows) => rows.size === 2);
  expect(missing.get('P-1')).toEqual({
    ...{ person: 'P-1', listed: true, place: 'loop', now: 'loop' },
    ...{ markedMs: null, reader: null, markedBy: null },
  });
  const marked = counts({ marked: 1, missing: 1 });
  const heldMs = performance.now();
  device.hold(held(1));
  await marked;
  expect(performance.now() - heldMs).toBeLessThan(500);
  device.lift();
  const other = counts({ marked: 1, unlisted: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  device.hold(held(3));
  await other;
  const all = await people((rows) => rows.size === 3);
  expect(all.get('P-1')).toMatchObject({ reader: 'point-a', markedBy: null });
  expect(all.get('P-3')).toMatchObject({ listed: false, place: null, reader: 'point-a' });
  // Nobody is admitted by it, and no gate moves.
  expect(journal.all('crossing.asked')).toEqual([]);
  expect(zone.boards.flatMap((board) => board.openings())).toEqual([]);
});

test('marked once; by hand with a reason; what is marked or over is not marked again', async () => {
  const { journal, device, tell, counts } = await start();
  const mark = (person: string) => tell('muster.mark', { person, reason: 'seen' }, 'operator');
  expect(await mark('P-1')).toMatchObject({ ok: false, fault: { code: 'not-open' } });
  value(await tell('muster.begin', { area: 'loop', reason: 'fire in block B' }));
  const again = await tell('muster.begin', { area: null, reason: 'once more' });
  expect(again).toMatchObject({ ok: false, fault: { code: 'no-change' } });
  value(await mark('P-2'));
  expect(await mark('P-2')).toMatchObject({ ok: false, fault: { code: 'no-change' } });
  expect(await mark('P-none')).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  await counts({ marked: 1, missing: 1 });
  // The badge of who was marked by hand is read all the same, and marks nobody twice.
  device.hold(held(2));
  expect((await journal.first('desk.read')).data).toEqual({ reader: 'point-a', person: 'P-2' });
  value(await tell('muster.end', { reason: 'all are out' }));
  const ended = await counts({ marked: 1, missing: 1, unlisted: 0, endedBy: 'test-supervisor' });
  expect(ended.get('now')?.endedMs).not.toBeNull();
  expect((await journal.first('muster.ended')).data).toMatchObject({ marked: 1, missing: 1 });
  expect(journal.all('muster.marked')).toHaveLength(1);
  expect(await tell('muster.end', { reason: 'again' })).toMatchObject({
    ok: false,
    fault: { code: 'not-open' },
  });
});

test('an evacuation calls up whoever is inside; without a muster a read marks nobody', async () => {
  const { zone, journal, device, tell, counts } = await start();
  device.hold(held(1));
  const read = await journal.first('desk.read');
  expect(read.data).toEqual({ reader: 'point-a', person: 'P-1' });
  const shown = await viewUntil<DeskReadRow>(zone.engine, 'desk-reads', (rows) => rows.size > 0);
  expect(shown.get('point-a')).toMatchObject({ permit: 'SP-1' });
  value(await tell('zone.evacuate', { area: null, reason: 'smoke' }, 'operator'));
  const now = await counts({ listed: 2, marked: 0 });
  expect(now.get('now')).toMatchObject({ why: 'evacuation', area: null, missing: 2 });
  // A second order goes on with the list that stands.
  value(await tell('zone.evacuate', { area: 'loop', reason: 'smoke' }, 'operator'));
  expect(journal.all('muster.begun')).toHaveLength(1);
});

test('the list is that of the moment it began; where they are since is told beside', async () => {
  const { tell, people, counts } = await start();
  value(await tell('muster.begin', { area: 'loop', reason: 'drill' }));
  value(await tell('presence.set', { person: 'P-2', place: 'beyond-first', reason: 'seen out' }));
  value(await tell('presence.set', { person: 'P-3', place: 'loop', reason: 'came in' }));
  const rows = await people((all) => all.get('P-2')?.now === 'beyond-first');
  expect([...rows.keys()].sort()).toEqual(['P-1', 'P-2']);
  expect(rows.get('P-2')).toMatchObject({ place: 'loop', markedMs: null });
  await counts({ listed: 2, missing: 2 });
});

test('the list is handed out with names; that it was, to whom, stands in the journal', async () => {
  const { zone, journal, tell, counts } = await start();
  const ask = () =>
    zone.engine.backend.query('muster.csv', { language: 'zh-HK' }, callerOf('operator'));
  expect(await ask()).toMatchObject({ fault: { code: 'not-found' } });
  expect(journal.all('disclosure.made')).toEqual([]);
  value(await tell('muster.begin', { area: null, reason: 'drill' }));
  value(await tell('muster.mark', { person: 'P-2', reason: 'seen' }));
  await counts({ marked: 1, missing: 1 });
  const file = value(await ask()) as ExportedFile;
  const rows = readCsv(file.text.slice(1));
  expect(rows.find(([state]) => state === '未到')).toEqual(['未到', '1']);
  expect(rows.filter((row) => row.length > 9).map((row) => row.slice(0, 4))).toEqual([
    ['狀態', '人員編號', '中文姓名', '英文姓名'],
    ['未到', 'P-1', '陳大文1', 'Chan Tai Man 1'],
    ['已到', 'P-2', '陳大文2', 'Chan Tai Man 2'],
  ]);
  const { actor, data } = await journal.first('disclosure.made');
  expect(actor).toMatchObject({ type: 'person', role: 'operator' });
  const muster = (await journal.first('muster.begun')).data.muster;
  expect(data).toEqual({
    ...{ query: 'muster.csv', purpose: `muster ${muster}`, rows: 2 },
    settled: {
      ...{ by: 'muster', value: muster, format: 'csv', sha256: file.sha256 },
      bytes: Buffer.byteLength(file.text),
    },
  });
});
