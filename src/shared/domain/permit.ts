import { z } from 'zod';
import { Credential } from './credential.ts';
import { AreaId, EnterpriseId, PermitId, PersonId } from './ids.ts';
import { Line, PersonClass } from './line.ts';

export const PermitStatus = z.enum(['active', 'suspended', 'revoked']);
export type PermitStatus = z.infer<typeof PermitStatus>;

/** Minutes since Hong Kong midnight; `to` is exclusive and may be 1440. */
export const Hours = z.object({
  fromMinute: z.number().int().min(0).max(1439),
  toMinute: z.number().int().min(1).max(1440),
});
export type Hours = z.infer<typeof Hours>;

/**
 * A row of the `permits` dataset: what entitles to cross. Times are ms since 1970, to the minute.
 */
export const Permit = z.object({
  permit: PermitId,
  person: PersonId,
  credential: Credential,
  class: PersonClass,
  status: PermitStatus,
  validFromMs: z.number().int(),
  validToMs: z.number().int(),
  areas: z.array(AreaId).max(16),
  hours: Hours,
  enterprise: EnterpriseId.nullable(),
  /** When the holder consented to joint inspection; null = never. */
  consentAtMs: z.number().int().nullable(),
  trade: z.string().max(64).nullable(),
});
export type Permit = z.infer<typeof Permit>;

/** A row of the `persons` dataset: erasable, never in the journal. */
export const Person = z.object({
  person: PersonId,
  nameZh: z.string().max(80),
  nameEn: z.string().max(120),
  employer: z.string().max(120),
  document: z.string().max(40),
});
export type Person = z.infer<typeof Person>;

/** A row of the `watch-list` dataset. */
export const WatchEntry = z.object({
  person: PersonId,
  reason: z.string().max(200),
  fromMs: z.number().int(),
  toMs: z.number().int(),
});
export type WatchEntry = z.infer<typeof WatchEntry>;

/** A row of the `clearances` dataset: a person's ordinary clearance at a line, while it lasts. */
export const Clearance = z.object({
  person: PersonId,
  line: Line,
  fromMs: z.number().int(),
  toMs: z.number().int(),
});
export type Clearance = z.infer<typeof Clearance>;

/**
 * A row of the `admission-list` dataset: a trade that new passes may name, while it stands there.
 * `toMs` is exclusive; null = until it is struck off.
 */
export const AdmittedTrade = z.object({
  trade: z.string().min(1).max(64),
  fromMs: z.number().int(),
  toMs: z.number().int().nullable(),
});
export type AdmittedTrade = z.infer<typeof AdmittedTrade>;

/** A row of the `rosters` dataset: whom an institution or a park's tenant names, and how long. */
export const RosterMember = z.object({
  roster: z.string().min(1).max(64),
  person: PersonId,
  fromMs: z.number().int(),
  /** Exclusive; null = until struck off. */
  toMs: z.number().int().nullable(),
});
export type RosterMember = z.infer<typeof RosterMember>;

export const TestResult = z.enum(['negative', 'positive']);

/** A row of the `health-tests` dataset: what the station found. */
export const HealthTest = z.object({
  person: PersonId,
  takenMs: z.number().int(),
  result: TestResult,
});
export type HealthTest = z.infer<typeof HealthTest>;

/** Datasets whose every row is one person's: what is erased of a person goes out of these. */
export const PersonalDataset = z.enum([
  'permits',
  'persons',
  'watch-list',
  'clearances',
  'rosters',
  'health-tests',
]);
export type PersonalDataset = z.infer<typeof PersonalDataset>;

export const GoodsDataset = z.enum([
  'enterprises',
  'consignments',
  'consignment-lines',
  'vehicles',
  'slots',
]);
export type GoodsDataset = z.infer<typeof GoodsDataset>;

/** In the order in which they are loaded: a new pass is held against the admission list. */
export const DatasetName = z.enum([
  'admission-list',
  ...PersonalDataset.options,
  ...GoodsDataset.options,
]);
export type DatasetName = z.infer<typeof DatasetName>;

/** No dataset in force yet. */
export const NO_DATASETS = Object.freeze(
  Object.fromEntries(DatasetName.options.map((name) => [name, 0])),
) as Readonly<Record<DatasetName, number>>;
