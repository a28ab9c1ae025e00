import { z } from 'zod';
import {
  AdmittedTrade,
  Clearance,
  type DatasetName,
  HealthTest,
  Permit,
  Person,
  RosterMember,
  WatchEntry,
} from '../../../shared/domain/permit.ts';
import { type GoodsRows, goodsForms } from './goods-rows.ts';
import { BACKWARDS, orNull, when } from './text-forms.ts';

const HOURS = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

const hours = z
  .string()
  .regex(HOURS, 'hours such as 07:00-23:00, from 00:00 to 24:00')
  .transform((text) => {
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = text.split(/[:-]/).map(Number);
    return { fromMinute: fromHour * 60 + fromMinute, toMinute: toHour * 60 + toMinute };
  });

/** An end that is left out has not come yet. */
const endsLater = ({ fromMs, toMs }: { fromMs: number; toMs: number | null }) =>
  toMs === null || fromMs < toMs;

/** Text form of each dataset's rows, as CSV columns or JSON members, and the row they become. */
const forms = {
  permits: {
    columns: [
      ...['permit', 'person', 'credential', 'class', 'status', 'validFrom', 'validTo', 'areas'],
      ...['hours', 'enterprise', 'consentAt', 'trade'],
    ],
    row: z
      .object({
        permit: z.string(),
        person: z.string(),
        credential: z.string(),
        class: z.string(),
        status: z.string(),
        validFrom: when,
        validTo: when,
        areas: z.string().transform((text) => (text === '' ? [] : text.split('|'))),
        hours,
        enterprise: orNull(z.string()),
        consentAt: orNull(when),
        trade: orNull(z.string()),
      })
      .transform(({ validFrom, validTo, consentAt, ...rest }) => ({
        ...rest,
        validFromMs: validFrom,
        validToMs: validTo,
        consentAtMs: consentAt,
      }))
      .pipe(Permit)
      .refine((row) => row.validFromMs < row.validToMs, { path: ['validTo'], message: BACKWARDS }),
    key: (row: Permit) => row.permit,
  },
  persons: {
    columns: ['person', 'nameZh', 'nameEn', 'employer', 'document'],
    row: Person,
    key: (row: Person) => row.person,
  },
  'watch-list': {
    columns: ['person', 'reason', 'from', 'to'],
    row: z
      .object({ person: z.string(), reason: z.string(), from: when, to: when })
      .transform(({ from, to, ...rest }) => ({ ...rest, fromMs: from, toMs: to }))
      .pipe(WatchEntry)
      .refine((row) => row.fromMs < row.toMs, { path: ['to'], message: BACKWARDS }),
    // Somebody may be on the list for several spans of time.
    key: (row: WatchEntry) => `${row.person} ${row.fromMs}`,
  },
  clearances: {
    columns: ['person', 'line', 'from', 'to'],
    row: z
      .object({ person: z.string(), line: z.string(), from: when, to: when })
      .transform(({ from, to, ...rest }) => ({ ...rest, fromMs: from, toMs: to }))
      .pipe(Clearance)
      .refine((row) => row.fromMs < row.toMs, { path: ['to'], message: BACKWARDS }),
    key: (row: Clearance) => `${row.person} ${row.line} ${row.fromMs}`,
  },
  'admission-list': {
    columns: ['trade', 'from', 'to'],
    row: z
      .object({ trade: z.string(), from: when, to: orNull(when) })
      .transform(({ trade, from, to }) => ({ trade, fromMs: from, toMs: to }))
      .pipe(AdmittedTrade)
      .refine(endsLater, { path: ['to'], message: BACKWARDS }),
    // A trade that was struck off may be taken up again.
    key: (row: AdmittedTrade) => `${row.trade} ${row.fromMs}`,
  },
  rosters: {
    columns: ['roster', 'person', 'from', 'to'],
    row: z
      .object({ roster: z.string(), person: z.string(), from: when, to: orNull(when) })
      .transform(({ from, to, ...rest }) => ({ ...rest, fromMs: from, toMs: to }))
      .pipe(RosterMember)
      .refine(endsLater, { path: ['to'], message: BACKWARDS }),
    key: (row: RosterMember) => `${row.person} ${row.roster} ${row.fromMs}`,
  },
  'health-tests': {
    columns: ['person', 'takenAt', 'result'],
    row: z
      .object({ person: z.string(), takenAt: when, result: z.string() })
      .transform(({ takenAt, ...rest }) => ({ ...rest, takenMs: takenAt }))
      .pipe(HealthTest),
    key: (row: HealthTest) => `${row.person} ${row.takenMs}`,
  },
  ...goodsForms,
} as const;

export interface DatasetRows extends GoodsRows {
  permits: Permit;
  persons: Person;
  'watch-list': WatchEntry;
  clearances: Clearance;
  'admission-list': AdmittedTrade;
  rosters: RosterMember;
  'health-tests': HealthTest;
}

/** The text form of some kind of rows. */
export interface RowForm<R> {
  readonly columns: readonly string[];
  readonly row: z.ZodType<R>;
  readonly key: (row: R) => string;
}

export function formOf<N extends DatasetName>(dataset: N): RowForm<DatasetRows[N]> {
  return forms[dataset] as unknown as RowForm<DatasetRows[N]>;
}
