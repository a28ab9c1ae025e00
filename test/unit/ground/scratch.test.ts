import { mkdtempSync, rmSync, type StatsFs, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { memoryFolder } from '../../../scripts/suites/scratch.mjs';

const TMPFS = 0x01021994;
const EXT4 = 0xef53;
const GIB = 1024 ** 3;

const statfs = (type: number, bytes: number) =>
  (() => ({ type, bavail: bytes / 4096, bsize: 4096 }) as StatsFs) as never;

function root(): string {
  const folder = mkdtempSync(join(tmpdir(), 'twoline-root-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a folder in memory, which servers of other users can enter', () => {
  const there = root();
  const folder = memoryFolder({}, there, statfs(TMPFS, 8 * GIB)) ?? '';
  expect(dirname(folder)).toBe(there);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
});

test.each([
  ['somebody named another', { TMPDIR: '/elsewhere' }, TMPFS, 8],
  ['it is a disk', {}, EXT4, 8],
  ['it has no room', {}, TMPFS, 1],
])('none where %s', (_, env, type, gib) => {
  expect(memoryFolder(env, root(), statfs(type, gib * GIB))).toBeUndefined();
});

test('none where the machine has no such place', () => {
  expect(memoryFolder({}, join(root(), 'none'))).toBeUndefined();
});
