import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import entries from '../../scripts/entries.json' with { type: 'json' };
import * as double from '../kit/electron-double/electron.ts';

/** The built programs in out/, as `npm run build` leaves them. */
const out = fileURLToPath(new URL('../../out/', import.meta.url));
const textOf = (path: string) => readFileSync(`${out}${path}`, 'utf8');

/** The modules that a built file imports or requires. */
function modulesOf(path: string): string[] {
  const statements = /\b(?:from|import|require\()\s*["']([^"']+)["']/g;
  return [...textOf(path).matchAll(statements)].map((match) => match[1] ?? '');
}

/** A built file and every file that it loads, through all chunks. */
function reachedFrom(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const name of modulesOf(path)) {
    if (name.startsWith('./')) reachedFrom(path.replace(/[^/]+$/, name.slice(2)), seen);
  }
  return seen;
}

test('every program has its bundle', () => {
  const missing = Object.keys(entries.main).filter((name) => !existsSync(`${out}main/${name}.js`));
  expect(missing).toEqual([]);
  expect(existsSync(`${out}preload/index.cjs`)).toBe(true);
  expect(existsSync(`${out}renderer/index.html`)).toBe(true);
});

test.each(Object.keys(entries.main))('Electron is loaded by the window alone: %s', (name) => {
  const loaded = [...reachedFrom(`main/${name}.js`)].flatMap(modulesOf);
  expect(loaded.includes('electron')).toBe(name === 'index');
});

test('the shell asks Electron for what its double has, and nothing else', () => {
  const asked = [...reachedFrom('main/index.js')].flatMap((path) => {
    const imports = textOf(path).matchAll(/import\s*\{([^}]+)\}\s*from\s*"electron"/g);
    return [...imports].flatMap(([, names = '']) => names.split(','));
  });
  const names = asked.map((name) => name.trim().split(' ')[0] ?? '');
  expect([...new Set(names)].sort()).toEqual(Object.keys(double).sort());
});

test('the preload has under sixty lines of its own', () => {
  const source = new URL('../../src/preload/index.ts', import.meta.url);
  expect(readFileSync(source, 'utf8').split('\n').length).toBeLessThan(60);
});

test('the preload is one small file that needs nothing but Electron', () => {
  expect(readdirSync(`${out}preload`).filter((name) => name.endsWith('.cjs'))).toEqual([
    'index.cjs',
  ]);
  expect(modulesOf('preload/index.cjs')).toEqual(['electron']);
  expect(textOf('preload/index.cjs').length).toBeLessThan(20_000);
});

test('the page runs under a policy without inline code', () => {
  const page = textOf('renderer/index.html');
  const inline = [...page.matchAll(/<script\b([^>]*)>([^<]*)/g)].filter(
    ([, attributes, code]) => !attributes?.includes('src=') || code?.trim() !== '',
  );
  expect(inline).toEqual([]);
  expect(page).not.toMatch(/\son\w+=|javascript:|style=/);
});
