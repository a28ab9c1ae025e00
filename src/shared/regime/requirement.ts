import { z } from 'zod';

/**
 * The closed list of requirements that a rule may name. People's rules may name only those that can
 * be checked from a person's facts: see `requirements/registry.ts`.
 */
export const RequirementName = z.enum([
  'permit-valid',
  'permit-covers-area',
  'within-hours',
  'not-suspended',
  'not-watchlisted',
  'not-already-inside',
  'area-has-room',
  'consent-to-joint-inspection',
  'clearance-granted',
  'declaration-cleared',
  'enterprise-registered',
  'enterprise-tier',
  'on-roster',
  'health-test-within',
  'escorted',
  'lane-takes',
  'seal-intact',
  'certificate-recognised',
  'origin-met',
  'within-allowance',
]);
export type RequirementName = z.infer<typeof RequirementName>;

export const ObligationName = z.enum([
  'joint-record',
  'due-back',
  'presence-day',
  'file-with',
  'post-release-audit',
  'export-refund',
  'vat-deferral',
  'import-tax-rate',
  'custody',
  'inspection-exempt',
  'allowance',
]);
export type ObligationName = z.infer<typeof ObligationName>;

/**
 * What a reason can name: a requirement; `regime-in-force` and `code-valid`, which no rule names
 * since they hold for all of them; or `needs-supervisor` in place of one whose failure is shown to
 * supervisors only.
 */
export const ReasonName = z.enum([
  ...RequirementName.options,
  'regime-in-force',
  'code-valid',
  'needs-supervisor',
]);
export type ReasonName = z.infer<typeof ReasonName>;

/** What a failed requirement says: the requirement, and which way it failed. */
export const Reason = z.object({
  is: ReasonName,
  /** Which way: `<is>/<detail>` is a key of the words in `locale/regime.ts`. */
  detail: z.string().regex(/^[a-z][a-z-]*$/),
  /** Values for the words: a time in ms, an area id, a count. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Reason = z.infer<typeof Reason>;
