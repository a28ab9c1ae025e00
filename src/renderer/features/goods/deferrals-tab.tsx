import { useMemo } from 'react';
import type { DeferralRow } from '../../../shared/contract/goods-rows.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { useRoute } from '../../actions/route.ts';
import { useZoneNow } from '../../live/now.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Split } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { moneyText } from '../../words/amounts.ts';
import { useWords } from '../../words/words.ts';
import { OverviewScreen, useOverview } from './overview.tsx';
import { ConsignmentLink, Nothing } from './parts.tsx';
import { showTab } from './tab.ts';

/** When it is overdue, and whether it is. */
function Due({ row }: { readonly row: DeferralRow }) {
  const { t, dayTime } = useWords();
  const nowMs = useZoneNow();
  const { overdueFromMs } = row;
  if (overdueFromMs === null) return <span className="dim">–</span>;
  const isOverdue = nowMs !== null && overdueFromMs <= nowMs;
  if (!isOverdue) return <time className="dim">{dayTime(overdueFromMs)}</time>;
  return (
    <>
      <Badge tone="p3">{t('goods.overdue')}</Badge> <time>{dayTime(overdueFromMs)}</time>
    </>
  );
}

function useColumns(): readonly TableColumn<DeferralRow>[] {
  const words = useWords();
  const { t } = words;
  return useMemo(() => {
    const money = (
      id: 'value' | 'vat' | 'sold' | 'closed' | 'open',
      of: (row: DeferralRow) => number,
    ): TableColumn<DeferralRow> => ({
      id,
      title: t(`goods.${id}`),
      width: '9rem',
      align: 'end',
      cell: (row) => moneyText(words, of(row), row.currency),
    });
    return [
      {
        id: 'consignment',
        title: t('goods.consignment'),
        width: '8rem',
        cell: (row) => <span className="id high">{row.consignment}</span>,
      },
      {
        id: 'enterprise',
        title: t('goods.enterprise'),
        width: '7rem',
        cell: (row) => <span className="id">{row.enterprise ?? '–'}</span>,
      },
      money('value', (row) => row.valueCents),
      money('vat', (row) => row.vatCents),
      money('open', (row) => row.vatCents - row.closedCents),
      {
        id: 'overdue',
        title: t('goods.overdue-from'),
        width: 'minmax(15.5rem, 1fr)',
        cell: (row) => <Due row={row} />,
      },
    ];
  }, [t, words]);
}

function keyOf({ crossing, consignment }: DeferralRow): string {
  return `${crossing} ${consignment}`;
}

function DeferralPanel(props: { readonly row: DeferralRow; readonly onChanged: () => void }) {
  const words = useWords();
  const { t } = words;
  const may = useMay();
  const { ask } = useActions();
  const { row, onChanged } = props;
  const money = (cents: number) => moneyText(words, cents, row.currency);
  return (
    <>
      <h2 className="side-title id">{row.consignment}</h2>
      <Facts
        facts={[
          [t('goods.consignment'), <ConsignmentLink key="c" consignment={row.consignment} />],
          [
            t('goods.enterprise'),
            <span key="e" className="id">
              {row.enterprise ?? '–'}
            </span>,
          ],
          [
            t('goods.crossing'),
            <span key="x" className="id">
              {row.crossing}
            </span>,
          ],
          [t('goods.value'), money(row.valueCents)],
          [t('goods.vat'), money(row.vatCents)],
          [t('goods.sold'), money(row.soldCents)],
          [t('goods.closed'), money(row.closedCents)],
          [t('goods.open'), money(row.vatCents - row.closedCents)],
          [t('goods.overdue-from'), <Due key="d" row={row} />],
        ]}
      />
      {may('sale.report') && (
        <div className="side-buttons">
          <Button
            tone="main"
            onPress={() => ask({ act: 'sale', deferral: row, onDone: onChanged })}
          >
            {t('goods.sale-title')}…
          </Button>
        </div>
      )}
    </>
  );
}

/** Tax that waits for a sale: what is due first on top. */
export function DeferralsTab() {
  const { t } = useWords();
  const { params } = useRoute();
  const overview = useOverview();
  const columns = useColumns();
  const rows = overview.data?.deferrals ?? [];
  const row = rows.find((one) => keyOf(one) === params.id);
  return (
    <OverviewScreen tab="deferrals" overview={overview} count={rows.length}>
      <Split
        sideLabel={t('goods.detail')}
        list={
          <Table
            label={t('goods.deferrals')}
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            selected={params.id}
            onSelect={(id) => showTab('deferrals', id)}
            empty={<Nothing of={overview} text={t('goods.empty-deferrals')} />}
          />
        }
        side={
          row === undefined ? (
            <Empty>{t('goods.choose-deferral')}</Empty>
          ) : (
            <DeferralPanel row={row} onChanged={overview.again} />
          )
        }
      />
    </OverviewScreen>
  );
}
