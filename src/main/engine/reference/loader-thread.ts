import { createHash, hash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { parentPort, workerData } from 'node:worker_threads';
import type { DatasetName, Permit } from '../../../shared/domain/permit.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { WritableDb } from '../store/database.ts';
import { openWriter } from '../store/open.ts';
import { eraseRows } from './erase-rows.ts';
import type {
  Changes,
  ErasedRows,
  EraseRequest,
  Loaded,
  LoadRequest,
  Outcome,
  RowChange,
} from './load-request.ts';
import { newPassCheck } from './new-pass.ts';
import { DatasetText } from './parse.ts';
import type { DatasetRows } from './rows.ts';
import { referenceSchema } from './schema.ts';
import { countInForce, dropStaged, type Staged, stageVersion } from './stage.ts';

/** A dataset file may be this large: a million permits in CSV are about 150 MB. */
const MAX_FILE_BYTES = 500_000_000;
const PIECE_BYTES = 1 << 18;
/** Half as much as is usual here makes a large load no slower; most starts load nothing. */
const CACHE_KIB = { looking: 4_000, loading: 24_000 };
/** Keys that a text changes which are named, of each way. */
const EXAMPLES = 20;

/** The one writer of reference.db: parses and stages a version off the engine's own thread. */
function loadDataset(db: WritableDb, request: LoadRequest): Result<Loaded> {
  const { dataset, format, mode, inForce, path, text } = request;
  const same = unchanged(request);
  const { sumOf, wrongOf } = heldAgainst(db, request);
  // A look says what is wrong with the text, also with one whose good rows were taken before.
  const known = request.take === 'nothing' ? new Set<string>() : knownHashes(db, request);
  if (path === null && known.has(sumOf(hash('sha256', text ?? '')))) return ok(same);
  // At every start the files are as they were: that is found out before any row is looked at.
  if (path !== null && known.size > 0 && known.has(sumOf(hashOfFile(path) ?? '-'))) return ok(same);
  const fault = path === null ? null : unreadable(path);
  if (fault !== null) return fault;
  db.exec(`PRAGMA cache_size = -${CACHE_KIB.loading}`);
  const read = new HashedText(path === null ? [Buffer.from(text ?? '')] : filePieces(path));
  const rows = new DatasetText(dataset, format, read, path ?? dataset, request.listed);
  const changes = countChanges();
  const { onRow } = changes;
  const staged = stageVersion(db, dataset, rows, mode, inForce.version, { wrongOf, onRow });
  if (!staged.ok) return staged;
  const outcome = outcomeOf(request, staged.value, rows.refusedCount);
  if (outcome !== 'staged') dropStaged(db, dataset, inForce.version);
  const { refused, refusedCount } = rows;
  // Taken as changes, a text says less than as the whole: it is no repetition of that.
  const sum = `${sumOf(read.hash())}${mode === 'delta' ? ' as changes' : ''}`;
  const told = { refused, refusedCount, hash: sum, outcome, fresh: outcome === 'staged' };
  const version = outcome === 'staged' ? staged.value.version : inForce.version;
  return ok({ dataset, ...staged.value, version, ...told, changes: changes.told() });
}

/** The very text that is in force already. */
function unchanged({ dataset, inForce }: LoadRequest): Loaded {
  const counts = { new: 0, changed: 0, same: inForce.rows, gone: 0 };
  const nothing = { changed: 0, refused: [], refusedCount: 0, fresh: false } as const;
  return { dataset, ...inForce, ...nothing, outcome: 'same', changes: { counts, examples: [] } };
}

function countChanges() {
  const counts: Record<RowChange, number> = { new: 0, changed: 0, same: 0, gone: 0 };
  const examples: { key: string; change: RowChange }[] = [];
  return {
    onRow(change: RowChange, key: string): void {
      counts[change] += 1;
      if (change !== 'same' && counts[change] <= EXAMPLES) examples.push({ key, change });
    },
    told: (): Changes => ({ counts, examples }),
  };
}

/** A file of the site makes a version in any case: what it says was looked at then. */
function outcomeOf({ inForce, take }: LoadRequest, { changed }: Staged, bad: number): Outcome {
  if (take === 'file') return 'staged';
  const isSame = changed === 0 && inForce.version > 0;
  if (isSame && bad === 0) return 'same';
  if (take === 'nothing') return 'looked-at';
  if (take === 'all' && bad > 0) return 'bad-rows';
  return isSame ? 'same' : 'staged';
}

/**
 * What rows are held against besides themselves: permits against the admission list. The same text
 * of permits says something else under another list, so that its sum names the list's version.
 */
function heldAgainst(db: WritableDb, { admissionList, dataset, inForce }: LoadRequest) {
  if (dataset !== 'permits' || admissionList === 0) {
    return { sumOf: (sum: string) => sum, wrongOf: undefined };
  }
  const check = newPassCheck(db, inForce.version, admissionList);
  const wrongOf = (row: DatasetRows[DatasetName]) => {
    const text = check(row as Permit);
    return text === null ? null : { column: 'trade', text };
  };
  return { sumOf: (sum: string) => `${sum} under admission list ${admissionList}`, wrongOf };
}

/**
 * Texts that need not be loaded: none where the rows in force are not here, as after the file of
 * the reference data was lost and made anew.
 */
function knownHashes(db: WritableDb, request: LoadRequest): ReadonlySet<string> {
  const { dataset, inForce, knownHash, mode } = request;
  const hashes = [inForce.hash, knownHash].filter((sum) => sum !== '');
  const isHere =
    mode === 'full' &&
    hashes.length > 0 &&
    countInForce(db, dataset, inForce.version) === inForce.rows;
  return new Set(isHere ? hashes : []);
}

/** A text in pieces, with the sum of what was read of it. */
class HashedText implements Iterable<string> {
  readonly #pieces: Iterable<Buffer>;
  readonly #sum = createHash('sha256');

  constructor(pieces: Iterable<Buffer>) {
    this.#pieces = pieces;
  }

  *[Symbol.iterator](): Generator<string> {
    const decoder = new StringDecoder('utf8');
    for (const piece of this.#pieces) {
      this.#sum.update(piece);
      yield decoder.write(piece);
    }
    yield decoder.end();
  }

  /** SHA-256 in hex; once everything was read. */
  hash(): string {
    return this.#sum.digest('hex');
  }
}

function unreadable(path: string): Result<never> | null {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) {
      return fail('dataset-too-large', `over ${MAX_FILE_BYTES} bytes`, path);
    }
    // A folder can be opened, but not read.
    const pieces = filePieces(path);
    pieces.next();
    pieces.return(undefined);
    return null;
  } catch (error) {
    return fail('dataset-unreadable', (error as Error).message, path);
  }
}

