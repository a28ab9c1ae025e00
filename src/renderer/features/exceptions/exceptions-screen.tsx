import { useMemo } from 'react';
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components';
import type { QueueRow } from '../../../shared/contract/views.ts';
import type { QueueException } from '../../actions/actions.ts';
import { choose, useRoute } from '../../actions/route.ts';
import { useView } from '../../live/use-view.ts';
import { Screen, Split } from '../../ui/screen.tsx';
import { Busy, Empty } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { ExceptionCard } from './exception-list.tsx';
import { ExceptionPanel } from './exception-panel.tsx';
import './exceptions.css';

/** Only the cards in sight are drawn, however many wait; their heights are measured. */
const LAYOUT = { estimatedRowHeight: 80, gap: 8, padding: 12 };

/** The exceptions of the queue, by priority, then the longest waiting first. */
function waiting(rows: ReadonlyMap<string, QueueRow>): readonly QueueException[] {
  return [...rows.values()]
    .filter((row) => row.type === 'exception')
    .sort((a, b) => a.priority - b.priority || a.openedMs - b.openedMs);
}

/** Referred persons, and all that is needed to decide on one. */
export function ExceptionsScreen() {
  const { t } = useWords();
  const { params } = useRoute();
  const { rows, snapshotAt } = useView('queue');
  const list = useMemo(() => waiting(rows), [rows]);
  const chosen = list.find((row) => row.id === params.exception);
  const gone = params.exception !== undefined && chosen === undefined && snapshotAt !== null;
  const left = (
    <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
      <ListBox
        aria-label={t('exceptions.list')}
        className="waiting-list"
        items={list}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={chosen ? [chosen.id] : []}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys];
          if (key !== undefined) choose('exceptions', { exception: String(key) });
        }}
        renderEmptyState={() =>
          snapshotAt === null ? <Busy /> : <Empty>{t('exceptions.empty')}</Empty>
        }
      >
        {(row) => (
          <ListBoxItem id={row.id} textValue={row.permit ?? row.id} className="waiting-item">
            <ExceptionCard row={row} />
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  );
  const right = chosen ? (
    <ExceptionPanel key={chosen.id} row={chosen} />
  ) : (
    <Empty>{t(gone ? 'exceptions.gone' : 'exceptions.choose')}</Empty>
  );
  return (
    <Screen title={t('exceptions.title')} note={t('exceptions.note', { count: list.length })}>
      <Split wide list={left} side={right} sideLabel={t('exceptions.detail')} />
    </Screen>
  );
}
