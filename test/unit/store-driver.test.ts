import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyDatabase } from '../../src/main/engine/store/copy-database.ts';
import { openHandle, setStoreKey } from '../../src/main/engine/store/driver.ts';
import { encryptDatabase } from '../../src/main/engine/store/encrypt-database.ts';
import { openReader, openScratch, openWriter } from '../../src/main/engine/store/open.ts';
import { value } from '../kit/journal-kit.ts';

const KEY = Buffer.alloc(32, 7);
const SCHEMA = {
  applicationId: 0x54574c77,
  migrations: [{ version: 1, sql: 'CREATE TABLE word (n INTEGER PRIMARY KEY, text TEXT) STRICT;' }],
};
const DRIVER = fileURLToPath(new URL('../../src/main/engine/store/driver.ts', import.meta.url));

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-driver-'));
  path = join(dir, 'one.db');
});
afterEach(() => {
  setStoreKey(null);
  rmSync(dir, { recursive: true, force: true });
});

function write(text: string): void {
  const db = value(openWriter(path, SCHEMA));
  db.write<[string]>('INSERT INTO word (text) VALUES (?)').run(text);
  db.close();
}
const words = (at = path) => {
  const db = value(openReader(at, SCHEMA));
  const rows = db.query<[], { text: string }>('SELECT text FROM word').all();
  db.close();
  return rows.map(({ text }) => text);
};

test('with a key nothing of a file is plain, and by chacha20', () => {
  value(setStoreKey(KEY));
  write('羅湖 in the clear');
  const bytes = readFileSync(path);
  expect(['SQLite', '羅湖', 'clear', 'CREATE'].filter((one) => bytes.includes(one))).toEqual([]);
  expect(words()).toEqual(['羅湖 in the clear']);
  const handle = openHandle(path);
  expect(handle.pragma('cipher', { simple: true })).toBe('chacha20');
  // What it sorts, or may have to undo, stays in memory.
  expect(handle.pragma('temp_store', { simple: true })).toBe(2);
  handle.close();
  expect(() => new Sqlite(path).pragma('user_version')).toThrow(/not a database/);
});

test('the key alone decides: another opens nothing, and a plain file is not taken for one', () => {
  value(setStoreKey(KEY));
  write('one');
  value(setStoreKey(Buffer.alloc(32, 8)));
  expect(openReader(path, SCHEMA)).toMatchObject({ fault: { code: 'store-damaged', where: path } });
  expect(openWriter(path, SCHEMA)).toMatchObject({ fault: { code: 'store-damaged' } });
  value(setStoreKey(null));
  expect(openWriter(path, SCHEMA)).toMatchObject({ fault: { code: 'store-damaged' } });
  rmSync(path);
  write('plain');
  value(setStoreKey(KEY));
  expect(openWriter(path, SCHEMA)).toMatchObject({ fault: { code: 'store-damaged' } });
  value(setStoreKey(null));
  expect(words()).toEqual(['plain']);
});

test('what is rebuilt apart has the key too, on the disk', () => {
  value(setStoreKey(KEY));
  const scratch = openScratch(path);
  scratch.exec("CREATE TABLE t (a); INSERT INTO t VALUES ('in the clear')");
  scratch.close();
  const bytes = readFileSync(path);
  expect(bytes.length).toBeGreaterThan(0);
  expect(['SQLite', 'clear'].filter((one) => bytes.includes(one))).toEqual([]);
});

test('a copy has the key that the original has', async () => {
  value(setStoreKey(KEY));
  write('one');
  const copy = join(dir, 'copy.db');
  await copyDatabase(path, copy);
  expect(readFileSync(copy).includes('SQLite')).toBe(false);
  expect(words(copy)).toEqual(['one']);
});

test('a plain database is encrypted with all that it has', () => {
  const plain = new Sqlite(path);
  plain.pragma('foreign_keys = OFF');
  plain.exec(`CREATE TABLE child (name TEXT PRIMARY KEY, of INTEGER REFERENCES parent (n))
      WITHOUT ROWID;
    CREATE TABLE parent (n INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT) STRICT;
    CREATE INDEX parent_text ON parent (text);
    INSERT INTO parent (text) VALUES ('a'), ('b');
    INSERT INTO child VALUES ('x', 1), ('orphan', 2);
    DELETE FROM parent WHERE n = 2;
    CREATE TRIGGER no_child BEFORE INSERT ON child BEGIN SELECT raise(ABORT, 'no'); END;
    PRAGMA application_id = 77; PRAGMA user_version = 5;`);
  plain.close();
  value(setStoreKey(KEY));
  const to = join(dir, 'two.db');
  encryptDatabase(path, to);
  expect(readFileSync(to).includes('SQLite')).toBe(false);
  const handle = openHandle(to);
  const all = (sql: string) => handle.prepare(sql).all();
  expect(all('SELECT * FROM parent')).toEqual([{ n: 1, text: 'a' }]);
  expect(all('SELECT name FROM child ORDER BY name')).toEqual([{ name: 'orphan' }, { name: 'x' }]);
  expect(all('SELECT seq FROM sqlite_sequence')).toEqual([{ seq: 2 }]);
  expect(all("SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger')")).toEqual(
    expect.arrayContaining([{ name: 'parent_text' }, { name: 'no_child' }]),
  );
  expect(handle.pragma('application_id', { simple: true })).toBe(77);
  expect(handle.pragma('user_version', { simple: true })).toBe(5);
  handle.close();
});

/** What a program over the driver says, in a process that has not loaded any. */
function told(program: string): string {
  const whole = `
    import { registerHooks } from 'node:module';
    const { openHandle, setStoreKey } = await import(${JSON.stringify(DRIVER)});
    ${program}`;
  const args = ['--input-type=module', '-e', whole];
  return execFileSync(process.execPath, args, { encoding: 'utf8' });
}

test('the driver that encrypts is loaded where there is a key, and nowhere else', () => {
  const loaded = (key: string) =>
    told(`setStoreKey(${key});
      openHandle(':memory:').close();
      console.log(process.report.getReport().sharedObjects.join());`);
  expect(loaded('null')).not.toContain('multiple-ciphers');
  expect(loaded('new Uint8Array(32)')).toContain('multiple-ciphers');
});

test('where it cannot be loaded that is said, and nothing is opened plain instead', () => {
  const said = told(`registerHooks({
      resolve(specifier, context, next) {
        if (specifier.includes('multiple-ciphers')) throw new Error('no such file\\nand so on');
        return next(specifier, context);
      },
    });
    console.log(JSON.stringify(setStoreKey(new Uint8Array(32))));
    try {
      openHandle(${JSON.stringify(path)});
    } catch (error) {
      console.log(error.message);
    }`);
  expect(said).toContain('"code":"driver-absent"');
  expect(said).toContain('cannot be loaded (no such file): install Twoline anew');
  expect(said.trimEnd()).toMatch(/no such file\nand so on$/);
});

test('a key of another length is a mistake of ours', () => {
  expect(() => setStoreKey(Buffer.alloc(16))).toThrow('32 bytes, not 16');
});
