import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openAccess } from '../../src/main/engine/access/open-access.ts';
import { reportCsv } from '../../src/main/engine/reports/csv.ts';
import { dailyReport } from '../../src/main/engine/reports/daily.ts';
import { reportSite } from '../../src/main/engine/reports/report-site.ts';
import { resourcesDir } from '../../src/main/engine/site/resources.ts';
import { takeDataLock } from '../../src/main/engine/store/data-lock.ts';
import { LANGUAGES } from '../../src/shared/domain/text.ts';
import { randomHistory } from '../kit/history.ts';
import { type KitJournal, kitJournal, value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';
import { readCsv } from '../kit/read-csv.ts';
import { cliFolder, inside, insideWith, twoline } from '../kit/run-cli.ts';

const site = kitSite();

function head(kit: KitJournal): string {
  const row = kit.db.query<[], { hash: Buffer }>(
    'SELECT hash FROM journal ORDER BY seq DESC LIMIT 1',
  );
  return row.get()?.hash.toString('hex') ?? '';
}

/** Changes the journal's file past its triggers, as nobody should. */
function tamper(path: string, sql: string): void {
  const raw = new Sqlite(path);
  raw.exec('DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete');
  raw.exec(sql);
  raw.close();
}

test('verify: events, first, last and head of an open journal, and of a copy', async () => {
  const kit = cliFolder();
  const ends = `events ${kit.events}\nfirst 1\nlast ${kit.events}\nhead ${head(kit)}\n`;
  const told = `${ends}segments 1\n`;
  expect(await twoline('verify', kit.dir)).toEqual({ code: 0, out: told, err: '' });
  const copy = join(kit.dir, 'copy');
  kit.close();
  mkdirSync(copy);
  copyFileSync(kit.path, join(copy, 'journal.db'));
  expect((await twoline('verify', copy)).out).toBe(told);
});

test('verify: exit 1 and the exact seq at the first fault', async () => {
  const kit = cliFolder();
  kit.close();
  tamper(kit.path, 'UPDATE journal SET body = replace(body, \'"v":1\', \'"v":2\') WHERE seq = 41');
  const ran = await twoline('verify', kit.dir);
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('last 40\n');
  expect(ran.out).toContain('fault 41: the hash does not fit the event\n');
  const json = JSON.parse((await twoline('verify', kit.dir, '--json')).out) as object;
  expect(json).toMatchObject({ events: 40, last: 40, fault: { seq: 41 } });
});

test('status --json has exactly its shape, with every area of the site', async () => {
  const kit = cliFolder();
  const count = (sql: string) => kit.db.query<[], { n: number }>(sql).get()?.n;
  const insideOf = (area: string) =>
    count(`SELECT coalesce(sum(inside + anonymous), 0) AS n FROM occupancy WHERE area = '${area}'`);
  const ran = await twoline('status', kit.dir, '--json');
  expect(ran).toMatchObject({ code: 0, err: '' });
  const newest = kit.db
    .query<[], { body: string }>('SELECT body FROM journal ORDER BY seq DESC LIMIT 1')
    .get();
  const { at } = JSON.parse(newest?.body ?? '') as { at: number };
  const now = new Date(at + 8 * 3_600_000).toISOString().slice(0, 19);
  expect(JSON.parse(ran.out)).toEqual({
    journal: { first: 1, last: kit.events, head: head(kit) },
    projections: { seq: kit.events },
    exceptions: { open: count('SELECT count(*) AS n FROM exception WHERE outcome IS NULL') },
    occupancy: { loop: insideOf('loop'), 'san-tin': insideOf('san-tin') },
    outbox: {
      pending: count("SELECT count(*) AS n FROM gate_command WHERE stage = 'requested'"),
      unknown: count("SELECT count(*) AS n FROM gate_command WHERE stage = 'unknown'"),
    },
    centre: { ackedSeq: 0, oldestUnackedMs: null },
    site: { now: `${now}+08:00`, day: now.slice(0, 10) },
  });
  expect((await twoline('status', kit.dir)).out).toContain(`1 to ${kit.events}, head ${head(kit)}`);
});

test('status: how long the oldest event waits for the centre, in real time', async () => {
  const address = { host: 'centre.example', port: 5432, database: 'twoline', user: 'console-1' };
  const centre = { ...address, certificates: 'certificates' };
  const kit = cliFolder();
  writeFileSync(join(kit.dir, 'site.json'), JSON.stringify(kitSite({ centre })));
  const age = async () => {
    const ran = await inside('status', kit.dir, '--json');
    return (JSON.parse(ran.out) as { centre: { ackedSeq: number; oldestUnackedMs: number | null } })
      .centre;
  };
  const ago = Date.now() - Date.parse('2026-03-08T21:00:00+08:00');
  const { oldestUnackedMs } = await age();
  expect(oldestUnackedMs).toBeGreaterThan(ago - 1000);
  expect(oldestUnackedMs).toBeLessThan(ago + 60_000);
  kit.db.exec(`INSERT INTO reader_cursor (name, seq) VALUES ('centre', ${kit.events})`);
  expect(await age()).toEqual({ ackedSeq: kit.events, oldestUnackedMs: null });

  const training = kitJournal();
  onTestFinished(() => training.remove());
  const [started] = randomHistory('training', 0);
  if (started?.event.kind !== 'engine.started') throw new Error('no start');
  const event = { ...started.event, data: { ...started.event.data, training: true } };
  const at = (monoMs: number, boot: string) => ({ ...started, event, monoMs, boot });
  training.write([at(0, 'a'), at(90_000, 'a'), at(150_000, 'a'), at(30_000, 'b')]);
  training.db.exec("INSERT INTO reader_cursor (name, seq) VALUES ('centre', 1)");
  const ran = await inside('status', training.dir, '--json', '--site', join(kit.dir, 'site.json'));
  const waited = (JSON.parse(ran.out) as { centre: { oldestUnackedMs: number } }).centre;
  // A minute of its own boot, half a minute of the next one, and however long ago that was.
  expect(waited.oldestUnackedMs).toBeGreaterThanOrEqual(90_000);
  expect(waited.oldestUnackedMs).toBeLessThan(90_000 + 60_000);
});

test('report: the very bytes that the console makes, in three languages', async () => {
  const kit = cliFolder();
  const day = '2026-03-09';
  const context = { site: reportSite(site), nowMs: Date.now(), running: false };
  const made = value(dailyReport(kit.segments, day, context));
  for (const language of LANGUAGES) {
    const out = join(kit.dir, `report-${language}.csv`);
    const ran = await inside('report', kit.dir, '--day', day, '--out', out, '--lang', language);
    const file = reportCsv(made, context.site, language);
    expect(readFileSync(out, 'utf8')).toBe(file.text);
    expect(ran.code).toBe(0);
    expect(ran.out).toBe(`${out} ${Buffer.byteLength(file.text)} bytes sha256 ${file.sha256}\n`);
    expect(readCsv(file.text.slice(1)).length).toBeGreaterThan(30);
  }
  expect(readdirSync(kit.dir).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('report: without the site file, ids stand for names and that is said', async () => {
  const kit = cliFolder();
  writeFileSync(join(kit.dir, 'console.json'), '{"siteFile":');
  const out = join(kit.dir, 'report.csv');
  const ran = await inside('report', kit.dir, '--day', '2026-03-09', '--out', out);
  expect(ran.code).toBe(0);
  expect(ran.err).toContain('ids stand in the place of names');
  expect(readFileSync(out, 'utf8')).toContain('lane-4');
  const named = await inside(
    ...['report', kit.dir, '--day', '2026-03-09', '--out', out, '--lang', 'en'],
    ...['--site', join(kit.dir, 'site.json')],
  );
  expect(named.code).toBe(0);
  expect(readFileSync(out, 'utf8')).toContain('Lane 4');
});

test('rebuild: equal on an open journal; a difference is told and ends in 1', async () => {
  const kit = cliFolder();
  expect(await twoline('rebuild', kit.dir)).toEqual({
    ...{ code: 0, out: `equal at seq ${kit.events}\n`, err: '' },
  });
  kit.db.exec("UPDATE occupancy SET inside = inside + 5 WHERE area = 'loop'");
  const ran = await twoline('rebuild', kit.dir);
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('different: table occupancy\n');
  expect(ran.out).toMatch(/ {2}here {4}\{"area":"loop",.*\n {2}rebuilt \{"area":"loop",/);
});

test('rebuild --apply: only on a stopped console, and then all is equal again', async () => {
  const kit = cliFolder();
  kit.db.exec('DELETE FROM crossing; DROP TABLE hour_flow');
  kit.close();
  const lock = value(takeDataLock(kit.dir, 'a console that runs'));
  const held = await inside('rebuild', kit.dir, '--apply');
  expect(held).toMatchObject({ code: 2, out: '' });
  expect(held.err).toMatch(/another console works here: a console that runs.*data-in-use/);
  lock.release();
  expect(await inside('rebuild', kit.dir, '--apply')).toEqual({
    ...{ code: 0, out: `rebuilt at seq ${kit.events}\n`, err: '' },
  });
  expect((await inside('rebuild', kit.dir)).code).toBe(0);
  expect((await inside('verify', kit.dir)).code).toBe(0);
});

test('rebuild: projections of another version are a difference', async () => {
  const kit = cliFolder();
  kit.db.exec('UPDATE projection_state SET version = 0');
  const ran = await inside('rebuild', kit.dir);
  expect(ran).toMatchObject({ code: 1 });
  expect(ran.out).toContain('missing or of another version');
  const status = JSON.parse((await inside('status', kit.dir, '--json')).out) as object;
  expect(status).toMatchObject({ projections: { seq: null } });
});

test('site check: a sound file, one with faults, and what is no site file', async () => {
  const kit = cliFolder();
  const file = join(kit.dir, 'site.json');
  const sound = await inside('site', 'check', file);
  expect(sound).toMatchObject({ code: 0, err: '' });
  expect(sound.out).toContain('site kit-zone version 1: 2 areas, 3 checkpoints, 8 lanes, 2 boards');
  const [first, ...others] = site.lanes;
  writeFileSync(file, JSON.stringify({ ...site, lanes: [{ ...first, to: 'nowhere' }, ...others] }));
  const faulty = await inside('site', 'check', file);
  expect(faulty.code).toBe(1);
  expect(faulty.out).toContain('lanes[0] (lane-1).to: there is no area nowhere');
  const [board, ...rest] = site.boards;
  const training = { clock: { address: '127.0.0.1', port: 9 } };
  const real = [{ ...board, address: '192.168.1.100' }, ...rest];
  writeFileSync(file, JSON.stringify({ ...site, training, boards: real }));
  const mixed = await inside('site', 'check', file);
  expect(mixed.code).toBe(1);
  expect(mixed.out).toContain('192.168.1.100 may be a real board');
  writeFileSync(file, 'lanes: none');
  const unreadable = await inside('site', 'check', file);
  expect(unreadable).toMatchObject({ code: 2, out: '' });
  expect(unreadable.err).toContain('(site-not-json)');
});

test('site check: a regime that is not in force yet is said to be so', async () => {
  const kit = cliFolder();
  const shipped = join(resourcesDir(), 'regimes', 'cma-buffer-zone.json');
  const regime = JSON.parse(readFileSync(shipped, 'utf8')) as object;
  const effectiveFrom = '2099-01-01T00:00:00+08:00';
  writeFileSync(join(kit.dir, 'later.json'), JSON.stringify({ ...regime, effectiveFrom }));
  const file = join(kit.dir, 'later-site.json');
  const other = { ...site, training: false, regime: './later.json' };
  writeFileSync(file, JSON.stringify(other));
  const ran = await inside('site', 'check', file);
  expect(ran.code).toBe(0);
  expect(ran.out).toContain(`is not in force before ${effectiveFrom}`);
  expect(ran.out).toContain('every crossing is referred to a person');
});

test('admin create: the secret comes from a file, and signs in', async () => {
  const kit = cliFolder();
  const dir = join(kit.dir, 'fresh');
  const secret = join(kit.dir, 'secret.txt');
  writeFileSync(secret, 'four horses at noon\r\nnot this line\n');
  const create = ['admin', 'create', '--data', dir, '--name', 'Chan Siu Ming'];
  const ran = await inside(...create, '--secret-file', secret);
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/^administrator Chan Siu Ming U-[0-9a-f]+\n$/);
  const again = await inside(...create, '--secret-file', secret);
  expect(again).toMatchObject({ code: 2, out: '' });
  expect(again.err).toContain('(user-exists)');
  const random = (size: number) => new Uint8Array(size);
  const access = value(openAccess({ dir, training: false, clock: { monoMs: () => 1 }, random }));
  const session = await access.signIn('chan siu ming', 'four horses at noon', 'w-1');
  access.close();
  expect(session).toMatchObject({ ok: true, value: { role: 'administrator' } });
  const asked = await inside(...create);
  expect(asked).toMatchObject({ code: 2, out: '' });
  expect(asked.err).toContain('(no-terminal)');
  writeFileSync(secret, 'short');
  expect((await inside(...create, '--secret-file', secret)).err).toContain('(secret-weak)');
});

test('storage-selftest: what a commit costs on a disk, and what it may mean', async () => {
  const { dir } = cliFolder();
  const ran = await inside('storage-selftest', dir);
  const lines = ['commits 400', 'half within', '99 of 100 within', 'slowest', 'free'];
  for (const line of lines) expect(ran.out).toMatch(new RegExp(`^${line}`, 'm'));
  const json = JSON.parse((await inside('storage-selftest', dir, '--json')).out);
  expect(json).toMatchObject({ syncs: 400, verdict: expect.any(String) });
  expect(json.freeBytes).toBeLessThan(json.totalBytes);
  let looks = 0;
  const monoMs = () => {
    looks += 1;
    return looks / 1_000;
  };
  const fast = await insideWith({ monoMs }, 'storage-selftest', dir);
  expect(fast).toMatchObject({ code: 1 });
  expect(fast.err).toContain('(storage-implausible)');
  const absent = await inside('storage-selftest', join(dir, 'absent'));
  expect(absent).toMatchObject({ code: 2, out: '' });
  expect(absent.err).toContain('(folder-absent)');
});

test('a copied folder whose site file lies elsewhere is read, and left as it was', async () => {
  const kit = cliFolder();
  kit.close();
  const copy = `${kit.dir}/elsewhere`;
  mkdirSync(copy);
  for (const name of ['journal.db', 'console.json']) cpSync(join(kit.dir, name), join(copy, name));
  const before = readFileSync(join(copy, 'journal.db'));
  for (const args of [
    ['verify', copy],
    ['status', copy],
    ['rebuild', copy],
  ]) {
    expect((await inside(...args)).code, args[0]).toBe(0);
  }
  expect(readFileSync(join(copy, 'journal.db')).equals(before)).toBe(true);
});
