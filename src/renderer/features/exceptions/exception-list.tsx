import type { QueueException } from '../../actions/actions.ts';
import { useNames } from '../../live/names.ts';
import { useZoneNow } from '../../live/now.ts';
import { useReasonText } from '../../live/reasons.ts';
import { PriorityMark } from '../../ui/badges.tsx';
import { useWords } from '../../words/words.ts';

/** One waiting person, as in the list: why first, then where, and how long. */
export function ExceptionCard({ row }: { readonly row: QueueException }) {
  const { t, span } = useWords();
  const names = useNames();
  const reasonText = useReasonText();
  const nowMs = useZoneNow();
  const [first] = row.reasons;
  return (
    <div className={`waiting waiting-${row.priority}`}>
      <div className="waiting-head">
        <PriorityMark priority={row.priority} />
        <span className="waiting-why">
          {first ? reasonText(first) : t('domain.crossing-referred')}
        </span>
        <time className="waiting-time">{nowMs === null ? '' : span(nowMs - row.openedMs)}</time>
      </div>
      <p className="waiting-where">
        {t(`domain.line-${row.line}`)} · {names.lane(row.lane)}
      </p>
      <p className="dim small">
        {t(`domain.class-${row.class}`)}
        {row.permit !== null && (
          <>
            {' · '}
            <span className="id">{row.permit}</span>
          </>
        )}
      </p>
    </div>
  );
}
