import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type GoodsDataset, GoodsDataset as Names } from '../../src/shared/domain/permit.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { goodsCsv } from './goods-files.ts';
import { startWatchedZone } from './watched-zone.ts';

/**
 * A line's two lanes take vehicles: the first line's are in at door 1 and out at door 2, the second
 * line's 3 and 4.
 */
export function withCargoLanes(site: Site, checkpoint = 'first-1'): Site {
  const lanes = site.lanes.map((lane) => {
    return lane.checkpoint === checkpoint
      ? { ...lane, takes: ['vehicle' as const], pairWithinS: 20 }
      : lane;
  });
  const files = Object.fromEntries(Names.options.map((name) => [name, `${name}.csv`]));
  const goods = { auditSeed: 'seed of March', auditWithinDays: 5 };
  return { ...site, lanes, goods, datasets: { ...site.datasets, ...files } };
}

/**
 * A small zone on real boards whose first line takes vehicles. Holder n drives vehicle n, whose tag
 * the boards report as `tag(n)`.
 */
export async function startCargoZone(
  rows: Partial<Record<GoodsDataset, readonly string[]>>,
  drivers = 2,
) {
  const holders = Array.from({ length: drivers }, (_, i) => ({ n: i + 1 }));
  const started = await startWatchedZone(holders, {
    change: withCargoLanes,
    prepare(dataDir) {
      for (const name of Names.options) {
        writeFileSync(join(dirname(dataDir), `${name}.csv`), goodsCsv(name, rows[name] ?? []));
      }
    },
  });
  return { ...started, tag: (n: number) => 900_000 + n };
}
