import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formOf } from '../../src/main/engine/reference/rows.ts';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import { tableOf } from '../../src/main/engine/reference/tables.ts';
import type { Sql } from '../../src/main/engine/store/database.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import type { Permit } from '../../src/shared/domain/permit.ts';
import { cached } from './cache.ts';
import { permitOf } from './zone.ts';

/** Raise it when what is built changes. */
const VERSION = 1;
const CHUNK = 10_000;

/** A dataset of permits, loaded: its database, its file, and the file's hash. */
export interface PermitStore {
  readonly dir: string;
  readonly count: number;
  readonly referencePath: string;
  readonly csvPath: string;
  readonly hash: string;
}

/** `count` permits as version 1 of the dataset, written past the loader since it is made once. */
export function permitStore(count: number, say: (line: string) => void): PermitStore {
  const dir = cached(`permits-${count}`, `permits ${VERSION}`, say, (making) => {
    const hash = writeCsv(join(making, 'permits.csv'), count);
    writeFileSync(join(making, 'permits.sha256'), hash);
    writeReference(join(making, 'reference.db'), count);
  });
  const hash = readFileSync(join(dir, 'permits.sha256'), 'utf8');
  const [referencePath, csvPath] = [join(dir, 'reference.db'), join(dir, 'permits.csv')];
  return { dir, count, referencePath, csvPath, hash };
}

function writeReference(path: string, count: number): void {
  const opened = openWriter(path, referenceSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  const db = opened.value;
  db.exec('PRAGMA synchronous = OFF');
  const { table, columns, values } = tableOf('permits');
  const places = [...columns, 'from_version'];
  const insert = db.write<Sql[]>(
    `INSERT INTO ${table} (${places.join(', ')}) VALUES (${places.map(() => '?').join(', ')})`,
  );
  for (let from = 0; from < count; from += CHUNK) {
    db.transaction(() => {
      const to = Math.min(from + CHUNK, count);
      for (let n = from; n < to; n += 1) insert.run(...values(permitOf(n)), 1);
    });
  }
  db.close();
}

/** Returns the file's SHA-256. */
function writeCsv(path: string, count: number): string {
  const sum = createHash('sha256');
  const add = (text: string) => {
    sum.update(text);
    appendFileSync(path, text);
  };
  add(`${formOf('permits').columns.join(',')}\n`);
  for (let from = 0; from < count; from += CHUNK) {
    const lines: string[] = [];
    for (let n = from; n < Math.min(from + CHUNK, count); n += 1) lines.push(csvLine(permitOf(n)));
    add(lines.join(''));
  }
  return sum.digest('hex');
}

function csvLine(permit: Permit): string {
  const when = (ms: number) => new Date(ms).toISOString();
  const { permit: id, person, credential, status, enterprise, trade } = permit;
  const from = when(permit.validFromMs);
  const cells: string[] = [
    id,
    person,
    credential,
    permit.class,
    status,
    from,
    when(permit.validToMs),
  ];
  const consent = permit.consentAtMs === null ? '' : when(permit.consentAtMs);
  cells.push(permit.areas.join('|'), '00:00-24:00', enterprise ?? '', consent, trade ?? '');
  return `${cells.join()}\n`;
}
