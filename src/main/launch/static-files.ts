import { createReadStream, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Readable } from 'node:stream';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.geojson': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
const MAX_FILES = 4_000;

export interface StaticFile {
  readonly type: string;
  readonly bytes: number;
  /** Its name carries a digest of its content: it may be kept for good. */
  readonly lasting: boolean;
  open(): Readable;
}

/**
 * The page's files, by the paths they have in addresses. The folder is listed once; what is not in
 * the list does not exist, so no address can lead out of it. Later builds need a new start.
 */
export class StaticFiles {
  readonly #files: ReadonlyMap<string, string>;

  constructor(dir: string) {
    this.#files = listFiles(dir);
  }

  get empty(): boolean {
    return this.#files.size === 0;
  }

  /** `path` as it stands in an address, decoded; `/` is the page itself. */
  find(path: string): StaticFile | null {
    const name = path === '/' ? '/index.html' : path;
    const file = this.#files.get(name);
    if (file === undefined) return null;
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) return null;
    return {
      type: TYPES[extname(file)] ?? 'application/octet-stream',
      bytes: size,
      lasting: name.startsWith('/assets/'),
      open: () => createReadStream(file, { end: Math.max(0, size - 1) }),
    };
  }
}

function listFiles(dir: string): Map<string, string> {
  const files = new Map<string, string>();
  const folders = [''];
  for (let at = folders.pop(); at !== undefined && files.size < MAX_FILES; at = folders.pop()) {
    for (const entry of readFolder(join(dir, at))) {
      const path = `${at}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) files.set(path, join(dir, path));
    }
  }
  return files;
}

function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
