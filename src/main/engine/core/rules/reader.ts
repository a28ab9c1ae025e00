import type { ReaderSaid } from '../../../../shared/domain/device-report.ts';
import type { PersonId } from '../../../../shared/domain/ids.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { MusterRead } from '../facts.ts';
import { markRead } from './muster.ts';

/**
 * A reader at a desk or at a muster point (`muster`) read a badge or a code, or one came and went.
 * It is never a crossing.
 */
export function decideReader(
  person: PersonId | null,
  report: ReaderSaid,
  moment: Moment,
  muster: MusterRead | null = null,
): EventList {
  const list = new EventList(moment);
  const { reader } = report;
  if (report.kind === 'read' || report.kind === 'code') {
    if (!markRead(list, muster, reader, person)) list.add('desk.read', { reader, person });
    return list;
  }
  if (report.kind === 'unread') {
    list.add('reader.unread', { reader, why: report.why });
    return list;
  }
  const { online, model, serial, text } = report;
  const told = { model: model ?? null, serial: serial ?? null, text: text ?? null };
  list.add('reader.state', { reader, online, ...told });
  return list;
}
