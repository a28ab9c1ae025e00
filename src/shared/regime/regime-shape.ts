import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { Verdict } from '../domain/crossing.ts';
import { EnterpriseTier } from '../domain/enterprise.ts';
import { Currency } from '../domain/goods.ts';
import { Line, SubjectClass, SubjectKind } from '../domain/line.ts';
import { PartDayRule } from '../domain/part-day-rule.ts';
import { Text3 } from '../domain/text.ts';
import { hundredthsOf, MAX_CENTS } from '../lib/money.ts';
import { ObligationName, RequirementName } from './requirement.ts';

/**
 * One requirement of a rule. It also holds where one of `or` does. Without `else` its failure gives
 * the default verdict.
 */
const Require = z.strictObject({
  is: RequirementName,
  or: z.array(RequirementName).min(1).max(4).optional(),
  else: z.enum(['refer', 'refuse']).optional(),
});

export const PROJECTS_CHOICE = "project's choice";

/** The clause that a rule follows, or that it is this project's own where the paper is silent. */
const Cite = z.union(
  [
    z.literal(PROJECTS_CHOICE),
    z.strictObject({
      /** Only where the clause stands in another document than the regime's own. */
      document: Text3.optional(),
      part: Text3,
    }),
  ],
  { error: `either "${PROJECTS_CHOICE}" or { part } (with document where it is another one)` },
);

/** The file's word for a rule's verdict. As a plain key a linter takes it for a promise's. */
const THEN = 'then';

/** What admitting starts: a name, or a name with what it cannot do without. */
const Oblige = z.union(
  [
    ObligationName.exclude(['file-with']),
    z.strictObject({ is: z.literal('file-with'), authority: Authority }),
  ],
  {
    error: `one of ${ObligationName.exclude(['file-with']).options.join(', ')}, or \
{ "is": "file-with", "authority": one of ${Authority.options.join(', ')} }`,
  },
);

export function obligeName(oblige: z.infer<typeof Oblige>): ObligationName {
  return typeof oblige === 'string' ? oblige : oblige.is;
}

const Instant = z.iso.datetime({
  offset: true,
  error: 'an instant with its zone, such as 2026-01-01T00:00:00+08:00',
});

const Rule = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{2,63}$/, 'a rule id: small letters, digits and -'),
  line: Line,
  /** `both` = in and out, on the first and second line; `across` an inner passage. */
  direction: z.enum(['in', 'out', 'both', 'across']),
  kind: SubjectKind,
  classes: z.array(SubjectClass).min(1).max(SubjectClass.options.length),
  require: z.array(Require).max(RequirementName.options.length),
  [THEN]: Verdict,
  oblige: z.array(Oblige).max(ObligationName.options.length),
  /** From this moment on, and up to that one; without them as long as the regime. */
  effectiveFrom: Instant.optional(),
  effectiveTo: Instant.optional(),
  cite: Cite,
  text: Text3,
});
/** A rule as it stands in the file. */
export type WrittenRule = z.infer<typeof Rule>;
/** A rule as it is worked with: its time as numbers, ms since 1970, `toMs` exclusive. */
export type RegimeRule = WrittenRule & { readonly fromMs: number; readonly toMs: number };

const Percent = z
  .number()
  .min(0)
  .max(100)
  .refine((percent) => Math.abs(percent * 100 - hundredthsOf(percent)) < 1e-6, {
    error: 'a percentage has at most two decimals',
  });
const ContentFloor = z.strictObject({ buildUpPercent: Percent, buildDownPercent: Percent });

/** Where a regime does not set how many visitors may follow an official (project's choice). */
export const VISITORS_PER_OFFICIAL = 4;

/** A calendar month or year, or so many calendar days up to today, all in Hong Kong time. */
const Every = z.union([z.enum(['month', 'year']), z.number().int().min(1).max(366)]);

/** Figures that the law has still to settle. Each is needed only where a rule relies on it. */
const Settings = z.strictObject({
  /** Hong Kong time of day by which a day-return pass is due back; `24:00` = the next midnight. */
  dayReturnCutOff: z
    .string()
    .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day HH:MM, at most 24:00')
    .optional(),
  /** How long before the cut-off those who are inside still are told of. */
  dayReturnWarnMinutes: z.number().int().min(1).max(1440).optional(),
  partDayRule: PartDayRule.optional(),
  /** The share of released consignments that is drawn for an audit afterwards. */
  postReleaseAuditPercent: Percent.optional(),
  /** Regional value content, with and without the materials of the other customs territory. */
  origin: z
    .strictObject({
      withMainland: ContentFloor,
      withoutMainland: ContentFloor,
      /** The share at which materials of partners of either side count as local. */
      partnerSharePercent: Percent,
    })
    .optional(),
  /** How many escorted visitors may follow one passage of an official through a lane. */
  visitorsPerOfficial: z.number().int().min(1).max(100).optional(),
  /** How old a health test may be. */
  healthTestHours: z.number().int().min(1).max(8760).optional(),
  /** Import VAT that may wait for the sale: its rate, and the days until it is overdue. */
  vatDeferral: z
    .strictObject({
      vatPercent: Percent,
      overdueAfterDays: z.number().int().min(1).max(3660),
    })
    .optional(),
  /** Duty, VAT and consumption tax together, where they are paid at once. */
  importTaxPercent: Percent.optional(),
  /** How far customs must trust an enterprise at least, for its goods to be released first. */
  leastTier: EnterpriseTier.optional(),
  /** How often a person may cross by the rules that count it, in each period. */
  personAllowance: z
    .strictObject({ every: Every, crossings: z.number().int().min(1).max(10_000) })
    .optional(),
  /** Goods of what value an enterprise may move by the rules that count them, in each period. */
  enterpriseAllowance: z
    .strictObject({
      every: Every,
      valueCents: z.number().int().min(1).max(MAX_CENTS),
      currency: Currency,
    })
    .optional(),
});
export type RegimeSettings = z.infer<typeof Settings>;

export const RegimeShape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'a regime id: small letters, digits and -'),
  version: z.number().int().min(1),
  effectiveFrom: Instant,
  title: Text3,
  /** The document that the rules follow: author, name and date. */
  document: Text3,
  /** Who stands on either side of the first line; `home` is the zone's own. */
  authorities: z.strictObject({ first: Authority, home: Authority }).optional(),
  /** Who puts another version in force: without this any two persons whose role lets them. */
  changedBy: z.literal('one-of-each-side').optional(),
  rules: z.array(Rule).min(1).max(512),
  settings: Settings,
});
export type RegimeFile = z.infer<typeof RegimeShape>;
