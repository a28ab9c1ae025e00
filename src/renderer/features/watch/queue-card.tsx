import { memo } from 'react';
import type { QueueRow } from '../../../shared/contract/views.ts';
import { useNames } from '../../live/names.ts';
import { useZoneNow } from '../../live/now.ts';
import { Badge, LateMark, PriorityMark } from '../../ui/badges.tsx';
import { useWords } from '../../words/words.ts';
import type { QueueAct } from './queue-acts.ts';
import { titleOf, whereOf, whoOf, whyOf } from './queue-text.ts';

/** How long it has waited, counted on. */
function Waited({ sinceMs }: { readonly sinceMs: number }) {
  const { span } = useWords();
  const nowMs = useZoneNow();
  return <time className="card-waited">{nowMs === null ? '' : span(nowMs - sinceMs)}</time>;
}

function Marks({ row }: { readonly row: QueueRow }) {
  const { t } = useWords();
  if (row.type === 'exception') return null;
  return (
    <>
      {row.count > 1 && <Badge>×{row.count}</Badge>}
      {row.state === 'acknowledged' && <Badge>{t('domain.incident-state-acknowledged')}</Badge>}
      {row.timing === 'late' && <LateMark />}
    </>
  );
}

interface QueueCardProps {
  readonly row: QueueRow;
  readonly actsOf: (row: QueueRow) => readonly QueueAct[];
  readonly chosen: boolean;
  /** Shows the row's place on the map. */
  readonly onPlace: (row: QueueRow) => void;
}

/**
 * One thing that waits: what, where, how long, why, and what to do next. Kept as it is while its
 * row stays the same, so that scrolling a long queue draws only what comes into sight.
 */
export const QueueCard = memo(function QueueCard(props: QueueCardProps) {
  const { row, actsOf, chosen, onPlace } = props;
  const words = useWords();
  const { t } = words;
  const names = useNames();
  const acts = actsOf(row);
  const why = whyOf(row, words, names);
  const shown = chosen ? acts : acts.slice(0, 1);
  return (
    <div className={`card card-p${row.priority}${chosen ? ' card-chosen' : ''}`}>
      <p className="card-title">
        <PriorityMark priority={row.priority} />
        <span className="card-what">{titleOf(row, words)}</span>
        <Marks row={row} />
        <Waited sinceMs={row.openedMs} />
      </p>
      <p className="card-line">{whereOf(row, words, names)}</p>
      {row.type === 'exception' && <p className="card-line">{whoOf(row, words, names)}</p>}
      {why !== '' && <p className="card-why">{why}</p>}
      <p className="card-acts">
        {shown.map((act, i) => (
          <button
            key={act.id}
            type="button"
            tabIndex={chosen ? 0 : -1}
            className={`btn btn-small ${i === 0 && chosen ? 'btn-main' : 'btn-plain'}`}
            onClick={act.run}
          >
            {act.text}
            {chosen && <kbd className="key">{act.keys.toUpperCase()}</kbd>}
          </button>
        ))}
        {acts.length === 0 && row.type === 'exception' && (
          <span className="card-why">{t('watch.for-supervisor')}</span>
        )}
        {chosen && row.checkpoint !== null && (
          <button type="button" className="btn btn-small btn-quiet" onClick={() => onPlace(row)}>
            {t('watch.to-place')}
            <kbd className="key">G</kbd>
          </button>
        )}
      </p>
    </div>
  );
});
