import { expect, test } from 'vitest';
import { type CodeRule, codeRules } from './tidy/code-rules.ts';
import {
  circles,
  importGraph,
  missingFiles,
  orphans,
  outsideModules,
  outsideTable,
} from './tidy/import-rules.ts';
import { entries, guardedModules, importTable } from './tidy/import-table.ts';
import { incompleteLock, looseVersions, resolvedEntries } from './tidy/package-rules.ts';
import { readRepository } from './tidy/repository.ts';
import { type Fault, isCode, parseCode } from './tidy/source.ts';
import { type TextRule, textRules } from './tidy/text-rules.ts';

/**
 * The house rules, held over every file of the repository. Each rule is a pure function over paths
 * and texts, shown to catch a planted fault in test/tidy/rules.test.ts.
 */
const files = readRepository();
const codes = files.filter(({ path }) => isCode(path)).map(parseCode);
const inSource = files.filter(({ path }) => path.startsWith('src/'));
const graph = importGraph(
  codes.filter(({ file }) => file.path.startsWith('src/')),
  inSource.filter(({ path }) => /\.(html|css)$/.test(path)),
  inSource.map(({ path }) => path),
);

/** One line a fault, as an editor can follow it. */
function told(faults: readonly Fault[]): string[] {
  return faults.map(({ path, line, rule, what }) => `${path}:${line} ${rule}: ${what}`);
}

function textOf(path: string): string {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`${path} is missing`);
  return file.text;
}

test.each(textRules.map((rule): [string, TextRule] => [rule.name, rule]))('%s', (_name, rule) => {
  expect(told(files.flatMap(rule))).toEqual([]);
});

test.each(codeRules.map((rule): [string, CodeRule] => [rule.name, rule]))('%s', (_name, rule) => {
  expect(told(codes.flatMap(rule))).toEqual([]);
});

test('files import only what the table allows', () => {
  expect(told(outsideTable(graph, importTable))).toEqual([]);
});

test('packages and built-in modules are imported only where they belong', () => {
  expect(told(outsideModules(graph, guardedModules))).toEqual([]);
});

test('every imported file is there', () => {
  expect(told(missingFiles(graph))).toEqual([]);
});

test('no circle between files', () => {
  expect(told(circles(graph))).toEqual([]);
});

test('an entry reaches every file of src', () => {
  expect(told(orphans(graph, entries))).toEqual([]);
});

test('every dependency is one exact version', () => {
  expect(told(looseVersions(textOf('package.json')))).toEqual([]);
});

test('the lockfile names no registry and is complete', () => {
  const lockfile = textOf('package-lock.json');
  expect(told([...resolvedEntries(lockfile), ...incompleteLock(lockfile)])).toEqual([]);
});
