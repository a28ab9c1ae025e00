import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedModules, importTable } from './import-table.ts';
import { allows, boundaryOverrides } from './oxlint-boundaries.ts';

/**
 * The linter's boundary rules are shown to be the import table: every zone imports every other in a
 * planted tree, and the linter must report exactly what the table forbids.
 */
const configPath = new URL('../../.oxlintrc.json', import.meta.url);
const config: { overrides: { rules?: Record<string, unknown> }[] } = JSON.parse(
  readFileSync(configPath, 'utf8'),
);

/** A file of each zone: at its top, and two folders down where the zone is a folder. */
function filesOf(row: string): string[] {
  if (/\.\w+$/.test(row)) return [row];
  const folder = row.replace('*', 'watch');
  return [`${folder}/planted.ts`, `${folder}/deep/down/planted.ts`];
}

const targets = [
  ...Object.keys(importTable).map((row) => filesOf(row)[0] ?? row),
  'src/renderer/features/lanes/planted.ts',
];
const modules = guardedModules.flatMap((guard) =>
  guard.modules.map((name) => name.replace('*', 'planted')),
);

function relative(from: string, to: string): string {
  const here = dirname(from).split('/');
  const there = to.split('/');
  const common = there.findIndex((part, at) => part !== here[at]);
  const climb = here.length - common;
  return `${climb === 0 ? './' : '../'.repeat(climb)}${there.slice(common).join('/')}`;
}

const folder = mkdtempSync(join(tmpdir(), 'twoline-boundaries-'));
/** `path:line` of everything the linter reported. */
const reported = new Set<string>();
/** The imports that each planted file holds, in the order of its lines. */
const planted = new Map<string, string[]>();

beforeAll(() => {
  for (const path of Object.keys(importTable).flatMap(filesOf)) {
    const imports = [...targets.filter((target) => target !== path), ...modules];
    const lines = imports.map((to) =>
      to.startsWith('src/') ? `import '${relative(path, to)}';` : `import '${to}';`,
    );
    planted.set(path, imports);
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), `${lines.join('\n')}\n`);
  }
  const overrides = config.overrides.filter((entry) => entry.rules?.['no-restricted-imports']);
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify({ overrides }));
  const require = createRequire(import.meta.url);
  const script = join(dirname(require.resolve('oxlint/package.json')), 'bin', 'oxlint');
  const args = [script, '-A', 'all', '--format', 'unix'];
  const { stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  for (const match of stdout.matchAll(/^(?:\.\/)?(src\/[^:]+):(\d+):\d+: .*no-restricted/gm)) {
    reported.add(`${match[1]}:${match[2]}`);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the lint configuration is the one written from the import table', () => {
  const written = config.overrides.filter((entry) => entry.rules?.['no-restricted-imports']);
  expect(written, 'run: node test/tidy/write-boundaries.ts').toEqual(boundaryOverrides());
});

function moduleAllowed(path: string, name: string): boolean {
  return guardedModules
    .filter(({ modules: names }) =>
      names.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name)),
    )
    .every(({ only }) => only.some((zone) => path === zone || path.startsWith(`${zone}/`)));
}

test.each(Object.keys(importTable).flatMap(filesOf))(
  'the linter knows what %s may import',
  (path) => {
    const differing = (planted.get(path) ?? []).filter((to, at) => {
      const allowed = to.startsWith('src/') ? allows(path, to) : moduleAllowed(path, to);
      return allowed === reported.has(`${path}:${at + 1}`);
    });
    expect(differing).toEqual([]);
  },
);
