import { type TextId, textId } from '../../../../shared/domain/ids.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { TypedText } from '../input.ts';

/** A typed text to keep beside its event; its id, length and salted hash stand in the journal. */
export interface KeptText {
  readonly id: TextId;
  readonly text: TypedText;
}

/** Notes a typed text; null where nothing was typed. */
export function keepText(
  list: EventList,
  text: TypedText | null,
  { epoch }: Moment,
): KeptText | null {
  if (text === null) return null;
  const id = textId(epoch, list.nextSeq);
  const { body, saltedHash } = text;
  list.add('text.kept', { text: id, length: body.length, saltedHash });
  return { id, text };
}
