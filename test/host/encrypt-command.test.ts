import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openAccess } from '../../src/main/engine/access/open-access.ts';
import { takeDataLock } from '../../src/main/engine/store/data-lock.ts';
import { setStoreKey } from '../../src/main/engine/store/driver.ts';
import { value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';
import { rawDatabase } from '../kit/raw-database.ts';
import { cliFolder, inside, type Ran } from '../kit/run-cli.ts';

const CLI = resolve('src/main/cli/index.ts');
const faultOf = ({ code, err }: Ran): [number | null, string | undefined] => [
  code,
  /\(([a-z-]+)\)\n$/.exec(err)?.[1],
];

/** A plain folder of several files, stopped, whose site file asks for encryption. */
async function plainFolder(encryption: object | null = { key: 'file' }) {
  const kit = cliFolder('encrypt', 200);
  onTestFinished(() => void setStoreKey(null));
  kit.roll();
  kit.writeAll([]);
  const clock = { monoMs: () => performance.now() };
  const random = (size: number) => new Uint8Array(size).fill(3);
  const access = value(openAccess({ dir: kit.dir, training: false, clock, random }));
  const user = {
    name: 'Wong Siu Ming',
    role: 'administrator',
    secret: 'a-long-Secret-42',
  } as const;
  value(await access.addUser(user));
  access.close();
  kit.close();
  const dir = join(kit.dir, 'data');
  mkdirSync(dir);
  for (const name of readdirSync(kit.dir)) {
    if (name !== 'data' && name !== 'site.json') renameSync(join(kit.dir, name), join(dir, name));
  }
  const site = { ...kitSite(), ...(encryption === null ? {} : { encryption }) };
  writeFileSync(join(kit.dir, 'site.json'), JSON.stringify(site));
  return { ...kit, dir, key: `${dir}.key`, siteFile: join(kit.dir, 'site.json') };
}

const databases = (dir: string) =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.db'))
    .sort();
const isPlain = (path: string) => readFileSync(path).includes('SQLite format 3');
const plainIn = (dir: string) => databases(dir).filter((name) => isPlain(join(dir, name)));

test('a stopped plain folder is encrypted, and is the same folder then', async () => {
  const folder = await plainFolder();
  const before = await inside('verify', folder.dir);
  const status = await inside('status', folder.dir, '--json');
  const files = databases(folder.dir);
  expect(plainIn(folder.dir)).toEqual(files);
  expect(files.length).toBeGreaterThan(2);
  const done = await inside('encrypt', folder.dir);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toBe(`encrypted ${files.length} files\nevents ${folder.events + 1}\n`);
  expect(databases(folder.dir)).toEqual([...files, 'lock.db'].sort());
  expect(plainIn(folder.dir)).toEqual([]);
  expect(readdirSync(folder.dir).filter((name) => /-wal|-shm|encrypting/.test(name))).toEqual([]);
  for (const name of files) expect(statSync(join(folder.dir, name)).mode & 0o777).toBe(0o600);
  expect(await inside('verify', folder.dir)).toEqual(before);
  const { centre: _, ...rest } = JSON.parse(status.out) as { centre: object };
  expect(JSON.parse((await inside('status', folder.dir, '--json')).out)).toMatchObject(rest);
  expect(await inside('rebuild', folder.dir)).toMatchObject({ code: 0, err: '' });
  const access = rawDatabase(join(folder.dir, 'access.db'), { readonly: true });
  expect(access.prepare('SELECT count(*) AS n FROM users').get()).toEqual({ n: 1 });
  access.close();
  expect(faultOf(await inside('encrypt', folder.dir))).toEqual([2, 'nothing-to-encrypt']);
});

test.each<
  [string, object | null, (folder: { dir: string; key: string; siteFile: string }) => unknown]
>([
  ['encryption-not-asked', null, () => undefined],
  ['key-store-absent', { key: 'system' }, () => undefined],
  ['site-unreadable', { key: 'file' }, ({ siteFile }) => rmSync(siteFile)],
  ['key-malformed', { key: 'file' }, ({ key }) => writeFileSync(key, 'x')],
  ['data-in-use', { key: 'file' }, ({ dir }) => hold(dir)],
  ['journal-unsound', { key: 'file' }, ({ dir }) => tamper(join(dir, 'journal.db'))],
])('%s: nothing is changed', async (code, encryption, prepare) => {
  const folder = await plainFolder(encryption);
  prepare(folder);
  const files = databases(folder.dir).filter((name) => name !== 'lock.db');
  const bytes = files.map((name) => readFileSync(join(folder.dir, name), 'hex'));
  expect(faultOf(await inside('encrypt', folder.dir))).toEqual([2, code]);
  expect(files.map((name) => readFileSync(join(folder.dir, name), 'hex'))).toEqual(bytes);
  expect(existsSync(join(folder.dir, 'encryption.json'))).toBe(false);
});

function hold(dir: string): void {
  const lock = value(takeDataLock(dir, 'a test'));
  onTestFinished(() => lock.release());
}

function tamper(path: string): void {
  const raw = rawDatabase(path);
  raw.exec("DROP TRIGGER journal_no_update; UPDATE journal SET body = body || ' ' WHERE seq = 9");
  raw.close();
}

/** Encrypts in a process of its own, which is killed as soon as something has come about. */
async function encryptUntil(dir: string, comes: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [CLI, 'encrypt', dir], { stdio: 'ignore' });
  const exit = once(child, 'exit');
  while (child.exitCode === null && !comes()) await setImmediate();
  child.kill('SIGKILL');
  await exit;
}

