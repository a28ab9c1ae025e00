import { z } from 'zod';
import { Cents, Currency } from './goods.ts';
import { ConsignmentId, CrossingId } from './ids.ts';

/** What a sale is called by in the books of whoever reports it: no two sales share one. */
export const SaleReference = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/, 'letters, digits, . _ / -, at most 64')
  .brand<'SaleReference'>();
export type SaleReference = z.infer<typeof SaleReference>;

/** What a sale that a person told by hand is called by: see `saleOfKey`. */
const BY_HAND = /^S\d+-\d+$/;

/** A row of a file of sales: goods sold of a consignment whose tax is deferred. */
export const Sale = z.object({
  reference: SaleReference,
  consignment: ConsignmentId,
  /** By which crossing the tax was deferred; null where one only of the consignment is open. */
  crossing: CrossingId.nullable(),
  soldMs: z.number().int(),
  soldCents: Cents.min(1),
  currency: Currency,
});
export type Sale = z.infer<typeof Sale>;

/** A sale whose deferral is known. */
export type PlacedSale = Omit<Sale, 'crossing'> & { readonly crossing: CrossingId };

/** A deferral of a consignment's tax, as the ledger has it: whole cents. */
export interface DeferralNow {
  readonly crossing: CrossingId;
  readonly currency: string;
  readonly valueCents: number;
  readonly vatCents: number;
  readonly soldCents: number;
  readonly closedCents: number;
}

type JudgedSale =
  | { readonly is: 'new'; readonly deferral: DeferralNow }
  /** It stands in the ledger already, as this row has it. */
  | { readonly is: 'same' }
  | { readonly is: 'bad'; readonly column: string; readonly text: string };

/**
 * What becomes of a reported sale: `known` is the one that the ledger has under its reference, and
 * `deferrals` are all that it has of the consignment.
 */
function judgeSale(
  sale: Sale,
  known: PlacedSale | null,
  deferrals: readonly DeferralNow[],
): JudgedSale {
  if (known !== null) {
    if (isSame(sale, known)) return { is: 'same' };
    const text = `${sale.reference} was reported already, and otherwise: a sale is never changed`;
    return { is: 'bad', column: 'reference', text };
  }
  if (BY_HAND.test(sale.reference)) {
    const text = `${sale.reference} is a name of sales told by hand: give it another reference`;
    return { is: 'bad', column: 'reference', text };
  }
  const { consignment, crossing, currency, soldCents } = sale;
  const named = deferrals.filter((one) => crossing === null || one.crossing === crossing);
  const open = crossing === null ? named.filter((one) => one.soldCents < one.valueCents) : named;
  const [only, ...more] = open;
  if (only === undefined) {
    const all = named.length > 0 ? `all of ${consignment} is sold` : noneOf(consignment, crossing);
    return { is: 'bad', column: crossing === null ? 'consignment' : 'crossing', text: all };
  }
  if (more.length > 0) {
    const text = `tax of ${consignment} is deferred by ${open.length} crossings: name one`;
    return { is: 'bad', column: 'crossing', text };
  }
  if (only.currency !== currency) {
    return { is: 'bad', column: 'currency', text: `its tax is deferred in ${only.currency}` };
  }
  const left = only.valueCents - only.soldCents;
  if (soldCents <= left) return { is: 'new', deferral: only };
  return { is: 'bad', column: 'soldCents', text: `only ${left} cents of it are unsold` };
}

function noneOf(consignment: string, crossing: string | null): string {
  if (crossing === null) return `no tax of ${consignment} is deferred`;
  return `no tax of ${consignment} is deferred by ${crossing}`;
}

function isSame(sale: Sale, known: PlacedSale): boolean {
  return (
    sale.consignment === known.consignment &&
    (sale.crossing === null || sale.crossing === known.crossing) &&
    sale.soldMs === known.soldMs &&
    sale.soldCents === known.soldCents &&
    sale.currency === known.currency
  );
}

/**
 * The tax that a sale closes: that of all that is sold so far, in proportion and rounded down, less
 * what was closed before. The last sale closes what is left, so that all sales together close the
 * tax to the cent.
 */
export function taxClosed(deferral: Omit<DeferralNow, 'crossing' | 'currency'>, soldCents: number) {
  const { closedCents, valueCents, vatCents } = deferral;
  const sold = BigInt(deferral.soldCents + soldCents);
  const due = Number((BigInt(vatCents) * sold) / BigInt(Math.max(1, valueCents)));
  return due - closedCents;
}

/** Sales that are judged one after the other: each by what those before it have left open. */
export class SalesInOrder {
  readonly #moved = new Map<string, DeferralNow>();

  /** What becomes of the next one: see `judgeSale`. */
  judge(sale: Sale, known: PlacedSale | null, deferrals: readonly DeferralNow[]): JudgedSale {
    const now = deferrals.map((one) => this.#moved.get(keyOf(sale, one)) ?? one);
    return judgeSale(sale, known, now);
  }

  take(sale: Sale, deferral: DeferralNow): void {
    this.#moved.set(keyOf(sale, deferral), afterSale(deferral, sale.soldCents));
  }
}

function keyOf({ consignment }: Sale, { crossing }: DeferralNow): string {
  return `${consignment} ${crossing}`;
}

/** The deferral once a sale was taken. */
function afterSale(deferral: DeferralNow, soldCents: number): DeferralNow {
  const closedCents = deferral.closedCents + taxClosed(deferral, soldCents);
  return { ...deferral, soldCents: deferral.soldCents + soldCents, closedCents };
}
