import { hash } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { driverText } from '../freight/rows.ts';
import type { Freight } from '../freight/trips.ts';
import { DATASET_FILES, type PeopleDataset } from '../site/training-site.ts';
import { Badges } from './badges.ts';
import { holderOf, type Population } from './holder.ts';
import { COLUMNS, csvLine, rowsOf } from './rows.ts';

/** Holders made between two writes: about 1 MB of text, so that memory stays small at any size. */
const CHUNK = 4000;
/** Says of which people the files were made. */
const MARK_FILE = 'people.made';
const NAMES = Object.keys(DATASET_FILES) as PeopleDataset[];

interface OpenFile {
  readonly name: PeopleDataset;
  readonly path: string;
  readonly temporary: string;
  readonly handle: FileHandle;
}

async function openAll(folder: string): Promise<OpenFile[]> {
  const files: OpenFile[] = [];
  for (const name of NAMES) {
    const path = join(folder, DATASET_FILES[name]);
    const temporary = `${path}.${process.pid}.tmp`;
    files.push({ name, path, temporary, handle: await open(temporary, 'w') });
  }
  return files;
}

/**
 * Writes the four reference data files of a population into a folder, streaming, with those who
 * drive its trucks after it; files that an
 * earlier run made of the same people stay as they are. Each appears whole under its name or not at
 * all. Rejects with the file system's error; nothing half-written stays.
 */
export async function writePeople(
  folder: string,
  population: Population,
  told: (made: number) => void = () => undefined,
  freight: Freight | null = null,
): Promise<void> {
  const badges = new Badges(population.seed);
  const first = textOf(population, badges, 0);
  const drivers = freight === null ? null : driverText(freight, badges, population.year);
  const made = markOf(population, first, freight);
  if ((await readMark(folder)) === (await withFiles(folder, made))) return;
  const files = await openAll(folder);
  try {
    for (const { name, handle } of files) await handle.write(csvLine(COLUMNS[name]));
    for (let from = 0; from < population.people; from += CHUNK) {
      const text = from === 0 ? first : textOf(population, badges, from);
      for (const { name, handle } of files) await handle.write(text[name]);
      told(Math.min(population.people, from + CHUNK));
    }
    if (drivers !== null) for (const { name, handle } of files) await handle.write(drivers[name]);
    for (const { handle } of files) await handle.close();
    for (const { temporary, path } of files) await rename(temporary, path);
  } catch (error) {
    for (const { handle, temporary } of files) {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true });
    }
    throw error;
  }
  await writeFile(join(folder, MARK_FILE), await withFiles(folder, made));
}

/** The rows of the holders from one number on, a chunk of them. */
function textOf(population: Population, badges: Badges, from: number) {
  const text: Record<PeopleDataset, string> = {
    permits: '',
    persons: '',
    'watch-list': '',
    clearances: '',
  };
  const end = Math.min(population.people, from + CHUNK);
  for (let n = from; n < end; n += 1) {
    const rows = rowsOf(population, badges, holderOf(population, n));
    for (const name of NAMES) text[name] += rows[name];
  }
  return text;
}

/** Another version of this program makes other rows, and shows it in the first of them. */
function markOf(
  population: Population,
  first: Record<PeopleDataset, string>,
  freight: Freight | null,
): string {
  const of = JSON.stringify(freight === null ? population : { ...population, freight });
  return `${of} ${hash('sha256', NAMES.map((name) => first[name]).join())}`;
}

/** With how the files look now: one that somebody changed is written anew. */
async function withFiles(folder: string, made: string): Promise<string> {
  const looks = NAMES.map(async (name) => {
    const look = await stat(join(folder, DATASET_FILES[name])).catch(() => null);
    return look === null ? 'absent' : `${look.size} ${look.mtimeMs}`;
  });
  return [made, ...(await Promise.all(looks))].join('\n');
}

function readMark(folder: string): Promise<string | null> {
  return readFile(join(folder, MARK_FILE), 'utf8').catch(() => null);
}
