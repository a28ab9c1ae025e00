import { z } from 'zod';
import { CorrectedPassage } from '../domain/correction.ts';
import { CrossingState, Timing, Verdict } from '../domain/crossing.ts';
import {
  AreaId,
  CheckpointId,
  CrossingId,
  EnterpriseId,
  ExceptionId,
  IncidentId,
  LaneId,
  PermitId,
  PersonId,
} from '../domain/ids.ts';
import { IncidentState, IncidentType, Priority } from '../domain/incident.ts';
import { Direction, Line, PersonClass } from '../domain/line.ts';
import { Hours, PermitStatus } from '../domain/permit.ts';
import { Place } from '../domain/place.ts';
import { SiteShape } from '../domain/site.ts';
import { Language, Text3 } from '../domain/text.ts';
import { Reason } from '../regime/requirement.ts';
import { administrationQueries } from './administration-queries.ts';
import { allowanceQueries } from './allowance-queries.ts';
import { Session } from './commands.ts';
import { DayTotals } from './day-totals.ts';
import { ExportedFile } from './exported-file.ts';
import { goodsQueries } from './goods-queries.ts';
import { CustodyAtEnd } from './goods-rows.ts';
import { importQueries } from './import-operations.ts';
import { musterQueries } from './muster-queries.ts';
import { paperQueries } from './paper-operations.ts';
import { peopleQueries } from './people-queries.ts';
import { Purpose, presenceQueries } from './presence-queries.ts';
import { regimeQueries } from './regime-queries.ts';
import { operation } from './row.ts';
import { virtualQueries } from './virtual-operations.ts';

const everyone = ['operator', 'supervisor', 'inspector', 'administrator'] as const;
const ms = z.number().int();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day: YYYY-MM-DD');

export const CrossingRow = z.object({
  crossing: CrossingId,
  atMs: ms,
  checkpoint: CheckpointId,
  lane: LaneId,
  line: Line,
  direction: Direction,
  class: PersonClass,
  person: PersonId.nullable(),
  permit: PermitId.nullable(),
  permitStatus: PermitStatus.nullable(),
  verdict: Verdict.nullable(),
  state: CrossingState,
  timing: Timing,
  rule: z.string().nullable(),
  regimeVersion: z.number().int(),
  reasons: z.array(Reason),
  exception: ExceptionId.nullable(),
  /** What a person said of a passage whose end nobody saw. */
  answered: CorrectedPassage.nullable(),
  /** The paper form it was keyed in from, and when; none for what a device told. */
  form: z.object({ name: z.string(), keyedMs: ms }).nullish(),
});
export type CrossingRow = z.infer<typeof CrossingRow>;

export const CrossingFilter = z.object({
  fromMs: ms.optional(),
  toMs: ms.optional(),
  checkpoint: CheckpointId.optional(),
  lane: LaneId.optional(),
  line: Line.optional(),
  direction: Direction.optional(),
  class: PersonClass.optional(),
  verdict: Verdict.optional(),
  state: CrossingState.optional(),
  timing: Timing.optional(),
  person: PersonId.optional(),
  permit: PermitId.optional(),
  /** A requirement that failed, such as `permit-valid`. */
  reason: z.string().max(64).optional(),
});
export type CrossingFilter = z.infer<typeof CrossingFilter>;

const FoundPermit = z.object({
  permit: PermitId,
  class: PersonClass,
  status: PermitStatus,
  suspendedHere: z.boolean(),
  validFromMs: ms,
  validToMs: ms,
  areas: z.array(AreaId),
  hours: Hours,
  enterprise: EnterpriseId.nullable(),
  trade: z.string().nullable(),
  credential: z.string(),
});
export const FoundPerson = z.object({
  person: PersonId,
  nameZh: z.string(),
  nameEn: z.string(),
  employer: z.string(),
  document: z.string(),
  place: Place.nullable(),
  placeUnknown: z.boolean(),
  sinceMs: ms.nullable(),
  permits: z.array(FoundPermit),
  recent: z.array(CrossingRow),
});
export type FoundPerson = z.infer<typeof FoundPerson>;

