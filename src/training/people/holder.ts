import type { AreaId, PermitId, PersonId } from '../../shared/domain/ids.ts';
import type { PermitStatus } from '../../shared/domain/permit.ts';
import type { ShippedRegime } from '../../shared/regime/shipped.ts';
import { Draws, PURPOSE } from '../chance.ts';
import { CLEARANCE_SHARE, ENDS_THIS_YEAR, HOLDER_TROUBLE, type HolderTrouble } from '../rates.ts';
import { type HomeSide, LOOP, SAN_TIN } from '../zone.ts';
import { classOfSlot, escortOf, type HolderClass, slotOf } from './classes.ts';

/** Who the people are: the same setting gives the same people, whoever asks and in what order. */
export interface Population {
  readonly seed: number;
  readonly people: number;
  /** Permits begin and end around this year of the Hong Kong calendar. */
  readonly year: number;
  /** The regime that they live under; the first of them where none is named. */
  readonly regime?: ShippedRegime | undefined;
}

/**
 * When somebody's day lies: commuters by day, shifts round it (`small-hours` comes after midnight
 * and leaves in the morning, `night` comes in the evening and stays), visitors as they come.
 */
export type Shift = 'day' | 'early' | 'late' | 'small-hours' | 'night' | 'visit';

/** One permit holder as the plan and the data files need them; names are drawn separately. */
export interface Holder {
  readonly index: number;
  readonly class: HolderClass;
  readonly home: HomeSide;
  readonly shift: Shift;
  /** Where the day is spent; one of `areas`. */
  readonly workArea: AreaId;
  readonly areas: readonly AreaId[];
  readonly clearance: { readonly first: boolean; readonly second: boolean };
  readonly trouble: HolderTrouble | 'none';
  readonly status: PermitStatus;
  /** Days from the year's first day, whole days: negative before it. */
  readonly validFromDay: number;
  readonly validToDay: number;
}

/** Of those whose pass covers both areas: spend the day in the Loop. */
const LOOP_SHARE = 0.68;
const BOTH: readonly AreaId[] = [LOOP, SAN_TIN];
const ONLY_LOOP: readonly AreaId[] = [LOOP];
const ONLY_SAN_TIN: readonly AreaId[] = [SAN_TIN];

/** Of special passes and residents: shift work; the rest works by day. */
const SHIFTS: readonly (readonly [Shift, number])[] = [
  ['early', 0.08],
  ['late', 0.07],
  ['small-hours', 0.03],
];
/** Of residents only, since a day-return pass may not stay: guards and laboratory staff. */
const NIGHT_SHARE_OF_RESIDENTS = 0.02;

const TROUBLES = Object.entries(HOLDER_TROUBLE) as [HolderTrouble, number][];

function drawTrouble(draws: Draws): HolderTrouble | 'none' {
  let at = draws.next();
  for (const [name, share] of TROUBLES) {
    if (at < share) return name;
    at -= share;
  }
  return 'none';
}

function drawShift(holderClass: HolderClass, draws: Draws): Shift {
  const at = draws.next();
  if (holderClass === 'official' || holderClass === 'escorted-visitor') return 'day';
  if (holderClass !== 'special-pass' && holderClass !== 'hk-resident') return 'visit';
  if (holderClass === 'hk-resident' && at > 1 - NIGHT_SHARE_OF_RESIDENTS) return 'night';
  let share = 0;
  for (const [name, part] of SHIFTS) {
    share += part;
    if (at < share) return name;
  }
  return 'day';
}

function drawHome(holderClass: HolderClass, draws: Draws): HomeSide {
  const at = draws.next();
  switch (holderClass) {
    case 'special-pass':
    case 'mainland-visitor':
      return 'beyond-first';
    case 'hk-resident':
    case 'other-visitor':
      return 'beyond-second';
    default:
      return at < 0.5 ? 'beyond-first' : 'beyond-second';
  }
}

function drawAreas(draws: Draws): readonly AreaId[] {
  const at = draws.next();
  if (at < 0.75) return BOTH;
  return at < 0.9 ? ONLY_LOOP : ONLY_SAN_TIN;
}

/** The holder with this number, 0 to `people` - 1. Pure: found again from the seed alone. */
export function holderOf(population: Population, index: number): Holder {
  const own = drawHolder(population, index);
  if (own.class !== 'escorted-visitor') return own;
  // A party comes from one side and goes to one area: the escort's.
  const { home, workArea, areas } = drawHolder(population, escortOf(index));
  return { ...own, home, workArea, areas };
}

function drawHolder(population: Population, index: number): Holder {
  const draws = new Draws(population.seed, PURPOSE.holder, index);
  const holderClass = classOfSlot(slotOf(index));
  const trouble = drawTrouble(draws);
  const shift = drawShift(holderClass, draws);
  const home = drawHome(holderClass, draws);
  const areas = drawAreas(draws);
  const inLoop = draws.chance(LOOP_SHARE);
  const workArea = areas === BOTH ? (inLoop ? LOOP : SAN_TIN) : (areas[0] ?? LOOP);
  const share = CLEARANCE_SHARE[holderClass];
  const first = draws.next() < share.first && !(trouble === 'no-clearance' && share.first === 1);
  const second = draws.next() < share.second && !(trouble === 'no-clearance' && share.second === 1);
  const endsThisYear = draws.chance(ENDS_THIS_YEAR);
  const end = draws.next();
  const expired = trouble === 'expired';
  return {
    index,
    class: holderClass,
    home,
    shift,
    workArea,
    areas,
    clearance: { first, second },
    trouble,
    status: trouble === 'suspended' || trouble === 'revoked' ? trouble : 'active',
    validFromDay: -366 - draws.below(365),
    validToDay: expired
      ? -1 - draws.below(60)
      : endsThisYear
        ? 1 + Math.floor(end * 364)
        : 366 + Math.floor(end * 730),
  };
}

/** Ids count from 1 and are as long as the largest zone needs, so that they sort. */
export function personId(index: number): PersonId {
  return `P${String(index + 1).padStart(7, '0')}` as PersonId;
}
export function permitId(index: number): PermitId {
  return `TP${String(index + 1).padStart(7, '0')}` as PermitId;
}
