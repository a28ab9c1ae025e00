import { readFileSync } from 'node:fs';
import type { CheckpointId, LaneId, PermitId, PersonId } from '../../../src/shared/domain/ids.ts';
import { AreaId, EnterpriseId } from '../../../src/shared/domain/ids.ts';
import type { Direction, Line, SubjectKind } from '../../../src/shared/domain/line.ts';
import { isArea, type Place } from '../../../src/shared/domain/place.ts';
import type { PermitFacts, PersonFacts } from '../../../src/shared/regime/person-facts.ts';
import { parseRegime, type Regime } from '../../../src/shared/regime/regime-file.ts';
import { readRegime, type SiteLanes } from '../../../src/shared/regime/resolve.ts';

export const LOOP = AreaId.parse('loop');
export const SAN_TIN = AreaId.parse('san-tin');

/** A moment in Hong Kong time, ms since 1970. */
export function hk(text: string): number {
  return Date.parse(`${text}+08:00`);
}

export const NOON = hk('2026-03-09T12:00:00');

export const PASS: PermitFacts = {
  permit: 'P-1' as PermitId,
  status: 'active',
  validFromMs: hk('2026-01-01T00:00:00'),
  validToMs: hk('2026-12-31T18:00:00'),
  areas: [LOOP],
  hours: { fromMinute: 6 * 60, toMinute: 22 * 60 },
  consentAtMs: hk('2026-01-02T09:30:00'),
  enterprise: EnterpriseId.parse('E-7'),
};

/** The facts of a special-pass holder who may enter the Loop over the first line, at noon. */
export const COMMUTER: PersonFacts = {
  atMs: NOON,
  line: 'first',
  direction: 'in',
  kind: 'person',
  class: 'special-pass',
  from: 'beyond-first',
  to: LOOP,
  laneTakes: ['person'],
  laneLocked: false,
  person: 'H-1' as PersonId,
  permit: PASS,
  suspended: { person: false, permit: false, enterprise: false },
  watchlisted: false,
  presence: { place: 'beyond-first', unknown: false, sinceMs: NOON - 1000, reserved: false },
  area: { id: LOOP, inside: 10, reserved: 1, soft: 50, hard: 60 },
  clearance: null,
  escort: 'none',
  code: null,
  roster: [{ roster: 'tenants', fromMs: hk('2026-01-01T00:00:00'), toMs: null }],
  healthTest: { takenMs: NOON - 3_600_000, result: 'negative' },
};

export function given(changes: Partial<PersonFacts>): PersonFacts {
  return { ...COMMUTER, ...changes };
}

export function permitted(changes: Partial<PermitFacts>): PersonFacts {
  return given({ permit: { ...PASS, ...changes } });
}

export function at(place: Place | null): PersonFacts['presence'] {
  return { place, unknown: false, sinceMs: place === null ? null : NOON - 1000, reserved: false };
}

/** Places and area that fit a line and a direction, with room in the area. */
export function crossing(
  line: Line,
  direction: Direction,
): Pick<PersonFacts, 'line' | 'direction' | 'from' | 'to' | 'area' | 'presence'> {
  const beyond = line === 'second' ? 'beyond-second' : 'beyond-first';
  const from: Place = direction === 'in' ? beyond : LOOP;
  const to: Place = direction === 'in' ? LOOP : direction === 'out' ? beyond : SAN_TIN;
  const room = { inside: 3, reserved: 0, soft: 50, hard: 60 };
  const area = isArea(to) ? { id: to, ...room } : null;
  return { line, direction, from, to, area, presence: at(from) };
}

/** Every regime that the console ships. */
export const SHIPPED = [
  'cma-buffer-zone',
  'hetao-two-parks',
  'hengqin',
  'xiao-geng-special-zone',
  'zhang-special-passage',
] as const;
type Shipped = (typeof SHIPPED)[number];

function pathOf(name: Shipped): URL {
  return new URL(`../../../resources/regimes/${name}.json`, import.meta.url);
}

export const CMA_PATH = pathOf('cma-buffer-zone');

export function regimeText(name: Shipped): string {
  return readFileSync(pathOf(name), 'utf8');
}

export function shippedRegime(name: Shipped): Regime {
  const parsed = parseRegime(regimeText(name), `${name}.json`);
  if (!parsed.ok) throw new Error(parsed.fault.text);
  return parsed.value;
}

export function cmaText(): string {
  return regimeText('cma-buffer-zone');
}

export function cmaRegime(): Regime {
  return shippedRegime('cma-buffer-zone');
}

const PASSAGES: readonly (readonly [Line, Direction])[] = [
  ['first', 'in'],
  ['first', 'out'],
  ['second', 'in'],
  ['second', 'out'],
  ['inner', 'across'],
];

/** A site with one lane for each line and direction, taking these kinds. */
export function everyLane(takes: readonly SubjectKind[]): SiteLanes {
  const words = { 'zh-HK': '通道', 'zh-CN': '通道', en: 'lane' };
  return {
    checkpoints: (['first', 'second', 'inner'] as const).map((line) => ({
      id: `C-${line}` as CheckpointId,
      name: words,
      line,
      position: [114, 22] as [number, number],
    })),
    lanes: PASSAGES.map(([line, direction]) => ({
      id: `L-${line}-${direction}` as LaneId,
      name: words,
      checkpoint: `C-${line}` as CheckpointId,
      direction,
      from: crossing(line, direction).from,
      to: crossing(line, direction).to,
      takes: [...takes],
      board: '405419896' as SiteLanes['lanes'][number]['board'],
      door: 1,
      passage: 'door' as const,
      openS: 3,
      offline: 'deny' as const,
      onFailure: 'shut' as const,
    })),
  };
}

/** The paper's regime with an allowance at one of its rules. */
export function counting(rule: string, settings: object): Regime {
  const file = JSON.parse(cmaText());
  const one = file.rules.find(({ id }: { id: string }) => id === rule);
  one.require.push({ is: 'within-allowance', else: 'refuse' });
  one.oblige.push('allowance');
  Object.assign(file.settings, settings);
  const read = readRegime(JSON.stringify(file), 'allowance.json');
  if (!read.ok) throw new Error(read.fault.text);
  return read.value;
}
