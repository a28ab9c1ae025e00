import { z } from 'zod';
import {
  Clearance,
  type DatasetName,
  Permit,
  Person,
  WatchEntry,
} from '../../../shared/domain/permit.ts';

/** ISO 8601 with a zone, to the minute or finer → ms since 1970. */
const when = z.iso
  .datetime({ offset: true, message: 'a time with its zone, such as 2026-11-23T08:30+08:00' })
  .or(z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(Z|[+-]\d\d:\d\d)$/))
  .transform((text) => Date.parse(text))
  .pipe(z.number().int());

const hours = z
  .string()
  .regex(/^\d\d:\d\d-\d\d:\d\d$/, 'hours such as 07:00-23:00')
  .transform((text) => {
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = text.split(/[:-]/).map(Number);
    return { fromMinute: fromHour * 60 + fromMinute, toMinute: toHour * 60 + toMinute };
  });

const orNull = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal('').transform(() => null), z.null(), schema]);

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
      .pipe(Permit),
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
      .pipe(WatchEntry),
    key: (row: WatchEntry) => row.person,
  },
  clearances: {
    columns: ['person', 'line', 'from', 'to'],
    row: z
      .object({ person: z.string(), line: z.string(), from: when, to: when })
      .transform(({ from, to, ...rest }) => ({ ...rest, fromMs: from, toMs: to }))
      .pipe(Clearance),
    key: (row: Clearance) => `${row.person} ${row.line} ${row.fromMs}`,
  },
} as const;

export interface DatasetRows {
  permits: Permit;
  persons: Person;
  'watch-list': WatchEntry;
  clearances: Clearance;
}

export interface DatasetForm<N extends DatasetName> {
  readonly columns: readonly string[];
  readonly row: z.ZodType<DatasetRows[N]>;
  readonly key: (row: DatasetRows[N]) => string;
}

export function formOf<N extends DatasetName>(dataset: N): DatasetForm<N> {
  return forms[dataset] as unknown as DatasetForm<N>;
}
