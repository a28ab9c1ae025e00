import { describe, expect, test } from 'vitest';
import { noDefaultExport, noLongFunction, noTestLeftOut } from './code-rules.ts';
import {
  circles,
  importGraph,
  missingFiles,
  orphans,
  outsideModules,
  outsideTable,
  pageImports,
} from './import-rules.ts';
import { entries, guardedModules, importTable } from './import-table.ts';
import { incompleteLock, looseVersions, resolvedEntries } from './package-rules.ts';
import { type Fault, type File, parseCode } from './source.ts';
import {
  noHeap,
  noLeftOver,
  noLongFile,
  noLongLine,
  noMachinePath,
  noRegistryHost,
  noSilencedCheck,
} from './text-rules.ts';

/** Each rule finds the fault planted for it, at its line, and lets the sound twin pass. */
const file = (path: string, ...lines: string[]): File => ({ path, text: `${lines.join('\n')}\n` });
const code = (path: string, ...lines: string[]) => parseCode(file(path, ...lines));
const places = (faults: readonly Fault[]) => faults.map(({ path, line }) => `${path}:${line}`);
/** Words in parts, so that the rules do not find this file. */
const word = (...parts: string[]) => parts.join('');
const filler = (count: number) => Array.from({ length: count }, (_, at) => `  call(${at});`);

describe('texts', () => {
  test('a file of 401 lines is too long, one of 400 is not, and data may be longer', () => {
    expect(places(noLongFile(file('src/a.ts', ...filler(401))))).toEqual(['src/a.ts:1']);
    expect(noLongFile(file('src/a.ts', ...filler(400)))).toEqual([]);
    expect(noLongFile(file('resources/a.json', ...filler(401)))).toEqual([]);
  });

  test('a line of 101 characters is too long unless an address makes it so', () => {
    const address = `https://example.org/${'a'.repeat(100)}`;
    const long = file('src/a.ts', 'short', 'x'.repeat(101));
    expect(places(noLongLine(long))).toEqual(['src/a.ts:2']);
    expect(noLongLine(file('src/a.ts', 'x'.repeat(100), `// ${address}`))).toEqual([]);
  });

  test.each([word('FIX', 'ME'), word('TO', 'DO'), word('X', 'XX')])('%s is a left-over', (mark) => {
    expect(places(noLeftOver(file('docs/a.md', 'done', `${mark}: later`)))).toEqual([
      'docs/a.md:2',
    ]);
    expect(noLeftOver(file('docs/a.md', `${mark}S`))).toEqual([]);
  });

  test.each([
    word('@ts-', 'ignore'),
    word('@ts-', 'expect-error'),
    word('biome-', 'ignore'),
    word('oxlint-', 'disable'),
  ])('%s silences a check', (mark) => {
    expect(places(noSilencedCheck(file('src/a.ts', `// ${mark} rule`)))).toEqual(['src/a.ts:1']);
    expect(noSilencedCheck(file('docs/a.md', mark))).toEqual([]);
  });

  test.each(['home', 'Users', word('ro', 'ot'), 'work'])(
    'a path below /%s is of one machine',
    (top) => {
      expect(places(noMachinePath(file('a.sh', `cd /${top}/someone`)))).toEqual(['a.sh:1']);
      expect(places(noMachinePath(file('a.ts', `open('/${top}/b')`)))).toEqual(['a.ts:1']);
      expect(noMachinePath(file('a.ts', `import '../${top}/b.ts';`, `'src/${top}/b'`))).toEqual([]);
    },
  );

  test('a registry host is found, the word alone is not', () => {
    const host = `https://${word('regis', 'try')}.npmjs.org/a`;
    expect(places(noRegistryHost(file('package-lock.json', '{', host)))).toEqual([
      'package-lock.json:2',
    ]);
    expect(noRegistryHost(file('src/a.ts', `import './${word('regis', 'try')}.ts';`))).toEqual([]);
  });

  test.each(['src/utils/a.ts', 'src/a/helper.ts', 'test/Helpers/b.ts', 'src/util.ts'])(
    '%s is a heap',
    (path) => {
      expect(places(noHeap(file(path)))).toEqual([`${path}:1`]);
      expect(noHeap(file('src/utility/a.ts'))).toEqual([]);
    },
  );
});

