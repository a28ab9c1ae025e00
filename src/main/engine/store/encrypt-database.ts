import { chmodSync, closeSync, fsyncSync, openSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { openHandle } from './driver.ts';

interface Made {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/** Tables first; what would act while rows come in, or be kept up to date, comes after them. */
const WHOLE_SCHEMA = `SELECT type, name, sql FROM plain.sqlite_master
  WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type <> 'table', rowid`;
const HAS_SEQUENCE = "SELECT 1 FROM plain.sqlite_master WHERE name = 'sqlite_sequence'";

/**
 * Writes what a plain database holds into a new one, encrypted by the process's key. Row by row:
 * nothing plain is written anywhere meanwhile. Durable when it returns. Throws what SQLite throws;
 * the copy is of no use then.
 */
export function encryptDatabase(from: string, to: string): void {
  const handle = openHandle(to);
  try {
    handle.pragma('journal_mode = OFF');
    handle.pragma('synchronous = OFF');
    handle.pragma('cache_size = -64000');
    handle.pragma('foreign_keys = OFF');
    handle.prepare("ATTACH ? AS plain KEY ''").run(from);
    handle.exec('BEGIN');
    copySchemaAndRows(handle);
    for (const pragma of ['application_id', 'user_version']) {
      const value = handle.pragma(`plain.${pragma}`, { simple: true }) as number;
      handle.pragma(`main.${pragma} = ${value}`);
    }
    handle.exec('COMMIT; DETACH plain');
  } finally {
    handle.close();
  }
  chmodSync(to, 0o600);
  makeDurable(to);
}

function copySchemaAndRows(handle: Sqlite.Database): void {
  const made = handle.prepare(WHOLE_SCHEMA).all() as Made[];
  const tables = made.filter(({ type }) => type === 'table');
  for (const { sql } of tables) handle.exec(sql);
  for (const { name } of tables) copyRows(handle, name);
  if (handle.prepare(HAS_SEQUENCE).get() !== undefined) {
    handle.exec('DELETE FROM main.sqlite_sequence');
    copyRows(handle, 'sqlite_sequence');
  }
  for (const { type, sql } of made) if (type !== 'table') handle.exec(sql);
}

function copyRows(handle: Sqlite.Database, table: string): void {
  handle.exec(`INSERT INTO main."${table}" SELECT * FROM plain."${table}"`);
  const count = (of: string) => handle.prepare(`SELECT count(*) FROM ${of}."${table}"`).pluck();
  const [here, there] = [Number(count('main').get()), Number(count('plain').get())];
  if (here !== there) throw new Error(`of table ${table} ${here} rows of ${there} were copied`);
}

/** Waits until the disk has a file that SQLite wrote without waiting for it. */
export function makeDurable(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