const IncidentRow = z.object({
  incident: IncidentId,
  type: IncidentType,
  priority: Priority,
  state: IncidentState,
  openedMs: ms,
  acknowledgedMs: ms.nullable(),
  acknowledgedBy: z.string().nullable(),
  resolvedMs: ms.nullable(),
  resolvedBy: z.string().nullable(),
  reason: z.string().nullable(),
  checkpoint: CheckpointId.nullable(),
  lane: LaneId.nullable(),
  board: z.string().nullable(),
  crossing: CrossingId.nullable(),
  timing: Timing,
  count: z.number().int(),
  note: z.string().nullable(),
  /** Of these there was a text, which was erased since. */
  erased: z.array(z.enum(['note', 'reason'])),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type IncidentRow = z.infer<typeof IncidentRow>;

const ThroughputRow = z.object({
  line: Line,
  checkpoint: CheckpointId,
  lane: LaneId,
  direction: Direction,
  hour: z.number().int().min(0).max(23),
  class: PersonClass,
  passed: z.number().int(),
});
export const DailyReport = z.object({
  day,
  site: z.string(),
  generatedMs: ms,
  /** 1, and one more for each fact of its crossings that two persons put right. */
  version: z.number().int().min(1),
  complete: z.boolean(),
  /** Why the day is not complete, as codes: `day-not-over`, `gaps-open`, `events-lost` … */
  incompleteBecause: z.array(z.string()),
  firstSeq: z.number().int().nullable(),
  lastSeq: z.number().int().nullable(),
  headHash: z.string().nullable(),
  /** The regimes that decided on this day. */
  regimes: z.array(z.object({ id: z.string(), version: z.number().int() })),
  throughput: z.array(ThroughputRow),
  refusals: z.array(
    z.object({
      verdict: Verdict,
      /** The requirement that failed, or `by-rule`; a crossing counts under each of its reasons. */
      reason: z.string(),
      count: z.number().int(),
      /** What became of them: passed, refused, lapsed, still waiting. */
      admittedAfter: z.number().int(),
      refusedAfter: z.number().int(),
      lapsed: z.number().int(),
      waiting: z.number().int(),
    }),
  ),
  incidents: z.array(
    z.object({
      type: IncidentType,
      priority: Priority,
      raised: z.number().int(),
      resolved: z.number().int(),
      late: z.number().int(),
    }),
  ),
  occupancy: z.array(
    z.object({
      area: AreaId,
      peak: z.number().int(),
      peakMs: ms.nullable(),
      atStart: z.number().int(),
      atEnd: z.number().int(),
      entries: z.number().int(),
      exits: z.number().int(),
      /** What people corrected: atEnd = atStart + entries - exits + corrected. */
      corrected: z.number().int(),
    }),
  ),
  custody: CustodyAtEnd,
  totals: DayTotals,
});
export type DailyReport = z.infer<typeof DailyReport>;

/** A rule of the regime in force, in words, for explanations on screens. */
const RuleWords = z.object({ id: z.string(), text: Text3, cite: Text3 });

export const queries = {
  /** Who is signed in on this connection, and what a sign-in page may show. */
  'session.current': operation({
    roles: 'anyone',
    input: z.object({}),
    output: z.object({
      session: Session.nullable(),
      site: z.object({ name: Text3, training: z.boolean() }),
      /** Training only: names, roles and secrets of the built-in users. */
      trainingUsers: z.array(z.object({ name: z.string(), role: z.string(), secret: z.string() })),
    }),
  }),
  /** The site and the regime in force. Passwords and tokens of the centre are left out. */
  'site.describe': operation({
    roles: everyone,
    input: z.object({}),
    output: z.object({
      site: SiteShape.omit({ centre: true, datasets: true }),
      regime: z.object({
        id: z.string(),
        version: z.number().int(),
        title: Text3,
        rules: z.array(RuleWords),
      }),
    }),
  }),
  'crossings.search': operation({
    roles: everyone,
    input: z.object({
      filter: CrossingFilter,
      /** Newest first; pass the last row's crossing to go on. */
      after: CrossingId.optional(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({
      rows: z.array(CrossingRow),
      more: z.boolean(),
      /**
       * How far the look came, where it ended before the page was full and before all was looked
       * at: pass it as `after` to look further back. Null where there is no need to.
       */
      reached: CrossingId.nullable(),
    }),
  }),
  'person.find': operation({
    roles: ['operator', 'supervisor', 'inspector'],
    discloses: true,
    input: z.object({
      by: z.union([
        z.object({ credential: z.string().max(64) }),
        z.object({ permit: z.string().max(64) }),
        z.object({ person: z.string().max(64) }),
        z.object({ name: z.string().min(1).max(64) }),
      ]),
      purpose: Purpose,
    }),
    output: z.object({ persons: z.array(FoundPerson).max(20) }),
  }),
  'incidents.search': operation({
    roles: everyone,
    input: z.object({
      state: IncidentState.optional(),
      type: IncidentType.optional(),
      fromMs: ms.optional(),
      toMs: ms.optional(),
      after: IncidentId.optional(),
      limit: z.number().int().min(1).max(200),
    }),
    output: z.object({ rows: z.array(IncidentRow), more: z.boolean() }),
  }),
  'report.days': operation({
    roles: everyone,
    input: z.object({}),
    output: z.object({ days: z.array(day) }),
  }),
  'report.daily': operation({
    roles: ['supervisor', 'inspector', 'administrator'],
    input: z.object({ day }),
    output: DailyReport,
  }),
  /** The same report as a spreadsheet file; the export is journalled. */
  'report.csv': operation({
    roles: ['supervisor', 'inspector', 'administrator'],
    input: z.object({ day, language: Language }),
    output: ExportedFile,
  }),
  ...administrationQueries,
  ...goodsQueries,
  ...importQueries,
  ...musterQueries,
  ...paperQueries,
  ...presenceQueries,
  ...allowanceQueries,
  ...peopleQueries,
  ...regimeQueries,
  ...virtualQueries,
} as const;

export type QueryName = keyof typeof queries;
export type QueryInput<N extends QueryName> = z.infer<(typeof queries)[N]['input']>;
export type QueryOutput<N extends QueryName> = z.infer<(typeof queries)[N]['output']>;
