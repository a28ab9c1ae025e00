import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { readHead } from '../../src/main/engine/journal/read.ts';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { value } from '../kit/journal-kit.ts';
import { cliFolder, inside, type Ran, twoline } from '../kit/run-cli.ts';
import { raiseIncident, startSmallZone } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const FILES = ['access.db', 'backup.json', 'journal.db', 'reference.db'];

test('a running console is copied at one moment, whole and sound', async () => {
  const zone = await startSmallZone([{ n: 1 }]);
  onTestFinished(() => zone.close());
  const board = must(zone.boards[0], 'board');
  let over = false;
  const write = async () => {
    let written = 0;
    for (; !over; written += 1) {
      await raiseIncident(zone);
    }
    return written;
  };
  expect((await board.swipe(1, 'in', zone.badge(1))).opened).toBe(true);
  const writing = write();
  const out = join(zone.dir, 'backup');
  const ran = await twoline('backup', zone.dataDir, out, '--json');
  over = true;
  expect(await writing).toBeGreaterThan(20);
  expect(ran).toMatchObject({ code: 0, err: '' });
  const said = JSON.parse(ran.out);
  expect(said).toMatchObject({ backup: out, first: 1, epoch: 1, fault: null });
  expect(readdirSync(out).sort()).toEqual(FILES);
  expect(JSON.parse(readFileSync(join(out, 'backup.json'), 'utf8'))).toEqual(said);
  for (const name of FILES) expect(statSync(join(out, name)).mode & 0o077, name).toBe(0);

  const journal = new ZoneJournal(zone.dataDir);
  const hashes = journal.db.query<[number], { hash: Buffer }>(
    'SELECT hash FROM journal WHERE seq = ?',
  );
  expect(hashes.get(said.last)?.hash.toString('hex')).toBe(said.head);
  expect(journal.head()).toBeGreaterThan(said.last);
  journal.close();
});

test('somebody who writes all the while cannot keep a copy from being finished', async () => {
  const kit = cliFolder();
  const { atMs } = readHead(kit.db);
  const raised = { kind: 'engine.stopped', data: { why: 'x'.repeat(200) } } as const;
  for (let i = 0; i < 2_000; i += 1) kit.add(raised, atMs + i);
  let ran: Ran | null = null;
  const out = join(kit.dir, 'out');
  const running = twoline('backup', kit.dir, out).then((done) => {
    ran = done;
    return done;
  });
  let written = 0;
  for (; ran === null && written < 100_000; written += 1) {
    kit.add(raised, atMs + 2_000 + written);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await running).toMatchObject({ code: 0, err: '' });
  expect(written).toBeGreaterThan(10);
  const copy = value(openReader(join(out, 'journal.db'), journalSchema));
  expect(readHead(copy).seq).toBeLessThan(readHead(kit.db).seq);
  copy.close();
});

test('a copy takes the place of nothing, and of one that fails nothing is left', async () => {
  const kit = cliFolder();
  const out = join(kit.dir, 'out');
  mkdirSync(out);
  const before = readdirSync(kit.dir).sort();
  expect((await inside('backup', kit.dir, out)).err).toContain('(out-exists)');
  expect(readdirSync(out)).toEqual([]);
  const nowhere = await inside('backup', kit.dir, join(kit.dir, 'absent', 'out'));
  expect(nowhere).toMatchObject({ code: 2, out: '' });
  expect(nowhere.err).toContain('(backup-failed)');
  expect((await inside('backup', join(kit.dir, 'absent'), out)).err).toContain('(folder-absent)');
  expect(readdirSync(kit.dir).sort()).toEqual(before);
});

test('a journal that is not sound is copied all the same, and said to be so', async () => {
  const kit = cliFolder();
  kit.close();
  const raw = new Sqlite(kit.path);
  raw.exec('DROP TRIGGER journal_no_update');
  raw.exec('UPDATE journal SET body = replace(body, \'"v":1\', \'"v":2\') WHERE seq = 41');
  raw.close();
  const out = join(kit.dir, 'out');
  const ran = await inside('backup', kit.dir, out);
  expect(ran.code).toBe(1);
  expect(ran.err).toContain('the journal is not sound, nor is its copy: 41: the hash does not fit');
  expect(ran.out).toContain(`backup ${out}\n`);
  expect(existsSync(join(out, 'journal.db'))).toBe(true);
});
