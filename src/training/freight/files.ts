import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GoodsDataset } from '../../shared/domain/permit.ts';
import { Badges } from '../people/badges.ts';
import { GOODS_FILES } from '../site/training-site.ts';
import { goodsText } from './rows.ts';
import type { Freight } from './trips.ts';

/**
 * Writes the five reference data files of the trucks and their goods, each whole under its name or
 * not at all. Rejects with the file system's error.
 */
export async function writeFreight(folder: string, freight: Freight, year: number): Promise<void> {
  const text = goodsText(freight, new Badges(freight.seed), year);
  for (const name of Object.keys(GOODS_FILES) as GoodsDataset[]) {
    const path = join(folder, GOODS_FILES[name]);
    const temporary = `${path}.${process.pid}.tmp`;
    await writeFile(temporary, text[name]);
    await rename(temporary, path);
  }
}
