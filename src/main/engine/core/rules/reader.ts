import type { ReaderReport } from '../../../../shared/domain/device-report.ts';
import type { PersonId } from '../../../../shared/domain/ids.ts';
import { EventList, type Moment } from '../event-list.ts';

/** A desk reader read a badge, or came and went. A read at a desk is never a crossing. */
export function decideReader(
  person: PersonId | null,
  report: ReaderReport,
  moment: Moment,
): EventList {
  const list = new EventList(moment);
  const { reader } = report;
  if (report.kind === 'read') {
    list.add('desk.read', { reader, person });
    return list;
  }
  const { online, model, serial, text } = report;
  const told = { model: model ?? null, serial: serial ?? null, text: text ?? null };
  list.add('reader.state', { reader, online, ...told });
  return list;
}
