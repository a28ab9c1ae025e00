import { z } from 'zod';

/**
 * What customs think of an enterprise, from the least trusted up: found dishonest, nothing known
 * against it, an authorised economic operator (AEO), one of the highest grade.
 */
export const EnterpriseTier = z.enum(['discredited', 'ordinary', 'authorised', 'advanced']);
export type EnterpriseTier = z.infer<typeof EnterpriseTier>;

/** True where a tier is `least` or better. */
export function isTierAtLeast(tier: EnterpriseTier, least: EnterpriseTier): boolean {
  return EnterpriseTier.options.indexOf(tier) >= EnterpriseTier.options.indexOf(least);
}
