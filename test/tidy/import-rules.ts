import { posix } from 'node:path';
import type { guardedModules } from './import-table.ts';
import type { Code, Fault } from './source.ts';

/** The files below src/ and what each imports there, by path. */
export interface ImportGraph {
  readonly paths: ReadonlySet<string>;
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
}

/** One import: `to` is a path from the root, or the module's name when it is not a file of ours. */
export interface Edge {
  readonly to: string;
  readonly inside: boolean;
  readonly line: number;
}

/** A page's scripts and styles are its imports; a style sheet imports others. */
const PAGE_SOURCE = /<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+)"/g;
const STYLE_SOURCE = /@import\s+(?:url\()?["']([^"']+)["']/g;

function edge(path: string, from: string, line: number): Edge {
  const name = from.replace(/[?#].*$/, '');
  if (!name.startsWith('.')) return { to: name, inside: false, line };
  return { to: posix.join(posix.dirname(path), name), inside: true, line };
}

/** What a page or a style sheet loads; a leading slash means the page's own folder. */
export function pageImports(page: { path: string; text: string }): Edge[] {
  const pattern = page.path.endsWith('.css') ? STYLE_SOURCE : PAGE_SOURCE;
  return [...page.text.matchAll(pattern)].map((match) => {
    const source = match[1] ?? '';
    const line = page.text.slice(0, match.index).split('\n').length;
    return edge(page.path, source.startsWith('/') ? `.${source}` : source, line);
  });
}

export function importGraph(
  codes: readonly Code[],
  pages: readonly { path: string; text: string }[] = [],
  otherPaths: readonly string[] = [],
): ImportGraph {
  const edges = new Map<string, Edge[]>();
  for (const { file, imports } of codes) {
    edges.set(
      file.path,
      imports.map(({ from, line }) => edge(file.path, from, line)),
    );
  }
  for (const page of pages) edges.set(page.path, pageImports(page));
  return { paths: new Set([...edges.keys(), ...otherPaths]), edges };
}

/** Whether the path lies in the zone; `*` in a zone stands for one folder. */
function zonePath(zone: string, path: string): string | undefined {
  const parts = path.split('/').slice(0, zone.split('/').length);
  const fits = zone.split('/').every((part, at) => part === '*' || part === parts[at]);
  return fits ? parts.join('/') : undefined;
}

/** The zone of a path: its row in the table, and the folder that it stands for. */
export function zoneOf(
  table: Readonly<Record<string, readonly string[]>>,
  path: string,
): { row: string; folder: string } | undefined {
  let best: { row: string; folder: string } | undefined;
  for (const row of Object.keys(table)) {
    const folder = zonePath(row, path);
    if (folder && folder.length > (best?.folder.length ?? 0)) best = { row, folder };
  }
  return best;
}

/** Imports between files that the table does not allow, and files in no zone of it. */
export function outsideTable(
  graph: ImportGraph,
  table: Readonly<Record<string, readonly string[]>>,
): Fault[] {
  const faults: Fault[] = [];
  for (const [path, edges] of graph.edges) {
    const zone = zoneOf(table, path);
    if (!zone) {
      if (!path.endsWith('.html')) {
        faults.push({ path, line: 1, rule: 'import table', what: 'in no zone of the table' });
      }
      continue;
    }
    for (const { to, inside, line } of edges) {
      const target = zoneOf(table, to);
      if (!inside || !to.startsWith('src/')) continue;
      if (target?.folder === zone.folder) continue;
      if (target && table[zone.row]?.includes(target.row)) continue;
      const what = `${zone.folder} may not import ${to}`;
      faults.push({ path, line, rule: 'import table', what });
    }
  }
  return faults;
}

function fitsModule(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** Imports of packages and built-in modules from where they are not allowed. */
export function outsideModules(graph: ImportGraph, guards: typeof guardedModules): Fault[] {
  const faults: Fault[] = [];
  for (const [path, edges] of graph.edges) {
    for (const { to, inside, line } of edges) {
      if (inside) continue;
      const broken = guards.find(
        ({ modules, only }) =>
          modules.some((pattern) => fitsModule(pattern, to)) &&
          !only.some((zone) => zonePath(zone, path)),
      );
      if (!broken) continue;
      const what = `${to} is for ${broken.only.join(', ')} only`;
      faults.push({ path, line, rule: 'guarded module', what });
    }
  }
  return faults;
}

/** Imports of files that are not there; also catches a missing extension. */
export function missingFiles(graph: ImportGraph): Fault[] {
  return [...graph.edges].flatMap(([path, edges]) =>
    edges
      .filter(({ to, inside }) => inside && to.startsWith('src/') && !graph.paths.has(to))
      .map(({ to, line }) => ({ path, line, rule: 'missing file', what: to })),
  );
}

/** Circles between files, each told once, from its first file in the order of the alphabet. */
export function circles(graph: ImportGraph): Fault[] {
  const faults: Fault[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: string[]) => {
    const at = trail.indexOf(path);
    if (at !== -1) {
      const what = [...trail.slice(at), path].join(' → ');
      faults.push({ path, line: 1, rule: 'circle', what });
      return;
    }
    if (done.has(path)) return;
    for (const { to, inside } of graph.edges.get(path) ?? []) {
      if (inside) walk(to, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of [...graph.edges.keys()].sort()) walk(path, []);
  return faults;
}

/** Files that no entry reaches. Types and ambient declarations count like all others. */
export function orphans(graph: ImportGraph, entries: readonly string[]): Fault[] {
  const reached = new Set<string>();
  const waiting = entries.filter((entry) => graph.paths.has(entry));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { to, inside } of graph.edges.get(path) ?? []) if (inside) waiting.push(to);
  }
  return [...graph.paths]
    .filter((path) => path.startsWith('src/') && !reached.has(path) && !path.endsWith('.d.ts'))
    .map((path) => ({ path, line: 1, rule: 'orphan', what: 'no entry reaches this file' }));
}
