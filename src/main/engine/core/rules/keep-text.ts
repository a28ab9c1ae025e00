import { type TextId, textId } from '../../../../shared/domain/ids.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { TypedText } from '../input.ts';

/** A typed text on its way to the erasable table, under the id that the journal has for it. */
export interface KeptText {
  readonly id: TextId;
  readonly text: TypedText;
}

/** Writes of a typed text what the journal may keep: its id, its length, its salted hash. */
export function keepText(list: EventList, text: TypedText, moment: Moment): KeptText {
  const id = textId(moment.epoch, list.nextSeq);
  const { body, saltedHash } = text;
  list.add('text.kept', { text: id, length: body.length, saltedHash });
  return { id, text };
}
