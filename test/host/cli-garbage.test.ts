import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { randomHistory } from '../kit/history.ts';
import { kitJournal } from '../kit/journal-kit.ts';
import { cliFolder, inside, twoline } from '../kit/run-cli.ts';

const GARBAGE: readonly [string, (dir: string) => void, string][] = [
  ['nothing', () => undefined, 'store-absent'],
  ['a folder in its place', (dir) => mkdirSync(join(dir, 'journal.db')), 'store-damaged'],
  ['an empty file', (dir) => writeFileSync(join(dir, 'journal.db'), ''), 'store-empty'],
  [
    'a text',
    (dir) => writeFileSync(join(dir, 'journal.db'), 'hello '.repeat(999)),
    'store-damaged',
  ],
  ['a damaged header', (dir) => patch(dir, 0, 'SQLite format 9'), 'store-damaged'],
  ['a wrong page size', (dir) => patch(dir, 16, '\u0003\u0003'), 'store-damaged'],
  ['another program’s database', (dir) => pragma(dir, 'application_id = 7'), 'store-foreign'],
  ['a later schema', (dir) => pragma(dir, 'user_version = 99'), 'store-from-future'],
];

function patch(dir: string, at: number, text: string): void {
  const path = join(dir, 'journal.db');
  const bytes = sample();
  bytes.write(text, at, 'latin1');
  writeFileSync(path, bytes);
}

function pragma(dir: string, text: string): void {
  const path = join(dir, 'journal.db');
  writeFileSync(path, sample());
  const raw = new Sqlite(path);
  raw.pragma(text);
  raw.close();
}

function sample(): Buffer {
  const kit = kitJournal();
  kit.writeAll(randomHistory('sample', 5));
  kit.close();
  const bytes = readFileSync(kit.path);
  kit.remove();
  return bytes;
}

test.each(GARBAGE)(
  '%s in the place of the journal: a clear error from every command',
  async (_name, make, code) => {
    const kit = cliFolder('garbage', 1);
    const dir = join(kit.dir, 'garbage');
    mkdirSync(dir);
    make(dir);
    const out = join(kit.dir, 'report.csv');
    for (const args of [
      ['verify', dir],
      ['status', dir, '--json'],
      ['rebuild', dir],
      ['report', dir, '--day', '2026-03-08', '--out', out],
    ]) {
      const ran = await inside(...args);
      expect(ran, args[0]).toMatchObject({ code: 2, out: '' });
      expect(ran.err, args[0]).toMatch(
        new RegExp(`^twoline: .+ \\[.*journal\\.db\\] \\(${code}\\)\\n`),
      );
    }
    expect(existsSync(out)).toBe(false);
  },
);

test('what cannot be done, or was typed wrong: exit 2, told on stderr alone', async () => {
  const kit = cliFolder('wrong', 1);
  const out = join(kit.dir, 'no', 'such', 'folder', 'r.csv');
  const cases: [string[], string][] = [
    [[], 'usage:'],
    [['verfy', kit.dir], 'there is no command "verfy"'],
    [['verify'], 'needs exactly DIR'],
    [['verify', kit.dir, 'more'], 'needs exactly DIR'],
    [['verify', kit.dir, '--fast'], "Unknown option '--fast'"],
    [['verify', kit.dir, '--json=yes'], '--json'],
    [['verify', join(kit.dir, 'none')], '(folder-absent)'],
    [['report', kit.dir, '--out', out], 'name the --day and the --out file'],
    [['report', kit.dir, '--day', '8 March', '--out', out], '(day-invalid)'],
    [['report', kit.dir, '--day', '2026-03-08', '--out', out], '(file-not-written)'],
    [
      ['report', kit.dir, '--day', '2026-03-08', '--out', out, '--lang', 'fr'],
      'zh-HK, zh-CN or en',
    ],
    [['status', kit.dir, '--site', join(kit.dir, 'no.json')], '(site-unreadable)'],
    [['site', 'check', join(kit.dir, 'no.json')], '(site-unreadable)'],
    [['admin', 'create', '--data', kit.dir], '--name NAME'],
    [['admin', 'create', '--name', 'A', '--secret-file', 'no.txt'], '(secret-unreadable)'],
  ];
  for (const [args, told] of cases) {
    const ran = await inside(...args);
    expect(ran, args.join(' ')).toMatchObject({ code: 2, out: '' });
    expect(ran.err, args.join(' ')).toContain(told);
  }
  const help = await twoline('--help');
  expect(help).toMatchObject({ code: 0, err: '' });
  const words = ['verify', 'status', 'report', 'rebuild', 'site check', 'admin create'];
  for (const word of [...words, 'storage-selftest', 'backup']) {
    expect(help.out).toContain(`twoline ${word} `);
  }
});
