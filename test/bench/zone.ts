import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadedSite, loadSite } from '../../src/main/engine/site/load-site.ts';
import { resourcesDir } from '../../src/main/engine/site/resources.ts';
import type { Permit } from '../../src/shared/domain/permit.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { type SmallBoard, smallSite } from '../kit/small-site.ts';

type Checkpoint = Site['checkpoints'][number];

export const AREA = 'loop';
/** Of a board. */
const DOORS = 4;
const ROOM = 10_000_000;
const FIRST_SERIAL = 405_000_001;
/** Cards of a facility: below the 65,536 that a 26-bit badge can number. */
const CARDS = 60_000;
const FROM_MS = Date.UTC(2020, 0, 1);
const TO_MS = Date.UTC(2090, 0, 1);

/** Boards with ports that are not there, for rows that speak to none. */
export function absentBoards(count: number): SmallBoard[] {
  return Array.from({ length: count }, (_, i) => ({ serial: FIRST_SERIAL + i, port: 1 + i }));
}

export interface BenchSiteOptions {
  readonly datasets?: Site['datasets'] | undefined;
  /** Checkpoints besides the first one; the boards are spread over all. */
  readonly checkpoints?: readonly Checkpoint[] | undefined;
  /** Cards that each board keeps for its ways out; none by default. */
  readonly roster?: number | undefined;
}

/**
 * A zone of one area with room for everybody, four lanes on each board, all over the first line:
 * doors 1 and 3 in, 2 and 4 out.
 */
export function benchSite(
  boards: readonly SmallBoard[],
  { datasets = {}, checkpoints: more = [], roster }: BenchSiteOptions = {},
): Site {
  const site = smallSite(boards);
  const area = must(site.areas[0], 'area');
  const first = ['first-1', ...more.map(({ id }) => id)];
  const lanes = site.lanes.map((lane, n) => {
    const isIn = lane.direction === 'in';
    const places = isIn ? { from: 'beyond-first', to: AREA } : { from: AREA, to: 'beyond-first' };
    const checkpoint = first[Math.floor(n / DOORS) % first.length];
    const offline = roster !== undefined && !isIn ? 'roster' : 'deny';
    return { ...lane, ...places, checkpoint, offline, openS: 1 };
  });
  return smallSite(boards, {
    areas: [{ ...area, capacity: { soft: ROOM, hard: ROOM } }],
    lanes,
    boards: site.boards.map((board) => {
      return roster === undefined ? board : { ...board, cardCapacity: roster };
    }),
    datasets,
    checkpoints: [...site.checkpoints, ...more],
  });
}

/** Further checkpoints of the first line, around the area; boards are spread over all of them. */
export function checkpointsAround(count: number): Checkpoint[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const position = [114.08 + 0.012 * Math.cos(angle), 22.517 + 0.012 * Math.sin(angle)];
    const name = { 'zh-HK': `${i + 2} 號`, 'zh-CN': `${i + 2} 号`, en: `Gate ${i + 2}` };
    return { id: `first-${i + 2}`, name, line: 'first', position } as Checkpoint;
  });
}

/** Writes the site file into a folder and loads it as the engine does. */
export function writeBenchSite(
  dir: string,
  boards: readonly SmallBoard[],
  options: BenchSiteOptions = {},
): { siteFile: string; loaded: LoadedSite } {
  const siteFile = join(dir, 'site.json');
  writeFileSync(siteFile, JSON.stringify(benchSite(boards, options)));
  const loaded = loadSite(siteFile, resourcesDir());
  if (!loaded.ok) throw new Error(loaded.fault.text);
  return { siteFile, loaded: loaded.value };
}

/** Holder n (from 0) has permit SP-n, person P-n and a 26-bit badge. */
export function permitOf(n: number): Permit {
  return {
    permit: `SP-${n}`,
    person: `P-${n}`,
    credential: credentialOf(n),
    class: 'special-pass',
    status: 'active',
    validFromMs: FROM_MS,
    validToMs: TO_MS,
    areas: [AREA],
    hours: { fromMinute: 0, toMinute: 1440 },
    enterprise: `E-${n % 400}`,
    consentAtMs: FROM_MS,
    trade: 'engineer',
  } as unknown as Permit;
}

export function credentialOf(n: number): string {
  return `h10301/${1 + Math.floor(n / CARDS)}/${1 + (n % CARDS)}`;
}

/** Holder n's badge as a board reports it. */
export function cardOf(n: number): number {
  return (1 + Math.floor(n / CARDS)) * 100_000 + 1 + (n % CARDS);
}

/** The lane at a board's door, boards counted from 0. */
export function laneAt(board: number, door: number): string {
  return `${['f-in', 'f-out', 's-in', 's-out'][door - 1]}-${board + 1}`;
}
