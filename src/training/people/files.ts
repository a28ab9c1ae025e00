import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetName } from '../../shared/domain/permit.ts';
import { DATASET_FILES } from '../site/training-site.ts';
import { Badges } from './badges.ts';
import { holderOf, type Population } from './holder.ts';
import { COLUMNS, csvLine, rowsOf } from './rows.ts';

/** Holders made between two writes: about 1 MB of text, so that memory stays small at any size. */
const CHUNK = 4000;
const NAMES = Object.keys(DATASET_FILES) as DatasetName[];

interface OpenFile {
  readonly name: DatasetName;
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
 * Writes the four reference data files of a population into a folder, streaming. Each appears whole
 * under its name or not at all. Rejects with the file system's error; nothing half-written stays.
 */
export async function writePeople(
  folder: string,
  population: Population,
  told: (made: number) => void = () => undefined,
): Promise<void> {
  const badges = new Badges(population.seed);
  const files = await openAll(folder);
  try {
    for (const { name, handle } of files) await handle.write(csvLine(COLUMNS[name]));
    for (let made = 0; made < population.people; ) {
      const end = Math.min(population.people, made + CHUNK);
      const text: Record<DatasetName, string> = {
        permits: '',
        persons: '',
        'watch-list': '',
        clearances: '',
      };
      for (; made < end; made += 1) {
        const rows = rowsOf(population, badges, holderOf(population, made));
        for (const name of NAMES) text[name] += rows[name];
      }
      for (const { name, handle } of files) await handle.write(text[name]);
      told(made);
    }
    for (const { handle } of files) await handle.close();
    for (const { temporary, path } of files) await rename(temporary, path);
  } catch (error) {
    for (const { handle, temporary } of files) {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true });
    }
    throw error;
  }
}
