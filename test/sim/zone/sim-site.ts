import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedSite, loadSite } from '../../../src/main/engine/site/load-site.ts';
import { resourcesDir } from '../../../src/main/engine/site/resources.ts';
import type { Site } from '../../../src/shared/domain/site.ts';
import { value } from '../../kit/journal-kit.ts';
import { smallSite } from '../../kit/small-site.ts';

const OUTLINE = [
  [114.07, 22.51],
  [114.09, 22.51],
  [114.08, 22.53],
];
export const FIRST_SERIAL = 405_419_001;

const name = (text: string) => ({ 'zh-HK': text, 'zh-CN': text, en: text });

interface LanePlan {
  readonly id: string;
  readonly checkpoint: string;
  readonly direction: 'in' | 'out' | 'across';
  readonly from: string;
  readonly to: string;
  readonly passage: 'door' | 'relay';
  readonly offline: 'deny' | 'roster';
}

function line(area: string, n: number, passage: LanePlan['passage']): LanePlan[] {
  const rest = { passage, offline: 'deny' } as const;
  const roster = { passage, offline: 'roster' } as const;
  const at = (side: 'first' | 'second') => ({ checkpoint: `${side}-1` });
  return [
    { id: `f-in-${n}`, ...at('first'), direction: 'in', from: 'beyond-first', to: area, ...rest },
    { id: `f-out-${n}`, ...at('first'), direction: 'out', from: area, to: 'beyond-first', ...rest },
    { id: `s-in-${n}`, ...at('second'), direction: 'in', from: 'beyond-second', to: area, ...rest },
    {
      ...{ id: `s-out-${n}`, ...at('second'), direction: 'out' as const },
      ...{ from: area, to: 'beyond-second', ...roster },
    },
  ];
}

const INNER: readonly LanePlan[] = [
  {
    ...{ id: 'i-park', checkpoint: 'inner-1', direction: 'across', from: 'loop', to: 'park' },
    ...{ passage: 'door', offline: 'roster' },
  },
  {
    ...{ id: 'i-loop', checkpoint: 'inner-1', direction: 'across', from: 'park', to: 'loop' },
    ...{ passage: 'door', offline: 'deny' },
  },
];

/** The first board guards one area, the second another, the third the way between them. */
const BOARDS: readonly (readonly LanePlan[])[] = [
  line('loop', 1, 'door'),
  line('park', 2, 'relay'),
  INNER,
];

export const MOST_BOARDS = BOARDS.length;

/** A zone of two small areas behind up to three boards, with datasets that a run keeps itself. */
export function simSite(boards: number): Site {
  const used = BOARDS.slice(0, boards);
  const addresses = used.map((_, i) => ({ serial: FIRST_SERIAL + i, address: `127.0.1.${i + 1}` }));
  const area = (id: string, soft: number, hard: number) => ({
    ...{ id, name: name(id), capacity: { soft, hard }, outline: OUTLINE, fictional: true },
  });
  const checkpoint = (id: string, of: string) => ({
    ...{ id, name: name(id), line: of, position: [114.08, 22.52] },
  });
  const lanes = used.flatMap((plan, i) =>
    plan.map((lane, door) => ({
      ...{ ...lane, name: name(lane.id), takes: ['person'], openS: 3, door: door + 1 },
      ...{ board: String(FIRST_SERIAL + i), onFailure: lane.direction === 'out' ? 'free' : 'shut' },
    })),
  );
  return smallSite([], {
    areas: [area('loop', 3, 5), area('park', 4, 6)],
    checkpoints: [
      ...[checkpoint('first-1', 'first'), checkpoint('second-1', 'second')],
      checkpoint('inner-1', 'inner'),
    ],
    lanes,
    boards: addresses.map(({ serial, address }) => ({
      ...{ serial: String(serial), driver: 'uhppote', address, port: 60_000 },
      ...{ badgeNumbers: '26-bit', cardCapacity: 200 },
    })),
    centre: {
      ...{ host: '127.0.0.1', port: 5432, database: 'central', user: 'console' },
      certificates: 'certificates',
    },
  });
}

/** Writes the site file and loads it as the console does; the datasets stay with the run. */
export function loadSimSite(dir: string, boards: number): LoadedSite {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'site.json');
  const site = simSite(boards);
  writeFileSync(file, JSON.stringify(site));
  for (const dataset of Object.values(site.datasets)) writeFileSync(join(dir, dataset), '');
  return value(loadSite(file, resourcesDir()));
}