describe('functions, exports, tests', () => {
  test('a function of 71 lines is too long, whatever its form', () => {
    const body = filler(69);
    const forms = ['function f() {', 'const f = () => {', 'const f = function () {'];
    for (const form of forms) {
      expect(places(noLongFunction(code('src/a.ts', '', form, ...body, '}')))).toEqual([
        'src/a.ts:2',
      ]);
      expect(noLongFunction(code('src/a.ts', form, ...filler(68), '}'))).toEqual([]);
    }
    const method = code('src/a.ts', 'class A {', 'f() {', ...body, '}', '}');
    expect(places(noLongFunction(method))).toEqual(['src/a.ts:2']);
  });

  test('a function that registers tests groups them, and only in a test', () => {
    const tests = ["test('b', () => {});", ...filler(69)];
    const grouped = ["describe('a', () => {", ...tests, '});'];
    expect(noLongFunction(code('test/a.test.ts', ...grouped))).toEqual([]);
    expect(places(noLongFunction(code('src/a.ts', ...grouped)))).toEqual(['src/a.ts:1']);
    const long = ["describe('a', () => {", "test('b', () => {", ...filler(69), '});', '});'];
    expect(places(noLongFunction(code('test/a.test.ts', ...long)))).toEqual(['test/a.test.ts:2']);
  });

  test('a default export is found in each of its forms, a tool configuration may have one', () => {
    expect(places(noDefaultExport(code('src/a.ts', 'export default 1;')))).toEqual(['src/a.ts:1']);
    const renamed = code('src/a.ts', 'const a = 1;', 'export { a as default };');
    expect(places(noDefaultExport(renamed))).toEqual(['src/a.ts:2']);
    expect(noDefaultExport(code('vite.config.ts', 'export default 1;'))).toEqual([]);
    expect(noDefaultExport(code('src/a.ts', 'export const a = 1;'))).toEqual([]);
  });

  test.each([
    "test.only('a', () => {});",
    "describe.only('a', () => {});",
    "test.skip('a', () => {});",
    "test.describe.skip('a', () => {});",
    "test.todo('a');",
    "test.skipIf(windows)('a', () => {});",
    "test('a', (context) => { context.skip(); });",
    "test('a', (context) => { context.skip(true); });",
    "test('a', () => { test.skip(true); });",
    'await page.waitForTimeout(50);',
  ])('%s leaves a test out without a word, or sleeps', (line) => {
    expect(places(noTestLeftOut(code('test/a.test.ts', '', line)))).toEqual(['test/a.test.ts:2']);
    expect(noTestLeftOut(code('src/a.ts', line))).toEqual([]);
  });

  test.each([
    "test('a', (context) => { context.skip(absent, 'no PostgreSQL for this system'); });",
    "test('a', () => { test.skip(absent, 'no browser'); });",
    'reader.skip(4);',
    "test.each([1])('a', () => {});",
  ])('%s is as it should be', (line) => {
    expect(noTestLeftOut(code('test/a.test.ts', line))).toEqual([]);
  });
});

