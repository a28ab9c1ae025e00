import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
} from 'react';
import type { QueueRow } from '../../../shared/contract/views.ts';
import { useZoneNow } from '../../live/now.ts';
import { chosenRowProps, gridBodyProps, gridCellProps, gridProps } from '../../ui/grid-props.ts';
import { rowAfterKey } from '../../ui/row-after-key.ts';
import { Empty } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import type { QueueAct } from './queue-acts.ts';
import { QueueCard } from './queue-card.tsx';

/** About what a card takes, in rem; each is measured once it is drawn. */
const CARD_REM = 6.6;
const OVERSCAN = 6;

export interface QueuePanelProps {
  readonly rows: readonly QueueRow[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  /** Shows a row's place on the map. */
  readonly onPlace: (row: QueueRow) => void;
  readonly actsOf: (row: QueueRow) => readonly QueueAct[];
  /** The list's own element, so that the way back from the map can find it. */
  readonly listRef: RefObject<HTMLDivElement | null>;
  /** Set to what brings the chosen row into sight: true when it was there already. */
  readonly revealRef: RefObject<() => boolean>;
}

/** Whether the chosen card is wholly inside the list's window. */
function inSight(list: HTMLElement | null): boolean {
  const card = list?.querySelector('[aria-selected="true"]');
  if (!list || !card) return false;
  const [window, box] = [list.getBoundingClientRect(), card.getBoundingClientRect()];
  return box.top >= window.top - 1 && box.bottom <= window.bottom + 1;
}

function cardPx(): number {
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.round(CARD_REM * remPx);
}

function Head({ rows }: { readonly rows: readonly QueueRow[] }) {
  const { t, span, number } = useWords();
  const nowMs = useZoneNow();
  const oldestMs = useMemo(
    () => rows.reduce((oldest, row) => Math.min(oldest, row.openedMs), Number.POSITIVE_INFINITY),
    [rows],
  );
  return (
    <h2 className="panel-title">
      {t('watch.waiting')}
      <span className="panel-note">
        {t('app.rows', { count: rows.length })}
        <span className="sr-only">{number(rows.length)}</span>
        {nowMs !== null &&
          rows.length > 0 &&
          ` · ${t('watch.oldest', { span: span(nowMs - oldestMs) })}`}
      </span>
    </h2>
  );
}

/** The keys that walk the queue and go to a row's place. */
function useQueueKeys(props: QueuePanelProps, at: number, reveal: (index: number) => void) {
  const { rows, onChoose, onPlace } = props;
  return (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const row = rows[at];
    if (event.key === 'Enter' && row) {
      event.preventDefault();
      onPlace(row);
      return;
    }
    const next = rowAfterKey(event.key, at, rows.length);
    const nextRow = next === null ? undefined : rows[next];
    if (next === null || !nextRow) return;
    event.preventDefault();
    onChoose(nextRow.id);
    reveal(next);
  };
}

/** The cards in sight, each where the list's length puts it. */
function Cards({
  panel,
  virtual,
  id,
}: {
  readonly panel: QueuePanelProps;
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly id: string;
}) {
  const { rows, chosen, onChoose, onPlace, actsOf } = panel;
  return virtual.getVirtualItems().map((item) => {
    const row = rows[item.index];
    if (!row) return null;
    const toPlace = () => onPlace(row);
    const isChosen = row.id === chosen;
    return (
      <div
        key={row.id}
        id={`${id}-${item.index}`}
        ref={virtual.measureElement}
        data-index={item.index}
        className="queue-row"
        style={{ transform: `translateY(${item.start}px)` }}
        {...chosenRowProps(item.index + 2, isChosen, () => onChoose(row.id), toPlace)}
      >
        <div {...gridCellProps}>
          <QueueCard row={row} actsOf={actsOf} chosen={isChosen} onPlace={onPlace} />
        </div>
      </div>
    );
  });
}

/** What waits for a human. Only the cards in sight are drawn, so that thousands still scroll. */
export function QueuePanel(props: QueuePanelProps) {
  const { rows, chosen, listRef, revealRef } = props;
  const { t } = useWords();
  const id = useId();
  const own = useRef<HTMLDivElement>(null);
  // Both stay the same while nothing changes: else every row is measured anew at each step.
  const estimate = useMemo(cardPx, []);
  const estimateSize = useCallback(() => estimate, [estimate]);
  const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => own.current,
    estimateSize,
    overscan: OVERSCAN,
    getItemKey,
  });
  useEffect(() => {
    listRef.current = own.current;
  }, [listRef]);
  const at = chosen === null ? -1 : rows.findIndex((row) => row.id === chosen);
  useEffect(() => {
    revealRef.current = () => {
      const seen = inSight(own.current);
      if (!seen && at >= 0) virtual.scrollToIndex(at);
      return seen;
    };
  }, [revealRef, virtual, at]);
  const onKeyDown = useQueueKeys(props, at, (index) => virtual.scrollToIndex(index));
  const grid = gridProps({
    label: t('watch.waiting'),
    rowCount: rows.length,
    columnCount: 1,
    activeRow: at >= 0 ? `${id}-${at}` : undefined,
    onKeyDown,
  });
  return (
    <aside className="watch-queue" aria-label={t('watch.waiting')}>
      <Head rows={rows} />
      {rows.length === 0 && <Empty>{t('watch.nothing-waits')}</Empty>}
      <div ref={own} className="queue-list" data-testid="queue" {...grid}>
        <div className="queue-body" style={{ height: virtual.getTotalSize() }} {...gridBodyProps}>
          <Cards panel={props} virtual={virtual} id={id} />
        </div>
      </div>
    </aside>
  );
}