const UNFINISHED = 'encrypting-unfinished';
const MORE_TRIES = 20;
const countIn = (dir: string) => (existsSync(dir) ? databases(dir).length : -1);

test('killed at any moment, a whole folder is there, and the next run ends it', async () => {
  const folder = await plainFolder();
  const { out } = await inside('verify', folder.dir);
  const files = databases(folder.dir).length;
  const seen: string[] = [];
  const killAt = async (moment: number, name = String(moment)) => {
    const dir = `${folder.dir}-${name}`;
    cpSync(folder.dir, dir, { recursive: true });
    const aside = join(dir, 'encrypting');
    // First the copies come, one after the other; then they go where the plain files were.
    await encryptUntil(dir, () =>
      moment < files
        ? countIn(aside) >= moment
        : existsSync(join(dir, 'encryption.json')) && countIn(aside) <= 2 * files - moment,
    );
    const now = await inside('verify', dir);
    const [, fault] = faultOf(now);
    seen.push(fault ?? (plainIn(dir).length > 0 ? 'plain' : 'encrypted'));
    // Begun, and not ended: all of it is encrypted, and lies in one place or the other.
    if (fault !== UNFINISHED) expect(now).toEqual({ code: 0, err: '', out });
    if (seen.at(-1) !== 'encrypted') expect((await inside('encrypt', dir)).code).toBe(0);
    expect(await inside('verify', dir)).toEqual({ code: 0, err: '', out });
    expect(plainIn(dir)).toEqual([]);
  };
  for (let moment = 0; moment <= 2 * files; moment += 2) await killAt(moment);
  // The files go within milliseconds, which a busy machine may look away from.
  for (let n = 0; n < MORE_TRIES && !seen.includes(UNFINISHED); n += 1) {
    await killAt(files, `again-${n}`);
  }
  expect(seen).toContain('plain');
  expect(seen).toContain(UNFINISHED);
}, 120_000);

test('stopped between its files it is told, and goes on where it was', async () => {
  const folder = await plainFolder();
  const { out } = await inside('verify', folder.dir);
  expect((await inside('encrypt', folder.dir)).code).toBe(0);
  // As a kill leaves it: the note is there, one file in place, one half written over, others aside.
  const aside = join(folder.dir, 'encrypting');
  mkdirSync(aside);
  for (const name of ['access.db', 'journal-000002.db']) {
    renameSync(join(folder.dir, name), join(aside, name));
  }
  writeFileSync(join(folder.dir, 'access.db'), Buffer.alloc(8_192));
  const unfinished = await inside('verify', folder.dir);
  expect(faultOf(unfinished)).toEqual([2, 'encrypting-unfinished']);
  expect(unfinished.err).toContain('run `twoline encrypt` again');
  expect(await inside('encrypt', folder.dir)).toMatchObject({
    code: 0,
    out: 'encrypted 2 files\n',
  });
  expect(await inside('verify', folder.dir)).toEqual({ code: 0, err: '', out });
  expect(existsSync(aside)).toBe(false);
});
