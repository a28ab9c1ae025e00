import type { CheckpointId, ConsoleId, ReaderId } from '../../shared/domain/ids.ts';
import {
  type Site,
  type SiteArea,
  type SiteCentre,
  type SiteCheckpoint,
  SiteShape,
} from '../../shared/domain/site.ts';
import type { SiteUhppoteBoard } from '../../shared/domain/site-board.ts';
import type { ShippedRegime } from '../../shared/regime/shipped.ts';
import {
  AREA_NAMES,
  ATTRIBUTION,
  CHECKPOINTS,
  FIRST_LINE,
  INNER_PASSAGE,
  LOOP_OUTLINE,
  MAP_CENTRE,
  MAP_ZOOM,
  RIVER,
  SAN_TIN_OUTLINE,
  SECOND_LINES,
} from '../geography.ts';
import { LOOP, SAN_TIN } from '../zone.ts';
import { freightLanes, trainingLanes } from './lanes.ts';
import { datasetsOf, virtualAreasOf } from './regime-files.ts';

/** Cards that a training board states it holds; the maker's figure for this model. */
const CARD_CAPACITY = 20_000;

/**
 * The share of all permit holders that an area takes. On Mondays at most 0.45 of them are in the
 * Loop and 0.24 in San Tin, on Saturdays 0.49 and 0.27: `soft` warns on the busiest days, and
 * `hard` is beyond what any ordinary day brings.
 */
const ROOM = {
  loop: { soft: 0.48, hard: 0.62 },
  sanTin: { soft: 0.27, hard: 0.36 },
} as const;
/** The desk's key for permits' codes, beside the site file. */
export const CODE_KEY_FILE = 'code-key.pem';

/** Small zones swing more, so that no area takes fewer than this. */
const LEAST_ROOM = 40;

export interface SiteSetting {
  readonly consoleId: ConsoleId;
  readonly lanes: number;
  readonly people: number;
  /** Trucks that come and go through two lanes of their own; left out: none. */
  readonly trucks?: number | undefined;
  /** Where the boards already listen, in the order of their serials. */
  readonly boards: readonly Pick<SiteUhppoteBoard, 'serial' | 'address' | 'port'>[];
  readonly clock: { readonly address: string; readonly port: number };
  readonly centre: SiteCentre | null;
  /** One of those that the console ships; the buffer zone's where none is named. */
  readonly regime?: ShippedRegime | undefined;
  /** The public half of the key that the desk signs permits' codes with. */
  readonly codeKey: string;
}

/** The reference data beside the site file. */
export const DATASET_FILES = {
  permits: 'permits.csv',
  persons: 'persons.csv',
  'watch-list': 'watch-list.csv',
  clearances: 'clearances.csv',
} as const;
/** The datasets that the training zone fills. */
export type PeopleDataset = keyof typeof DATASET_FILES;

/** Beside them where there are trucks. */
export const GOODS_FILES = {
  enterprises: 'enterprises.csv',
  consignments: 'consignments.csv',
  'consignment-lines': 'consignment-lines.csv',
  vehicles: 'vehicles.csv',
  slots: 'slots.csv',
} as const;

/** What trucks add to the site: their lanes come last, on the last board. */
function freightOf({ boards, trucks = 0 }: SiteSetting) {
  const last = boards.at(-1);
  if (trucks === 0 || last === undefined) return { lanes: [], datasets: {}, goods: undefined };
  const goods = { auditSeed: 'training-audits', auditWithinDays: 1 };
  return { lanes: freightLanes(last.serial), datasets: GOODS_FILES, goods };
}

function areas(people: number): SiteArea[] {
  const room = ({ soft, hard }: { soft: number; hard: number }) => ({
    soft: Math.max(LEAST_ROOM, Math.round(people * soft)),
    hard: Math.max(LEAST_ROOM + 10, Math.round(people * hard)),
  });
  const fictional = true;
  return [
    {
      id: LOOP,
      name: AREA_NAMES.loop,
      capacity: room(ROOM.loop),
      outline: [...LOOP_OUTLINE],
      fictional,
    },
    {
      id: SAN_TIN,
      name: AREA_NAMES['san-tin'],
      capacity: room(ROOM.sanTin),
      outline: [...SAN_TIN_OUTLINE],
      fictional,
    },
  ];
}

function siteMap(): Site['map'] {
  return {
    centre: MAP_CENTRE,
    zoom: MAP_ZOOM,
    water: [[...RIVER]],
    lines: [
      { line: 'first', path: [...FIRST_LINE] },
      ...SECOND_LINES.map((path) => ({ line: 'second' as const, path: [...path] })),
      { line: 'inner', path: [...INNER_PASSAGE] },
    ],
    attribution: ATTRIBUTION,
    hosts: [],
  };
}

/**
 * The training zone as a site file, of the same shape as a real one. Throws where it would not be
 * valid, which would be a mistake of this program.
 */
export function trainingSite(setting: SiteSetting): Site {
  const serials = setting.boards.map((board) => board.serial);
  const freight = freightOf(setting);
  const lanes = [...trainingLanes(setting.lanes, serials), ...freight.lanes];
  const used = new Set<string>(lanes.map((lane) => lane.checkpoint));
  const checkpoints: SiteCheckpoint[] = CHECKPOINTS.filter(({ id }) => used.has(id)).map(
    ({ id, name, line, position }) => ({ id: id as CheckpointId, name, line, position }),
  );
  return SiteShape.parse({
    id: 'training-zone',
    version: 1,
    name: { 'zh-HK': '訓練區', 'zh-CN': '训练区', en: 'Training zone' },
    training: { clock: setting.clock },
    console: setting.consoleId,
    regime: setting.regime ?? 'cma-buffer-zone',
    areas: areas(setting.people),
    virtualAreas: virtualAreasOf(setting.regime),
    checkpoints,
    lanes,
    boards: setting.boards.map((board) => ({
      ...board,
      driver: 'uhppote',
      badgeNumbers: '26-bit',
      cardCapacity: CARD_CAPACITY,
    })),
    readers: [{ id: 'desk-1' as ReaderId, driver: 'pcprox', use: 'desk' }],
    codes: {
      keys: [{ id: 'training', x: setting.codeKey }],
      replayMinutes: 10,
      signing: { key: 'training', file: CODE_KEY_FILE, hours: 12 },
    },
    // Whoever tries the zone out may have a full disk and no wish to hear of it.
    disk: { lowPercent: 2, veryLowPercent: 1, ballastMegabytes: 8 },
    goods: freight.goods,
    datasets: { ...DATASET_FILES, ...datasetsOf(setting.regime), ...freight.datasets },
    centre: setting.centre,
    map: siteMap(),
  });
}
