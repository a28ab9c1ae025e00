import type { TextId } from '../../../../shared/domain/ids.ts';
import { SalesInOrder, taxClosed } from '../../../../shared/domain/sale.ts';
import { ok } from '../../../../shared/lib/result.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { SaleFacts } from '../goods-facts.ts';
import type { SalesInput } from '../input.ts';
import { keepText } from './keep-text.ts';
import type { RequestDecision } from './request.ts';

/** What became of a part of a file of sales. */
export interface SalesTaken {
  /** The reason's text, for the parts that come after. */
  readonly reason: TextId;
  readonly taken: number;
  readonly same: number;
  /** Sales that the ledger cannot take any more, by their place in this part. */
  readonly bad: readonly { readonly at: number; readonly column: string; readonly text: string }[];
}

/**
 * A part of a file of sales: each is judged once more on the ledger as it stands, and on the sales
 * before it. What stands there already is not reported again.
 */
export function decideSales(
  facts: readonly SaleFacts[],
  input: SalesInput,
  moment: Moment,
): RequestDecision {
  const list = new EventList(moment);
  const text = input.text === null ? null : keepText(list, input.text, moment);
  const reason = text?.id ?? input.reason;
  if (reason === null) throw new Error('sales without a reason');
  const inOrder = new SalesInOrder();
  const reported = new Set<string>();
  const bad: SalesTaken['bad'][number][] = [];
  let same = 0;
  for (const [at, sale] of input.sales.entries()) {
    const { known, deferrals } = facts[at] ?? { known: null, deferrals: [] };
    const judged = inOrder.judge(sale, known, deferrals);
    if (judged.is === 'bad') bad.push({ at, column: judged.column, text: judged.text });
    else if (judged.is === 'same' || reported.has(sale.reference)) same += 1;
    else {
      const { deferral } = judged;
      const vatCents = taxClosed(deferral, sale.soldCents);
      list.add('sale.reported', { ...sale, crossing: deferral.crossing, vatCents, reason });
      inOrder.take(sale, deferral);
      reported.add(sale.reference);
    }
  }
  const taken = reported.size;
  const answer: SalesTaken = { reason, taken, same, bad };
  return { list, answer: ok(answer), text };
}
