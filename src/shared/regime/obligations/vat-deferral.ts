import { DAY_MS, hkMidnight } from '../../lib/hk-time.ts';
import { taxOf } from '../../lib/money.ts';
import { amount, type ObligationMaker } from './obligation-maker.ts';

/** Sell first, pay later: opened at the line, closed by the sale, or overdue from then on. */
export interface VatDeferral {
  readonly is: 'vat-deferral';
  readonly valueCents: number | null;
  readonly vatPercent: number | null;
  readonly vatCents: number | null;
  readonly overdueFromMs: number | null;
}

/** Overdue from a Hong Kong midnight on: so many whole days after the day of the crossing. */
export const vatDeferral: ObligationMaker<VatDeferral, 'consignment'> = {
  is: 'vat-deferral',
  kinds: ['consignment'],
  make(facts, { settings }) {
    const valueCents = amount(facts.valueCents);
    const { vatPercent = null, overdueAfterDays = null } = settings.vatDeferral ?? {};
    const vatCents =
      valueCents === null || vatPercent === null ? null : taxOf(valueCents, vatPercent);
    const overdueFromMs =
      overdueAfterDays === null ? null : hkMidnight(facts.atMs) + (overdueAfterDays + 1) * DAY_MS;
    return { is: 'vat-deferral', valueCents, vatPercent, vatCents, overdueFromMs };
  },
};
