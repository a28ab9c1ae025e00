import { PersonalDataset } from '../../../shared/domain/permit.ts';
import type { Sql, WritableDb } from '../store/database.ts';
import type { ErasedRows, EraseRequest } from './load-request.ts';
import { countInForce } from './stage.ts';
import { tableOf } from './tables.ts';

/** Whose last permit ended before a moment, and whom the watch-list does not name any more. */
const IN_FORCE = 'from_version <= ? AND (to_version IS NULL OR to_version > ?)';
const ENDED = `
INSERT INTO temp.gone
SELECT person FROM permit
WHERE ${IN_FORCE} AND person NOT IN (SELECT value FROM json_each(?))
GROUP BY person
HAVING max(valid_to_ms) < ? AND person NOT IN (
  SELECT person FROM watch_entry WHERE to_ms > ? AND ${IN_FORCE})`;

/**
 * Takes rows of persons out of the reference data, those of every version: one person's, or those
 * of everybody whose time has come and with them what serves nobody any more. What is left stays in
 * force; the caller puts it there under a new version. Only counts them where that is asked.
 */
export function eraseRows(db: WritableDb, request: EraseRequest): ErasedRows {
  db.exec('PRAGMA temp_store = MEMORY');
  db.exec('CREATE TEMP TABLE IF NOT EXISTS gone (person TEXT PRIMARY KEY) WITHOUT ROWID');
  const erased = db.transaction(() => {
    db.exec('DELETE FROM temp.gone');
    nameThem(db, request);
    return PersonalDataset.options.map(
      (dataset) => [dataset, eraseOf(db, dataset, request)] as const,
    );
  });
  // The log still holds them; where somebody reads from it just now it is begun anew later.
  if (!request.countOnly) db.pragma('wal_checkpoint(TRUNCATE)');
  return Object.fromEntries(erased) as ErasedRows;
}

function nameThem(db: WritableDb, { inForce, whose }: EraseRequest): void {
  if ('person' in whose) {
    db.write<[string]>('INSERT INTO temp.gone VALUES (?)').run(whose.person);
    return;
  }
  const { beforeMs, keep, nowMs } = whose;
  const ended = db.write<[number, number, string, number, number, number, number]>(ENDED);
  const { permits, 'watch-list': watch } = inForce;
  ended.run(permits, permits, JSON.stringify(keep), beforeMs, nowMs, watch, watch);
}

function eraseOf(db: WritableDb, dataset: PersonalDataset, request: EraseRequest) {
  const { table } = tableOf(dataset);
  const version = request.inForce[dataset];
  const more = 'person' in request.whose ? '' : servesNobody(dataset, version, request.whose);
  const which = `FROM ${table} WHERE person IN (SELECT person FROM temp.gone) ${more}`;
  const before = countInForce(db, dataset, version);
  if (request.countOnly) {
    const counted = db.query<Sql[], { n: number }>(`SELECT count(*) AS n ${which}`).get();
    return { erased: counted?.n ?? 0, before, left: before };
  }
  const erased = db.write<Sql[]>(`DELETE ${which}`).run();
  return { erased, before, left: countInForce(db, dataset, version) };
}

/** Rows that a newer version replaced, and those that ended, or were taken, long enough ago. */
function servesNobody(
  dataset: PersonalDataset,
  version: number,
  { beforeMs }: { beforeMs: number },
) {
  const { columns } = tableOf(dataset);
  const end = ['to_ms', 'taken_ms'].find((column) => columns.includes(column));
  return `OR to_version <= ${version} ${end === undefined ? '' : `OR ${end} < ${beforeMs}`}`;
}
