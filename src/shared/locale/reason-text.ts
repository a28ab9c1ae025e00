import { EnterpriseTier } from '../domain/enterprise.ts';
import type { SubjectKind } from '../domain/line.ts';
import { isArea, type Place } from '../domain/place.ts';
import type { Language, Text3 } from '../domain/text.ts';
import { DAY_MS, hkDay, hkTime } from '../lib/hk-time.ts';
import type { Reason } from '../regime/requirement.ts';
import { BEYOND_WORDS, KIND_WORDS, REASON_WORDS, UNWORDED_REASON } from './regime.ts';
import { TIER_WORDS } from './regime-goods.ts';

const MONTHS =
  'January February March April May June July August September October November December';
/** The first moment of the year 10000: later ones, and those before the year 0, stay numbers. */
const YEAR_10000_MS = 253_402_300_800_000;
const YEAR_0_MS = -62_167_219_200_000;
const TIERS: ReadonlySet<string> = new Set(['tier', 'least']);
const PLACES: ReadonlySet<string> = new Set(['area', 'place', 'from']);

/** What the words need from outside: an area's name in the language that is shown. */
export interface ReasonFormat {
  readonly areaName: (area: string) => string;
}

/**
 * A reason as one sentence, its times in Hong Kong time to the minute. Never throws: a reason that
 * this version has no words for is named by its key.
 */
export function reasonText(reason: Reason, language: Language, format: ReasonFormat): string {
  const key = `${reason.is}/${reason.detail}`;
  const sentences: Readonly<Record<string, Text3>> = REASON_WORDS;
  const sentence = Object.hasOwn(sentences, key) ? sentences[key] : undefined;
  if (sentence === undefined) return UNWORDED_REASON[language].replace('{{name}}', () => key);
  return sentence[language].replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(reason.params, name) ? reason.params[name] : undefined;
    return value === undefined ? '?' : valueText(name, value, language, format);
  });
}

function valueText(
  name: string,
  value: string | number,
  language: Language,
  format: ReasonFormat,
): string {
  if (typeof value === 'number') {
    if (name.endsWith('Ms')) return hkMoment(value, language);
    if (name.endsWith('Minute')) return timeOfDay(value);
    return String(value);
  }
  if (PLACES.has(name)) return placeText(value, language, format);
  if (name === 'kind' && Object.hasOwn(KIND_WORDS, value)) {
    return KIND_WORDS[value as SubjectKind][language];
  }
  if (TIERS.has(name)) {
    const tier = EnterpriseTier.safeParse(value);
    if (tier.success) return TIER_WORDS[tier.data][language];
  }
  return value;
}

function placeText(value: string, language: Language, { areaName }: ReasonFormat): string {
  const place = value as Place;
  return isArea(place) ? areaName(place) : BEYOND_WORDS[place][language];
}

/** `8 March 2026, 18:00` or `2026年3月8日18:00`, in Hong Kong time. */
export function hkMoment(ms: number, language: Language): string {
  if (!(ms >= YEAR_0_MS && ms < YEAR_10000_MS - DAY_MS)) return String(ms);
  const [year, month, day] = hkDay(ms).split('-');
  const time = hkTime(ms).slice(0, 5);
  if (language !== 'en') return `${year}年${Number(month)}月${Number(day)}日${time}`;
  return `${Number(day)} ${MONTHS.split(' ')[Number(month) - 1]} ${year}, ${time}`;
}

/** `HH:MM` of a minute of the day; the last one is 24:00. */
function timeOfDay(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
