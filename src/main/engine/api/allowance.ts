import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import { allowanceReads } from '../projections/allowance-reads.ts';
import type { ApiDeps } from './api-deps.ts';

/** What somebody has left of what the regime in force lets them do in its period. */
export function allowanceLeft(
  { clock, db, regimes, segments }: Pick<ApiDeps, 'clock' | 'db' | 'regimes' | 'segments'>,
  { id, of }: QueryInput<'allowance.left'>,
): QueryOutput<'allowance.left'> {
  const nowMs = Math.round(clock.wallMs());
  const { settings } = regimes.at(nowMs);
  const use = allowanceReads(db, segments).use(settings, of, id, nowMs);
  if (use === null) return { allowance: null };
  const { enterpriseAllowance: goods, personAllowance: person } = settings;
  const most = (of === 'person' ? person?.crossings : goods?.valueCents) ?? 0;
  const currency = of === 'person' ? null : (goods?.currency ?? null);
  return { allowance: { ...use, most, left: Math.max(0, most - use.used), currency } };
}
