import type { EnterpriseId } from '../../shared/domain/ids.ts';
import { Draws, PURPOSE } from '../chance.ts';
import type { Holder, Population } from './holder.ts';

/** What firms of the training zone are called: invented names. */
const PLACES = [
  ['北岸', 'Northbank'],
  ['河灣', 'Riverbend'],
  ['蠔殼圍', 'Oyster Bay'],
  ['新圍', 'Newfield'],
  ['青龍', 'Green Dragon'],
  ['白鷺', 'Egret'],
  ['望原', 'Plainview'],
  ['匯川', 'Confluence'],
  ['雙橋', 'Twin Bridge'],
  ['晨澤', 'Morning Marsh'],
] as const;
const FIELDS = [
  ['生物科技', 'Biotech', 'biology'],
  ['醫療器械', 'Medical Devices', 'engineering'],
  ['人工智能', 'Intelligence', 'computing'],
  ['微電子', 'Microelectronics', 'electronics'],
  ['新能源', 'New Energy', 'engineering'],
  ['精密儀器', 'Instruments', 'craft'],
] as const;
export const ENTERPRISES = PLACES.length * FIELDS.length;

/** Trades on the admission list, beside the field of the firm. */
const OTHER_TRADES = [
  'research',
  'construction',
  'logistics',
  'maintenance',
  'laboratory',
] as const;

export interface Employment {
  readonly enterprise: EnterpriseId | null;
  readonly employer: string;
  readonly trade: string | null;
}

/** Who somebody works for; visitors and officials have no firm in the zone. */
export function employmentOf(population: Population, holder: Holder): Employment {
  if (holder.class === 'official') {
    return { enterprise: null, employer: '訓練區管理處 Training Zone Authority', trade: null };
  }
  if (holder.class !== 'special-pass' && holder.class !== 'hk-resident') {
    return { enterprise: null, employer: '', trade: null };
  }
  const draws = new Draws(population.seed, PURPOSE.name, holder.index, 1);
  // The square makes a few firms large and most of them small.
  const number = Math.floor(draws.next() ** 2 * ENTERPRISES);
  const place = PLACES[number % PLACES.length] ?? PLACES[0];
  const field = FIELDS[Math.floor(number / PLACES.length)] ?? FIELDS[0];
  const own = draws.chance(0.6);
  const other = draws.pick(OTHER_TRADES);
  return {
    enterprise: `ent-${String(number + 1).padStart(3, '0')}` as EnterpriseId,
    employer: `${place[0]}${field[0]} ${place[1]} ${field[1]}`,
    trade: holder.class === 'special-pass' ? (own ? field[2] : other) : null,
  };
}
