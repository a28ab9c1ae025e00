import type { CrossingFilter } from '../../../shared/contract/queries.ts';
import { CrossingState, Timing, Verdict } from '../../../shared/domain/crossing.ts';
import { Direction, Line, PersonClass } from '../../../shared/domain/line.ts';
import type { SiteCheckpoint, SiteLane } from '../../../shared/domain/site.ts';
import { hkDayStart, MINUTE_MS } from '../../../shared/lib/hk-time.ts';
import { RequirementName } from '../../../shared/regime/requirement.ts';

/** The filter as the fields hold it: texts, '' where a field does not narrow. */
export interface FilterFields {
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly checkpoint: string;
  readonly lane: string;
  readonly line: string;
  readonly direction: string;
  readonly class: string;
  readonly verdict: string;
  readonly state: string;
  readonly timing: string;
  readonly reason: string;
  readonly permit: string;
  readonly person: string;
}

export const NO_FILTER: FilterFields = {
  day: '',
  from: '',
  to: '',
  checkpoint: '',
  lane: '',
  line: '',
  direction: '',
  class: '',
  verdict: '',
  state: '',
  timing: '',
  reason: '',
  permit: '',
  person: '',
};

const DAY_MINUTES = 1_440;
const ID = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;

/** Minutes since midnight of `HH:MM` (24:00 is the end of the day); null for what is no time. */
export function minuteOfText(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (found === null) return null;
  const minute = Number(found[1]) * 60 + Number(found[2]);
  return Number(found[2]) < 60 && minute <= DAY_MINUTES ? minute : null;
}

/** A field whose text cannot be searched for; null when all can. */
export function wrongField(fields: FilterFields): keyof FilterFields | null {
  if (fields.day !== '' && Number.isNaN(hkDayStart(fields.day))) return 'day';
  if (fields.from !== '' && minuteOfText(fields.from) === null) return 'from';
  if (fields.to !== '' && minuteOfText(fields.to) === null) return 'to';
  if (fields.permit.trim() !== '' && !ID.test(fields.permit.trim())) return 'permit';
  if (fields.person.trim() !== '' && !ID.test(fields.person.trim())) return 'person';
  return null;
}

function times(fields: FilterFields): Pick<CrossingFilter, 'fromMs' | 'toMs'> {
  const start = fields.day === '' ? Number.NaN : hkDayStart(fields.day);
  if (Number.isNaN(start)) return {};
  const from = minuteOfText(fields.from) ?? 0;
  const to = minuteOfText(fields.to) ?? DAY_MINUTES;
  return { fromMs: start + from * MINUTE_MS, toMs: start + to * MINUTE_MS };
}

/**
 * The filter that the engine takes. What is not one of the known values does not narrow; times
 * narrow only within a day.
 */
export function crossingFilter(
  fields: FilterFields,
  site: { readonly checkpoints: readonly SiteCheckpoint[]; readonly lanes: readonly SiteLane[] },
): CrossingFilter {
  const filter: CrossingFilter = times(fields);
  const checkpoint = site.checkpoints.find((one) => one.id === fields.checkpoint);
  if (checkpoint) filter.checkpoint = checkpoint.id;
  const lane = site.lanes.find((one) => one.id === fields.lane);
  if (lane) filter.lane = lane.id;
  const line = Line.safeParse(fields.line);
  if (line.success) filter.line = line.data;
  const direction = Direction.safeParse(fields.direction);
  if (direction.success) filter.direction = direction.data;
  const personClass = PersonClass.safeParse(fields.class);
  if (personClass.success) filter.class = personClass.data;
  const verdict = Verdict.safeParse(fields.verdict);
  if (verdict.success) filter.verdict = verdict.data;
  const state = CrossingState.safeParse(fields.state);
  if (state.success) filter.state = state.data;
  const timing = Timing.safeParse(fields.timing);
  if (timing.success) filter.timing = timing.data;
  const reason = RequirementName.safeParse(fields.reason);
  if (reason.success) filter.reason = reason.data;
  const permit = fields.permit.trim();
  if (permit !== '') filter.permit = permit as NonNullable<CrossingFilter['permit']>;
  const person = fields.person.trim();
  if (person !== '') filter.person = person as NonNullable<CrossingFilter['person']>;
  return filter;
}

/** The fields that a link to this screen fills: `#/crossings?lane=…`. */
export function fieldsOf(params: Readonly<Record<string, string>>): FilterFields {
  const known = Object.keys(NO_FILTER).filter((key) => Object.hasOwn(params, key));
  return { ...NO_FILTER, ...Object.fromEntries(known.map((key) => [key, params[key] ?? ''])) };
}

/** The parameters of a link that fills these fields. */
export function paramsOf(fields: FilterFields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
