import { zoneOf } from './import-rules.ts';
import { guardedModules, importTable } from './import-table.ts';

/** One entry of `overrides` in .oxlintrc.json. */
export interface Override {
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, unknown>>;
}

/** How deep below a zone of single folders (`features/*`) files may lie. */
const MAX_DEPTH = 3;

const isFile = (row: string) => /\.\w+$/.test(row);
const escaped = (text: string) =>
  text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\\\//g, '/');

/**
 * A pattern for every text but the one given. The linter's expressions have no look-ahead, so it
 * is spelt out: differing at the first letter, at the second, …, or longer.
 */
function anythingBut(literal: string): string {
  const differing = [...literal].map(
    (letter, at) => `${escaped(literal.slice(0, at))}(?:[^${escaped(letter)}]|$)`,
  );
  return `(?:${[...differing, `${escaped(literal)}.`].join('|')})`;
}

/** The part of a row's path that an import names after climbing out of the importing zone. */
function beyond(folder: string, row: string): string[] {
  const here = folder.split('/');
  const there = row.split('/');
  const common = there.findIndex((part, at) => part !== here[at]);
  return common === -1 ? [] : there.slice(common);
}

/** What a relative import of a forbidden path looks like in a file of the zone `from`. */
function importOf(from: string, path: string, except: string | undefined): string {
  const folder = isFile(from) ? from.split('/').slice(0, -1).join('/') : from;
  const rest = beyond(folder, path)
    .map((part) => (part === '*' ? '[^/]+' : escaped(part)))
    .join('/');
  const inside = path.startsWith(`${folder}/`) || folder === path;
  const within = isFile(from) ? '\\./' : '\\.{1,2}/(?:\\.\\./)*';
  const climb = inside ? within : '(?:\\.\\./)+';
  if (isFile(path)) return `${climb}${rest}$`;
  const below = except ? anythingBut(except.slice(path.length + 1)) : '';
  return `${climb}${rest}${rest && '/'}${below}`;
}

/** Paths that files of `from` may not import: rows of the table, or a folder of nothing else. */
function forbidden(from: string): string[] {
  const open = [from, ...(importTable[from] ?? [])];
  const below = (path: string): string[] => {
    const rows = Object.keys(importTable).filter((row) => row.startsWith(`${path}/`));
    const isRow = path in importTable;
    const closed = !open.includes(path) && !rows.some((row) => open.includes(row));
    if (closed && !path.includes('*')) return [path];
    const next = new Set(rows.map((row) => row.split('/', path.split('/').length + 1).join('/')));
    const here = isRow && !open.includes(path) ? [path] : [];
    return [...here, ...[...next].flatMap(below)];
  };
  return below('src');
}

function zonePattern(from: string): string {
  const open = [from, ...(importTable[from] ?? [])];
  const patterns = forbidden(from).map((path) => {
    const within = open.filter((one) => one.startsWith(`${path}/`));
    if (within.length > 1) throw new Error(`${from}: one exception within ${path} is possible`);
    return importOf(from, path, within[0] === from ? undefined : within[0]);
  });
  return `^(?:${patterns.join('|')})`;
}

function modulePattern(from: string): string {
  const guarded = guardedModules.filter(
    ({ only }) => !only.some((zone) => from === zone || from.startsWith(`${zone}/`)),
  );
  const modules = guarded.flatMap((guard) => guard.modules);
  const patterns = modules.map((name) => escaped(name).replace(/\\\*$/, '.*'));
  return `^(?:${patterns.join('|')})$`;
}

function override(files: string[], from: string, patterns: string[]): Override {
  const message = `${from} may not import this: see test/tidy/import-table.ts`;
  const rule = ['error', { patterns: patterns.map((regex) => ({ regex, message })) }];
  return { files, rules: { 'no-restricted-imports': rule } };
}

/** A zone of single folders needs one entry a depth: only the climb tells a sibling from itself. */
function siblingOverrides(from: string, patterns: string[]): Override[] {
  return Array.from({ length: MAX_DEPTH }, (_, depth) => {
    const files = [`${from}/${'*/'.repeat(depth)}*.{ts,tsx}`];
    return override(files, from, [...patterns, `^(?:\\.\\./){${depth + 1}}[^.]`]);
  });
}

/**
 * The import table as the linter's boundary rules: shorter paths first, since the last entry that
 * fits a file holds.
 */
export function boundaryOverrides(): Override[] {
  const rows = Object.keys(importTable).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return rows.flatMap((from) => {
    const patterns = [zonePattern(from), modulePattern(from)];
    if (from.endsWith('/*')) return siblingOverrides(from, patterns);
    return [override([isFile(from) ? from : `${from}/**`], from, patterns)];
  });
}

/** Whether the table lets a file of one zone import a file of another. */
export function allows(fromPath: string, toPath: string): boolean {
  const from = zoneOf(importTable, fromPath);
  const to = zoneOf(importTable, toPath);
  if (!from || !to) return false;
  return from.folder === to.folder || (importTable[from.row] ?? []).includes(to.row);
}
