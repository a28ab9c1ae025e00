import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alone } from '../../../scripts/setup/lock.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twoline-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the lock names its holder and is gone afterwards, also after a failure', async () => {
  const file = join(folder, 'lock');
  const holder = await alone(async () => readFileSync(file, 'utf8'), file);
  expect(holder).toBe(String(process.pid));
  expect(existsSync(file)).toBe(false);
  const failing = alone(() => Promise.reject(new Error('no network')), file);
  await expect(failing).rejects.toThrow('no network');
  expect(existsSync(file)).toBe(false);
});

test('two set-ups work one after the other', async () => {
  const file = join(folder, 'lock');
  const steps: string[] = [];
  const work = (name: string) => async () => {
    steps.push(`${name} begins`);
    await new Promise(setImmediate);
    steps.push(`${name} ends`);
  };
  await Promise.all([alone(work('a'), file), alone(work('b'), file)]);
  expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('a lock whose holder has died is taken over', async () => {
  const file = join(folder, 'lock');
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  writeFileSync(file, String(pid));
  expect(await alone(async () => 'done', file)).toBe('done');
});
