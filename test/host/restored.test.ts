import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { verifyJournal } from '../../src/main/engine/journal/verify.ts';
import { takeDataLock } from '../../src/main/engine/store/data-lock.ts';
import type { EventData, JournalEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { value } from '../kit/journal-kit.ts';
import { addAdmin, inside, twoline } from '../kit/run-cli.ts';
import { raiseIncident, type SmallZone, startSmallZone } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';

const OPEN = ['--by', 'Wong', '--reason', 'the disk broke, restored from last night'];

interface Head {
  readonly epoch: number;
  readonly seq: number;
}

const guardOf = ({ dataDir }: SmallZone): Head =>
  JSON.parse(readFileSync(`${dataDir}.guard.json`, 'utf8'));

/** A zone with a backup of its folder, and a few events after that. */
async function zoneWithBackup() {
  const zone = await startSmallZone([{ n: 1 }]);
  onTestFinished(() => zone.close());
  const board = must(zone.boards[0], 'board');
  expect((await board.swipe(1, 'in', zone.badge(1))).opened).toBe(true);
  await board.personPasses(1, 10);
  await addAdmin(zone.dataDir, 'Wong');
  const out = join(zone.dir, 'backup');
  expect((await twoline('backup', zone.dataDir, out)).code).toBe(0);
  for (let i = 0; i < 5; i += 1) await raiseIncident(zone);
  await zone.engine.stop();
  return { zone, out, backedUp: JSON.parse(readFileSync(join(out, 'backup.json'), 'utf8')) };
}

function restore(zone: SmallZone, out: string): void {
  rmSync(zone.dataDir, { recursive: true });
  cpSync(out, zone.dataDir, { recursive: true });
}

/** What the start of the console is refused with. */
async function refusal(zone: SmallZone): Promise<string> {
  return zone.start().then(
    () => 'it started',
    (error: Error) => error.message,
  );
}

function journalOf(zone: SmallZone): Segments {
  const opened = value(Segments.open(zone.dataDir));
  onTestFinished(() => opened.close());
  return opened;
}

test('restored from a copy, a console leaves the old epoch and goes on in a new one', async () => {
  const { zone, out, backedUp } = await zoneWithBackup();
  const had = guardOf(zone);
  expect(had.seq).toBeGreaterThan(backedUp.last + 4);
  restore(zone, out);
  const refused = await refusal(zone);
  expect(refused).toContain('journal-restored');
  expect(refused).toContain(`ends at event 1/${backedUp.last} and had come to 1/${had.seq}`);
  expect(guardOf(zone)).toEqual(had);
  expect(verifyJournal(journalOf(zone)).head).toBe(backedUp.head);

  const opened = await twoline('epoch', 'open', zone.dataDir, ...OPEN);
  expect(opened).toMatchObject({ code: 0, err: '' });
  expect(opened.out).toBe(
    `epoch 2 goes on from 1/${backedUp.last}\nlost ${backedUp.last + 1} to ${had.seq}\n`,
  );
  zone.engine = await zone.start();
  await raiseIncident(zone);
  await until('the guard follows', () => guardOf(zone).epoch === 2 && guardOf(zone).seq > 2, 5_000);
  const segments = journalOf(zone);
  expect(verifyJournal(segments)).toMatchObject({ fault: null, segments: 2, first: 1 });
  const [first, kept] = segments
    .readAfter(2, 0, 2, 1e6)
    .map(({ body }) => JSON.parse(body) as JournalEvent);
  const data = must(first, 'first event').data as EventData<'epoch.opened'>;
  expect(first).toMatchObject({ kind: 'epoch.opened', epoch: 2, seq: 1 });
  expect(data).toEqual({
    ...{ parentEpoch: 1, parentSeq: backedUp.last, parentHash: backedUp.head },
    // Never the name: the journal keeps what stands in it for ever.
    by: expect.stringMatching(/^U-[0-9a-f]+$/),
    lost: { fromSeq: backedUp.last + 1, toSeq: had.seq },
    reason: 'T2-1',
  });
  expect(kept).toMatchObject({ kind: 'text.kept', data: { text: 'T2-1', length: 40 } });
  expect(JSON.stringify([first, kept])).not.toContain('disk broke');
  const text = segments.live.db
    .query<[], { body: string }>("SELECT body FROM typed_text WHERE text = 'T2-1'")
    .get();
  expect(text?.body).toBe(OPEN[3]);
  expect((await twoline('rebuild', zone.dataDir)).code).toBe(0);
  await zone.restart();
});

test('a copied folder, or one that another console wrote, is not taken for the first', async () => {
  const { zone, out } = await zoneWithBackup();
  const guard = `${zone.dataDir}.guard.json`;
  renameSync(guard, `${guard}.away`);
  expect(await refusal(zone)).toContain('journal-unguarded');
  renameSync(`${guard}.away`, guard);
  zone.engine = await zone.start();
  for (let i = 0; i < 5; i += 1) await raiseIncident(zone);
  await zone.engine.stop();
  const had = guardOf(zone);

  // The same console, restored, wrote as many events of its own, and then its folder comes here.
  const other = await startSmallZone([{ n: 1 }]);
  onTestFinished(() => other.close());
  await other.engine.stop();
  restore(other, out);
  expect((await twoline('epoch', 'open', other.dataDir, ...OPEN)).out).toContain('lost unknown\n');
  other.engine = await other.start();
  await other.engine.stop();
  restore(zone, other.dataDir);
  const forked = await refusal(zone);
  expect(forked).toContain('journal-forked');
  expect(guardOf(zone)).toEqual(had);
});

test('where nothing is left, the console begins an epoch that it never had', async () => {
  const zone = await startSmallZone([{ n: 1 }]);
  onTestFinished(() => zone.close());
  const site = ['--site', join(zone.dir, 'site.json')];
  for (const [epoch, lost] of [
    [2, 'lost 1 to'],
    [3, 'lost unknown'],
  ] as const) {
    await zone.engine.stop();
    rmSync(zone.dataDir, { recursive: true });
    expect(await refusal(zone)).toContain('journal-restored');
    const unnamed = await inside('epoch', 'open', zone.dataDir, ...OPEN);
    expect(unnamed.err).toContain('(console-unknown)');
    const nobody = await inside('epoch', 'open', zone.dataDir, ...OPEN, ...site);
    expect(nobody.err).toContain('(user-unknown)');
    await addAdmin(zone.dataDir, 'Wong');
    const opened = await twoline('epoch', 'open', zone.dataDir, ...OPEN, ...site);
    expect(opened).toMatchObject({ code: 0, err: '' });
    expect(opened.out).toContain(`epoch ${epoch} goes on from 1/0\n${lost}`);
    zone.engine = await zone.start();
    await raiseIncident(zone);
    expect(guardOf(zone).epoch).toBe(epoch);
    expect(verifyJournal(journalOf(zone))).toMatchObject({ fault: null, segments: 2 });
  }
});

test('the guard is found where the site file, named from here, puts it', async () => {
  const zone = await startSmallZone([{ n: 1 }], { site: { emergencyFolder: 'elsewhere' } });
  onTestFinished(() => zone.close());
  await zone.engine.stop();
  rmSync(zone.dataDir, { recursive: true });
  expect(await refusal(zone)).toContain('journal-restored');
  await addAdmin(zone.dataDir, 'Wong');
  const site = ['--site', relative(process.cwd(), join(zone.dir, 'site.json'))];
  const opened = await twoline('epoch', 'open', zone.dataDir, ...OPEN, ...site);
  expect(opened).toMatchObject({ code: 0, err: '' });
  expect(opened.out).toContain('lost 1 to ');
  zone.engine = await zone.start();
});

test('what must be said is asked for, and a console that runs keeps its epoch', async () => {
  const zone = await startSmallZone([{ n: 1 }]);
  onTestFinished(() => zone.close());
  const open = (...args: string[]) => inside('epoch', 'open', zone.dataDir, ...args);
  expect((await open('--reason', 'x')).err).toContain('--by NAME');
  expect((await open('--by', 'Wong')).err).toContain('--reason TEXT');
  const stranger = await open('--by', 'Chan', '--reason', 'x');
  expect(stranger).toMatchObject({ code: 2, out: '' });
  expect(stranger.err).toContain('(user-unknown)');
  await addAdmin(zone.dataDir, 'Wong');
  const lock = value(takeDataLock(zone.dataDir, 'a console'));
  expect((await open(...OPEN)).err).toContain('(data-in-use)');
  lock.release();
  expect(guardOf(zone).epoch).toBe(1);
});
