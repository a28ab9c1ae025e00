import { z } from 'zod';
import { PermitId, PersonId } from '../domain/ids.ts';
import { PersonClass } from '../domain/line.ts';
import { PartDayRule } from '../domain/part-day-rule.ts';
import { Place } from '../domain/place.ts';
import { Language } from '../domain/text.ts';
import { PresenceWhere } from '../presence/counted.ts';
import { ExportedFile } from './exported-file.ts';
import { CorrectionRow } from './people-queries.ts';
import { operation } from './row.ts';

const ms = z.number().int();
const count = z.number().int();
const readers = ['supervisor', 'inspector'] as const;

/** Why personal data are asked for: goes into the journal. */
export const Purpose = z.string().trim().min(3).max(120);

/** One change of somebody's place: see `shared/presence/stays.ts`. */
const PresenceMove = z.object({
  atMs: ms,
  from: Place.nullable(),
  to: Place,
  certain: z.boolean(),
  source: z.string().max(32),
});

const PresenceLedger = z.object({
  person: PersonId,
  nowMs: ms,
  /** In their order in time. */
  moves: z.array(PresenceMove),
  /** There are older ones, which are left out: their number has a limit. */
  cut: z.boolean(),
  /** Facts of these crossings that two persons put right; the moves are as corrected. */
  corrections: z.array(CorrectionRow),
  /** Times of the permits as they are held now. */
  permits: z.array(z.object({ permit: PermitId, fromMs: ms, toMs: ms })),
});
export type PresenceLedger = z.infer<typeof PresenceLedger>;
/** Whose presence, up to when, and the times of the permits that are held. */
export type PresenceAsk = Pick<PresenceLedger, 'person' | 'nowMs' | 'permits'>;

/** Of a month under one way of counting: see `shared/presence/month-share.ts`. */
const MonthCount = z.object({
  rule: PartDayRule,
  present: count,
  unknown: count,
  absent: count,
  absences: count,
  longestAbsence: count,
});

const MonthRow = z.object({
  person: PersonId,
  /** Of the last crossing up to the month's end; null where there is none. */
  class: PersonClass.nullable(),
  /** In the order of the rules. */
  counts: z.array(MonthCount),
  /** Months in which a permit was valid for at least a moment, up to this one; this one too? */
  permitMonths: count,
  permitInMonth: z.boolean(),
});
export type MonthRow = z.infer<typeof MonthRow>;

/** Persons and days of a class: what goes into a settlement of shared revenue. */
const MonthTotal = z.object({
  class: PersonClass.nullable(),
  rule: PartDayRule,
  /** With at least one day that is sure. */
  persons: count,
  present: count,
  unknown: count,
});
export type MonthTotal = z.infer<typeof MonthTotal>;

const MonthSlice = z.object({
  /** How many days of the month have begun: what a share is a share of. */
  days: count,
  /** Persons looked at in this part, and all there are to look at. */
  looked: count,
  persons: count,
  rows: z.array(MonthRow),
  totals: z.array(MonthTotal),
  /** Pass it as `after` to go on; null once everybody was looked at. */
  next: PersonId.nullable(),
});
export type MonthSlice = z.infer<typeof MonthSlice>;

const month = {
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month: YYYY-MM'),
  where: PresenceWhere,
};

/** Evidence of presence: of one person, and of everybody in a month. Never a decision. */
export const presenceQueries = {
  /**
   * A person's moves from place to place, as the ledger has them: evidence of presence, never a
   * decision. What days they count as is worked out of them in `shared/presence`.
   */
  'presence.evidence': operation({
    roles: readers,
    discloses: true,
    input: z.object({ person: PersonId, purpose: Purpose }),
    output: PresenceLedger,
  }),
  /** The same as a spreadsheet file: every day that counts, with its crossings. */
  'presence.csv': operation({
    roles: readers,
    discloses: true,
    input: z.object({
      person: PersonId,
      purpose: Purpose,
      where: PresenceWhere,
      language: Language,
    }),
    output: ExportedFile,
  }),
  /**
   * A part of a month's shares, by person: of everybody for whom a day counts, or may. Whoever asks
   * adds the totals up (`mergeMonths`) and goes on from each part's `next`. With a limit of 0 it
   * lists nobody, and only counts. Fails with `month-ahead`.
   */
  'presence.month': operation({
    roles: readers,
    discloses: true,
    input: z.object({
      ...month,
      purpose: Purpose,
      after: PersonId.nullable(),
      limit: z.number().int().min(0).max(200),
    }),
    output: MonthSlice,
  }),
  /** Everybody's shares of a month as a spreadsheet file. */
  'presence.month-csv': operation({
    roles: readers,
    discloses: true,
    input: z.object({ ...month, purpose: Purpose, language: Language }),
    output: ExportedFile,
  }),
} as const;
