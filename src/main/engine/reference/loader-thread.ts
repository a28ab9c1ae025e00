import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { WritableDb } from '../store/database.ts';
import { openWriter } from '../store/open.ts';
import type { Loaded, LoadRequest } from './load-request.ts';
import { parseDataset } from './parse.ts';
import { referenceSchema } from './schema.ts';
import { stageVersion } from './stage.ts';

/** A dataset file may be this large: a million permits in CSV are about 150 MB. */
const MAX_FILE_BYTES = 500_000_000;

/** The one writer of reference.db: parses and stages a version off the engine's own thread. */
function loadDataset(db: WritableDb, request: LoadRequest): Result<Loaded> {
  const text = textOf(request);
  if (!text.ok) return text;
  const sha256 = hash('sha256', text.value);
  const where = request.path ?? request.dataset;
  const { dataset, format, mode, inForce } = request;
  if (mode === 'full' && sha256 === request.inForceHash) {
    const nothing = { rows: 0, changed: 0, refused: [], refusedCount: 0 };
    return ok({ ...nothing, dataset, version: inForce, hash: sha256, fresh: false });
  }
  const parsed = parseDataset(dataset, format, text.value, where);
  if (!parsed.ok) return parsed;
  const { rows, refused, refusedCount } = parsed.value;
  if (rows.size === 0 && refusedCount > 0) {
    const first = refused[0];
    const place = `line ${first?.line}, ${first?.column}`;
    const says = `no row could be read; the first: ${place}: ${first?.text}`;
    return fail('dataset-unreadable', says, where);
  }
  const staged = stageVersion(db, dataset, rows, mode, inForce);
  const told = { refused: [...refused], refusedCount, hash: sha256, fresh: true };
  return ok({ dataset, ...staged, ...told });
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
    const result = opened.ok ? attempt(opened.value, message.request) : opened;
    port.postMessage({ id: message.id, result });
  });
}

function attempt(db: WritableDb, request: LoadRequest): Result<Loaded> {
  try {
    return loadDataset(db, request);
  } catch (error) {
    return fail('dataset-not-stored', (error as Error).message, request.path ?? request.dataset);
  }
}

if (parentPort !== null) serve(parentPort);
