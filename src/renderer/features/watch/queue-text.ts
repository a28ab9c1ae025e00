import type { QueueRow } from '../../../shared/contract/views.ts';
import { reasonText } from '../../../shared/locale/reason-text.ts';
import type { Names } from '../../live/names.ts';
import type { Words } from '../../words/words.ts';

export type QueueException = Extract<QueueRow, { type: 'exception' }>;
export type QueueIncident = Extract<QueueRow, { type: 'incident' }>;

/** What happened, in a few words. */
export function titleOf(row: QueueRow, { t }: Words): string {
  if (row.type === 'exception') return t('watch.exception');
  return t(`domain.incident-${row.incident}`);
}

/** Line, checkpoint and lane; the board where it is no lane's matter. */
export function whereOf(row: QueueRow, { t }: Words, names: Names): string {
  const place = row.checkpoint === null ? null : names.checkpointOf(row.checkpoint);
  const parts: string[] = [];
  if (place) parts.push(t(`domain.line-${place.line}`));
  if (row.lane !== null) parts.push(names.lane(row.lane));
  else if (row.checkpoint !== null) parts.push(names.checkpoint(row.checkpoint));
  if (row.type === 'incident' && row.board !== null && row.lane === null) {
    parts.push(t('watch.board', { board: row.board }));
  }
  return parts.join(' · ');
}

/** Who asks, without a name: class, permit, and where the ledger has them. */
export function whoOf(row: QueueException, { t }: Words, names: Names): string {
  const parts = [t(`domain.class-${row.class}`)];
  if (row.permit !== null) parts.push(row.permit);
  if (row.place !== null) parts.push(t('watch.now-in', { place: names.place(row.place) }));
  return parts.join(' · ');
}

function incidentDetail(row: QueueIncident, { t, number }: Words): string {
  const { seconds, count } = row.params;
  if (typeof seconds === 'number') return t('watch.detail-seconds', { n: number(seconds) });
  if (typeof count === 'number') return t('watch.detail-records', { n: number(count) });
  return '';
}

/** Why a human is needed, in plain words. */
export function whyOf(row: QueueRow, words: Words, names: Names): string {
  if (row.type === 'incident') return incidentDetail(row, words);
  const format = { areaName: (area: string) => names.area(area) };
  return row.reasons.map((reason) => reasonText(reason, words.language, format)).join(' ');
}