describe('imports', () => {
  const graphOf = (sources: Record<string, string>) =>
    importGraph(Object.entries(sources).map(([path, text]) => parseCode({ path, text })));

  test('an import outside the table is found, also of a type, a re-export and import()', () => {
    const forms = [
      "import { a } from '../store/a.ts';",
      "import type { A } from '../store/a.ts';",
      "export { a } from '../store/a.ts';",
      "export const a = await import('../store/a.ts');",
      "export type A = import('../store/a.ts').A;",
    ];
    for (const form of forms) {
      const graph = graphOf({ 'src/main/engine/core/a.ts': `\n${form}\n` });
      expect(places(outsideTable(graph, importTable))).toEqual(['src/main/engine/core/a.ts:2']);
    }
    const allowed = graphOf({ 'src/main/engine/journal/a.ts': "import '../store/a.ts';" });
    expect(outsideTable(allowed, importTable)).toEqual([]);
  });

  test.each([
    ['src/renderer/features/lanes/a.ts', '../watch/b.ts'],
    ['src/renderer/features/lanes/parts/a.ts', '../../watch/b.ts'],
    ['src/renderer/ui/a.ts', '../app/b.ts'],
    ['src/main/engine/feed/a.ts', '../main.ts'],
    ['src/main/engine/outbox/a.ts', '../devices/uhppote/b.ts'],
    ['src/main/shell/a.ts', '../engine/step.ts'],
    ['src/shared/domain/a.ts', '../journal/b.ts'],
    ['src/training/a.ts', '../main/engine/core/b.ts'],
    ['src/elsewhere/a.ts', '../shared/lib/b.ts'],
  ])('%s may not import %s', (path, from) => {
    const graph = graphOf({ [path]: `import '${from}';` });
    expect(places(outsideTable(graph, importTable))).toEqual([`${path}:1`]);
  });

  test.each([
    ['src/renderer/features/lanes/parts/a.ts', '../b.ts'],
    ['src/main/engine/outbox/a.ts', '../devices/ports.ts'],
    ['src/main/engine/step.ts', './core/b.ts'],
    ['src/main/engine-process.ts', './engine/main.ts'],
  ])('%s may import %s', (path, from) => {
    const graph = graphOf({ [path]: `import '${from}';` });
    expect(outsideTable(graph, importTable)).toEqual([]);
  });

  test.each([
    ['src/main/engine/core/a.ts', 'better-sqlite3'],
    ['src/main/engine/api/a.ts', 'pg'],
    ['src/main/engine/step.ts', 'electron'],
    ['src/main/engine/sync/a.ts', 'node:http'],
    ['src/renderer/features/watch/a.ts', 'maplibre-gl'],
    ['src/shared/lib/a.ts', 'node:crypto'],
    ['src/renderer/live/a.ts', 'node:fs'],
    ['src/preload/a.ts', 'zod'],
    ['src/main/cli/a.ts', 'node:dgram'],
  ])('%s may not import the module %s', (path, name) => {
    const graph = graphOf({ [path]: `import '${name}';` });
    expect(places(outsideModules(graph, guardedModules))).toEqual([`${path}:1`]);
    const home =
      guardedModules.find(({ modules }) => modules.includes(name))?.only[0] ?? 'src/main';
    const inside = home.endsWith('.ts') ? home : `${home}/a.ts`;
    const atHome = graphOf({ [inside]: `import '${name}';` });
    expect(outsideModules(atHome, guardedModules)).toEqual([]);
  });

  test('a circle is told once, with its way, whatever kind of import closes it', () => {
    const graph = graphOf({
      'src/a.ts': "import './b.ts';",
      'src/b.ts': "import './c.ts';",
      'src/c.ts': "import type { A } from './a.ts';",
      'src/d.ts': "import './a.ts';",
    });
    expect(circles(graph).map(({ what }) => what)).toEqual([
      'src/a.ts → src/b.ts → src/c.ts → src/a.ts',
    ]);
    expect(circles(graphOf({ 'src/a.ts': "import './b.ts';", 'src/b.ts': '' }))).toEqual([]);
  });

  test('a file that no entry reaches is an orphan, also two that import each other', () => {
    const graph = graphOf({
      'src/main/host.ts': "import './host/a.ts';",
      'src/main/host/a.ts': '',
      'src/main/host/b.ts': "import './c.ts';",
      'src/main/host/c.ts': "import './b.ts';",
    });
    expect(places(orphans(graph, entries))).toEqual([
      'src/main/host/b.ts:1',
      'src/main/host/c.ts:1',
    ]);
  });

  test('an import without its extension, or of a file that is not there, is found', () => {
    const graph = graphOf({ 'src/a.ts': "import './b';\nimport './c.ts';", 'src/b.ts': '' });
    expect(places(missingFiles(graph))).toEqual(['src/a.ts:1', 'src/a.ts:2']);
  });

  test("a page's scripts and styles are its imports, and a style sheet's too", () => {
    const text = '<link rel="stylesheet" href="./a.css"><script src="/app/main.tsx"></script>';
    expect(pageImports({ path: 'src/renderer/index.html', text }).map(({ to }) => to)).toEqual([
      'src/renderer/a.css',
      'src/renderer/app/main.tsx',
    ]);
    const style = { path: 'src/renderer/ui/base.css', text: "\n@import './tokens.css';" };
    expect(pageImports(style)).toEqual([
      { to: 'src/renderer/ui/tokens.css', inside: true, line: 2 },
    ]);
  });
});

describe('packages', () => {
  test('a version that is a range, a tag or an address is not exact', () => {
    const dependencies = { a: '1.2.3', b: '^1.2.3', c: 'latest', d: '1.2.3-beta.17', e: '1.x' };
    const found = looseVersions(JSON.stringify({ dependencies, devDependencies: { f: '~1.0.0' } }));
    expect(found.map(({ what }) => what)).toEqual(['b ^1.2.3', 'c latest', 'e 1.x', 'f ~1.0.0']);
  });

  test('a lockfile entry that says where it came from is found', () => {
    const packages = { 'node_modules/a': { version: '1.0.0', resolved: 'a.tgz' } };
    expect(resolvedEntries(JSON.stringify({ packages })).map(({ what }) => what)).toEqual([
      'node_modules/a',
    ]);
    expect(resolvedEntries('{"packages":{"node_modules/a":{"version":"1.0.0"}}}')).toEqual([]);
  });

  test('an optional package that the lockfile lacks is found, a nested one is not', () => {
    const packages = {
      'node_modules/a': { optionalDependencies: { b: '1.0.0', c: '1.0.0', d: '1.0.0' } },
      'node_modules/b': {},
      'node_modules/a/node_modules/c': {},
    };
    expect(incompleteLock(JSON.stringify({ packages })).map(({ what }) => what)).toEqual([
      'node_modules/a needs d',
    ]);
  });
});
