import { ok } from '../../../../shared/lib/result.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { DatasetInput } from '../input.ts';
import { keepText } from './keep-text.ts';
import type { RequestDecision } from './request.ts';

/** A person puts a version of a dataset in force: whole, or its good rows with the reason why. */
export function decideDataset(
  { data, text: typed }: DatasetInput,
  moment: Moment,
): RequestDecision {
  const list = new EventList(moment);
  const text = typed === null ? null : keepText(list, typed, moment);
  const why = text === null ? {} : { reason: text.id };
  const took = data.refused > 0 ? ('good-rows' as const) : ('all' as const);
  const seq = list.add('dataset.in-force', { ...data, took, ...why });
  return { list, answer: ok({ seq }), text };
}