/** A file in pieces; the same memory is used for each. */
function* filePieces(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      yield piece.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

/** Null for a file that cannot be read: reading it as text then says why. */
function hashOfFile(path: string): string | null {
  try {
    const sum = createHash('sha256');
    for (const piece of filePieces(path)) sum.update(piece);
    return sum.digest('hex');
  } catch {
    return null;
  }
}

type Asked = { id: number } & ({ request: LoadRequest } | { erase: EraseRequest });

function carryOut(db: WritableDb, asked: Asked): Result<Loaded | ErasedRows> {
  return 'request' in asked ? attemptLoad(db, asked.request) : attemptErase(db, asked.erase);
}

function attemptErase(db: WritableDb, request: EraseRequest): Result<ErasedRows> {
  try {
    return ok(eraseRows(db, request));
  } catch (error) {
    return fail('rows-not-erased', (error as Error).message, db.path);
  }
}

/** The file is open while something is loaded only: what it caches is many times a quiet thread. */
function serve(port: NonNullable<typeof parentPort>): void {
  port.on('message', (message: Asked | 'close') => {
    if (message === 'close') {
      port.close();
      return;
    }
    const opened = openWriter(workerData as string, referenceSchema);
    if (opened.ok) opened.value.exec(`PRAGMA cache_size = -${CACHE_KIB.looking}`);
    const result = opened.ok ? carryOut(opened.value, message) : opened;
    if (opened.ok) opened.value.close();
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
