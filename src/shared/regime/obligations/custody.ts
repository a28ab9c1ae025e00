import type { ItemId } from '../../domain/ids.ts';
import type { ObligationMaker } from './obligation-maker.ts';

/** What must come out again, be used or be destroyed from now on; and what has come out again. */
export interface Custody {
  readonly is: 'custody';
  readonly opens: readonly ItemId[];
  readonly closes: readonly ItemId[];
}

/** None where nothing in the consignment must be followed. */
export const custody: ObligationMaker<Custody, 'consignment'> = {
  is: 'custody',
  kinds: ['consignment'],
  make({ items }) {
    const opens = items.filter((one) => one.mustNotStay && !one.isInCustody).map((one) => one.item);
    const closes = items.filter((one) => one.isInCustody).map((one) => one.item);
    return opens.length + closes.length === 0 ? null : { is: 'custody', opens, closes };
  },
};
