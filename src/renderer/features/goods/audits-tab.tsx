import { useDeferredValue, useMemo, useState } from 'react';
import { auditKey } from '../../../shared/contract/goods-queries.ts';
import type { AuditRow } from '../../../shared/contract/goods-rows.ts';
import { useRoute } from '../../actions/route.ts';
import { usePages } from '../../live/use-pages.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { Outcome } from './audit-outcome.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { Nothing, usePagesNote } from './parts.tsx';
import { showTab } from './tab.ts';

const STATES = ['open', 'drawn', 'all'] as const;
type State = (typeof STATES)[number];

function useColumns(): readonly TableColumn<AuditRow>[] {
  const { t, dayTime } = useWords();
  return useMemo(
    () => [
      {
        id: 'crossing',
        title: t('goods.crossing'),
        width: '9rem',
        cell: (row) => <span className="id high">{row.crossing}</span>,
      },
      {
        id: 'consignment',
        title: t('goods.consignment'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => <span className="id">{row.consignment}</span>,
      },
      {
        id: 'enterprise',
        title: t('goods.enterprise'),
        width: '7rem',
        cell: (row) => <span className="id">{row.enterprise ?? '–'}</span>,
      },
      {
        id: 'drawn',
        title: t('goods.drawn'),
        width: '6rem',
        cell: (row) => t(row.isDrawn ? 'goods.drawn-yes' : 'goods.drawn-no'),
      },
      {
        id: 'by',
        title: t('goods.by-when'),
        width: '10.5rem',
        cell: (row) => (row.isDrawn ? <time>{dayTime(row.byMs)}</time> : '–'),
      },
      {
        id: 'result',
        title: t('goods.result'),
        width: '8rem',
        cell: (row) => <Outcome row={row} />,
      },
    ],
    [t, dayTime],
  );
}

/** Draws of what was released first, newest first; each can be made again from its numbers. */
export function AuditsTab() {
  const { t } = useWords();
  const { params } = useRoute();
  const [state, setState] = useState<State>('open');
  const columns = useColumns();
  const filter = useMemo(() => ({ state }), [state]);
  const pages = usePages('goods.audits', filter, auditKey);
  const rows = useDeferredValue(pages.rows);
  const note = usePagesNote(pages);
  const row = rows.find((one) => auditKey(one) === params.id);
  return (
    <Screen
      title={t('goods.tab-audits')}
      note={note}
      tools={
        <>
          <Choices
            label={t('goods.status')}
            value={state}
            choices={STATES.map((value) => ({ value, text: t(`goods.audit-${value}`) }))}
            onChange={setState}
          />
          <Button onPress={pages.again}>{t('goods.refresh')}</Button>
        </>
      }
    >
      <Split
        sideLabel={t('goods.detail')}
        list={
          <Table
            label={t('goods.tab-audits')}
            columns={columns}
            rows={rows}
            keyOf={auditKey}
            selected={params.id}
            onSelect={(id) => showTab('audits', id)}
            onEnd={pages.more}
            empty={<Nothing of={pages} text={t('goods.empty-audits')} />}
          />
        }
        side={
          row === undefined ? (
            <Empty>{t('goods.choose-audit')}</Empty>
          ) : (
            <AuditPanel row={row} onChanged={pages.again} />
          )
        }
      />
    </Screen>
  );
}
