import { Draws, PURPOSE } from '../chance.ts';
import type { PeopleDataset } from '../site/training-site.ts';
import type { Badges } from './badges.ts';
import { employmentOf } from './employers.ts';
import { type Holder, type Population, permitId, personId, type Shift } from './holder.ts';
import { namesOf } from './names.ts';
import { classUnder } from './regime-classes.ts';

/** The header row of each file: the field names of the reference data's rows. */
export const COLUMNS = {
  permits: [
    ...['permit', 'person', 'credential', 'class', 'status', 'validFrom', 'validTo', 'areas'],
    ...['hours', 'enterprise', 'consentAt', 'trade'],
  ],
  persons: ['person', 'nameZh', 'nameEn', 'employer', 'document'],
  'watch-list': ['person', 'reason', 'from', 'to'],
  clearances: ['person', 'line', 'from', 'to'],
} as const satisfies Record<PeopleDataset, readonly string[]>;

/** A permit's hours by the shift it was given for; the plan keeps within them. */
export const HOURS_OF: Readonly<Record<Shift, readonly [fromMinute: number, toMinute: number]>> = {
  day: [6 * 60, 23 * 60],
  early: [5 * 60, 20 * 60],
  late: [11 * 60, 24 * 60],
  'small-hours': [0, 9 * 60],
  night: [0, 24 * 60],
  visit: [7 * 60, 23 * 60],
};

function clockText(minute: number): string {
  const hour = String(Math.floor(minute / 60)).padStart(2, '0');
  return `${hour}:${String(minute % 60).padStart(2, '0')}`;
}

/** Texts of the few years that permits begin and end in: a million rows share them. */
const dayTexts = new Map<number, string>();
const MAX_DAY_TEXTS = 10_000;

/** One day of a year counted from its first, at 00:00 Hong Kong time, as ISO with its offset. */
export function dayText(year: number, day: number): string {
  const at = Date.UTC(year, 0, 1 + day);
  const known = dayTexts.get(at);
  if (known !== undefined) return known;
  const text = `${new Date(at).toISOString().slice(0, 10)}T00:00:00+08:00`;
  if (dayTexts.size < MAX_DAY_TEXTS) dayTexts.set(at, text);
  return text;
}

/** RFC 4180: quoted where a comma, a quote or a line end stands in the field. */
export function csvLine(fields: readonly string[]): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return `${fields.map((text) => (/[",\r\n]/.test(text) ? quoted(text) : text)).join(',')}\r\n`;
}

function permitRow(population: Population, badges: Badges, holder: Holder): string {
  const { regime = 'cma-buffer-zone', year } = population;
  const { enterprise, trade } = employmentOf(population, holder);
  const [from, to] = HOURS_OF[holder.shift];
  const consented = holder.trouble !== 'no-consent';
  return csvLine([
    permitId(holder.index),
    personId(holder.index),
    badges.badge(holder.index),
    classUnder(regime, holder.class),
    holder.status,
    dayText(year, holder.validFromDay),
    dayText(year, holder.validToDay),
    holder.areas.join('|'),
    `${clockText(from)}-${clockText(to)}`,
    enterprise ?? '',
    consented ? dayText(year, holder.validFromDay) : '',
    trade ?? '',
  ]);
}

function personRow(population: Population, holder: Holder): string {
  const { nameZh, nameEn, document } = namesOf(population, holder);
  const { employer } = employmentOf(population, holder);
  return csvLine([personId(holder.index), nameZh, nameEn, employer, document]);
}

const WATCH_REASONS = [
  'Training: asked for by the other authority',
  'Training: document reported lost',
  'Training: overstayed on an earlier pass',
] as const;

function watchRows(population: Population, holder: Holder): string {
  if (holder.trouble !== 'watch-listed') return '';
  const { year, seed } = population;
  const reason = new Draws(seed, PURPOSE.name, holder.index, 2).pick(WATCH_REASONS);
  return csvLine([personId(holder.index), reason, dayText(year, -30), dayText(year, 730)]);
}

function clearanceRows(population: Population, holder: Holder): string {
  const { year } = population;
  const row = (line: string) =>
    csvLine([personId(holder.index), line, dayText(year, -366), dayText(year, 730)]);
  return (
    (holder.clearance.first ? row('first') : '') + (holder.clearance.second ? row('second') : '')
  );
}

/** What one holder adds to each file: no row, one, or (clearances) two. */
export function rowsOf(
  population: Population,
  badges: Badges,
  holder: Holder,
): Readonly<Record<PeopleDataset, string>> {
  return {
    permits: permitRow(population, badges, holder),
    persons: personRow(population, holder),
    'watch-list': watchRows(population, holder),
    clearances: clearanceRows(population, holder),
  };
}
