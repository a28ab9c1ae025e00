import { z } from 'zod';

const TIME = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** Most permits begin and end at a few hundred moments: a million rows share them. */
const knownTimes = new Map<string, number>();
const MAX_KNOWN_TIMES = 10_000;

/** ISO 8601 with a zone, to the minute or finer → ms since 1970; null for what is no such time. */
function parseTime(text: string): number | null {
  const known = knownTimes.get(text);
  if (known !== undefined) return known;
  const ms = timeOf(text);
  if (ms !== null && knownTimes.size < MAX_KNOWN_TIMES) knownTimes.set(text, ms);
  return ms;
}

function timeOf(text: string): number | null {
  const found = TIME.exec(text);
  if (found === null) return null;
  const [, year, month, day] = found;
  // 30 February would be taken for 2 March.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** A column with such a time. */
export const when = z.string().transform((text, context) => {
  const ms = parseTime(text);
  if (ms !== null) return ms;
  const message = 'a time with its zone, such as 2026-11-23T08:30+08:00';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

export const BACKWARDS = 'ends before it begins';

/** An empty column, or one that JSON has null in, is none. */
export const orNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? null : value), schema.nullable());

/** A row in its text form: a text for each column, null for none. */
export type WrittenRow = Readonly<Record<string, string | null>>;

const HK_OFFSET_MS = 8 * 3_600_000;

/** ms since 1970 → what `when` reads back as the same, in Hong Kong time; null for none. */
export function writtenTime(ms: number | null): string | null {
  if (ms === null) return null;
  const text = new Date(ms + HK_OFFSET_MS).toISOString().slice(0, -1);
  const short = text.replace(/(:00)?\.000$/, '');
  return `${short}+08:00`;
}
