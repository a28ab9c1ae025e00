import { useMemo } from 'react';
import type { CustodyRow } from '../../../shared/contract/goods-rows.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { useRoute } from '../../actions/route.ts';
import { useZoneNow } from '../../live/now.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Split } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { ageText } from '../../words/amounts.ts';
import { useWords } from '../../words/words.ts';
import { OverviewScreen, useOverview } from './overview.tsx';
import { ConsignmentLink, Nothing } from './parts.tsx';
import { showTab } from './tab.ts';

function useColumns(): readonly TableColumn<CustodyRow>[] {
  const words = useWords();
  const { t, dayTime } = words;
  const nowMs = useZoneNow();
  return useMemo(
    () => [
      {
        id: 'item',
        title: t('goods.item'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => <span className="id high">{row.item}</span>,
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
        id: 'step',
        title: t('goods.step'),
        width: '8rem',
        cell: (row) => t(`domain.custody-${row.step}`),
      },
      {
        id: 'since',
        title: t('goods.since'),
        width: '10.5rem',
        cell: (row) => <time className="dim">{dayTime(row.sinceMs)}</time>,
      },
      {
        id: 'age',
        title: t('goods.age'),
        width: '8rem',
        align: 'end',
        cell: (row) => ageText(words, row.sinceMs, nowMs),
      },
    ],
    [t, dayTime, words, nowMs],
  );
}

function keyOf({ consignment, item }: CustodyRow): string {
  return `${consignment} ${item}`;
}

function CustodyPanel(props: { readonly row: CustodyRow; readonly onChanged: () => void }) {
  const words = useWords();
  const { t, dayTime } = words;
  const may = useMay();
  const { ask } = useActions();
  const nowMs = useZoneNow();
  const { row, onChanged } = props;
  return (
    <>
      <h2 className="side-title id">{row.item}</h2>
      <Facts
        facts={[
          [t('goods.consignment'), <ConsignmentLink key="c" consignment={row.consignment} />],
          [
            t('goods.enterprise'),
            <span key="e" className="id">
              {row.enterprise ?? '–'}
            </span>,
          ],
          [t('goods.step'), t(`domain.custody-${row.step}`)],
          [t('goods.since'), dayTime(row.sinceMs)],
          [t('goods.age'), ageText(words, row.sinceMs, nowMs)],
        ]}
      />
      {may('custody.record') && (
        <div className="side-buttons">
          <Button tone="main" onPress={() => ask({ act: 'custody', item: row, onDone: onChanged })}>
            {t('goods.custody-title')}…
          </Button>
        </div>
      )}
    </>
  );
}

/** Everything that must come out again, be used or be destroyed, the oldest first. */
export function CustodyTab() {
  const { t } = useWords();
  const { params } = useRoute();
  const overview = useOverview();
  const columns = useColumns();
  const rows = overview.data?.custody ?? [];
  const row = rows.find((one) => keyOf(one) === params.id);
  return (
    <OverviewScreen tab="custody" overview={overview} count={rows.length}>
      <Split
        sideLabel={t('goods.detail')}
        list={
          <Table
            label={t('goods.custody')}
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            selected={params.id}
            onSelect={(id) => showTab('custody', id)}
            empty={<Nothing of={overview} text={t('goods.empty-custody')} />}
          />
        }
        side={
          row === undefined ? (
            <Empty>{t('goods.choose-custody')}</Empty>
          ) : (
            <CustodyPanel row={row} onChanged={overview.again} />
          )
        }
      />
    </OverviewScreen>
  );
}
