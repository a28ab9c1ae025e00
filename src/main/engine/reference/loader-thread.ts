import { createHash, hash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { WritableDb } from '../store/database.ts';
import { openWriter } from '../store/open.ts';
import type { Loaded, LoadRequest } from './load-request.ts';
import { parseDataset } from './parse.ts';
import { referenceSchema } from './schema.ts';
import { countInForce, stageVersion } from './stage.ts';

/** A dataset file may be this large: a million permits in CSV are about 150 MB. */
const MAX_FILE_BYTES = 500_000_000;
const PIECE_BYTES = 1 << 20;

/** The one writer of reference.db: parses and stages a version off the engine's own thread. */
function loadDataset(db: WritableDb, request: LoadRequest): Result<Loaded> {
  const { dataset, format, mode, inForce, path } = request;
  const nothing = { changed: 0, refused: [], refusedCount: 0, fresh: false };
  const same = { ...nothing, dataset, ...inForce };
  // At every start the files are as they were: they are not held in memory to find that out.
  const known = knownHashes(db, request);
  if (path !== null && known.has(hashOfFile(path) ?? '-')) return ok(same);
  const text = textOf(request);
  if (!text.ok) return text;
  const sha256 = hash('sha256', text.value);
  const where = path ?? dataset;
  if (known.has(sha256)) return ok(same);
  const parsed = parseDataset(dataset, format, text.value, where);
  if (!parsed.ok) return parsed;
  const { rows, refused, refusedCount } = parsed.value;
  if (rows.size === 0 && refusedCount > 0) {
    const first = refused[0];
    const place = `line ${first?.line}, ${first?.column}`;
    const says = `no row could be read; the first: ${place}: ${first?.text}`;
    return fail('dataset-unreadable', says, where);
  }
  // Nobody leaves the watch-list because a row of the new list could not be read.
  const partial = dataset === 'watch-list' && refusedCount > 0;
  const staged = stageVersion(db, dataset, rows, partial ? 'delta' : mode, inForce.version);
  const told = { refused: [...refused], refusedCount, hash: sha256, fresh: true };
  return ok({ dataset, ...staged, ...told });
}

/**
 * Texts that need not be loaded: none where the rows in force are not here, as after the file of
 * the reference data was lost and made anew.
 */
function knownHashes(db: WritableDb, request: LoadRequest): ReadonlySet<string> {
  const { dataset, inForce, knownHash, mode } = request;
  const known = mode === 'full' && countInForce(db, dataset, inForce.version) === inForce.rows;
  return new Set(known ? [inForce.hash, knownHash] : []);
}

/** Null for a file that cannot be read: reading it as text then says why. */
function hashOfFile(path: string): string | null {
  const sum = createHash('sha256');
  const piece = Buffer.alloc(PIECE_BYTES);
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    for (let read = -1; read !== 0; ) {
      read = readSync(file, piece);
      sum.update(piece.subarray(0, read));
    }
    return sum.digest('hex');
  } catch {
    return null;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function textOf(request: LoadRequest): Result<string> {
  if (request.path === null) return ok(request.text ?? '');
  try {
    if (statSync(request.path).size > MAX_FILE_BYTES) {
      return fail('dataset-too-large', `over ${MAX_FILE_BYTES} bytes`, request.path);
    }
    return ok(readFileSync(request.path, 'utf8'));
  } catch (error) {
    return fail('dataset-unreadable', (error as Error).message, request.path);
  }
}

function serve(port: NonNullable<typeof parentPort>): void {
  const opened = openWriter(workerData as string, referenceSchema);
  port.on('message', (message: { id: number; request: LoadRequest } | 'close') => {
    if (message === 'close') {
      if (opened.ok) opened.value.close();
      port.close();
      return;
    }
    const result = opened.ok ? attemptLoad(opened.value, message.request) : opened;
    port.postMessage({ id: message.id, result });
  });
}

/** Loads a dataset; whatever goes wrong is a fault. */
export function attemptLoad(db: WritableDb, request: LoadRequest): Result<Loaded> {
  try {
    return loadDataset(db, request);
  } catch (error) {
    return fail('dataset-not-stored', (error as Error).message, request.path ?? request.dataset);
  }
}

if (parentPort !== null) serve(parentPort);
