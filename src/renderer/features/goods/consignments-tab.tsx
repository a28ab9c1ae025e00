import { useDeferredValue, useMemo } from 'react';
import type { ConsignmentRow } from '../../../shared/contract/goods-rows.ts';
import { ConsignmentId, EnterpriseId } from '../../../shared/domain/ids.ts';
import { useRoute } from '../../actions/route.ts';
import { usePages } from '../../live/use-pages.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { ConsignmentPanel } from './consignment-panel.tsx';
import { Nothing, usePagesNote } from './parts.tsx';
import { showTab } from './tab.ts';
import { useTyped } from './use-typed.ts';

function useColumns(): readonly TableColumn<ConsignmentRow>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      {
        id: 'consignment',
        title: t('goods.consignment'),
        width: 'minmax(7rem, 1fr)',
        cell: (row) => <span className="id high">{row.consignment}</span>,
      },
      {
        id: 'enterprise',
        title: t('goods.enterprise'),
        width: '6rem',
        cell: (row) => <span className="id">{row.enterprise ?? '–'}</span>,
      },
      {
        id: 'declaration',
        title: t('goods.declaration'),
        width: '6rem',
        cell: (row) => <Paper row={row} />,
      },
    ],
    [t],
  );
}

function Paper({ row }: { readonly row: ConsignmentRow }) {
  const { t } = useWords();
  if (row.status === 'suspended') {
    return <Badge tone="p4">{t('goods.consignment-suspended')}</Badge>;
  }
  if (row.declarationStatus === null) return <span className="dim">–</span>;
  return <span className="dim">{t(`goods.declaration-${row.declarationStatus}`)}</span>;
}

function idOf(row: ConsignmentRow): string {
  return row.consignment;
}

/** Consignments, found by their numbers, of one enterprise or of all; and one of them in full. */
export function ConsignmentsTab() {
  const { t } = useWords();
  const { params } = useRoute();
  const [typed, text, setTyped] = useTyped();
  const columns = useColumns();
  const of = EnterpriseId.safeParse(params.enterprise).data;
  const filter = useMemo(
    () => ({ text, ...(of === undefined ? {} : { enterprise: of }) }),
    [text, of],
  );
  const pages = usePages('goods.consignments', filter, idOf);
  const rows = useDeferredValue(pages.rows);
  const note = usePagesNote(pages);
  const chosen = ConsignmentId.safeParse(params.id);
  const kept = of === undefined ? {} : { enterprise: of };
  return (
    <Screen
      title={t('goods.tab-consignments')}
      note={note}
      tools={<Button onPress={pages.again}>{t('goods.refresh')}</Button>}
    >
      <Split
        wide
        sideLabel={t('goods.detail')}
        list={
          <div className="goods-list">
            <div className="goods-filter">
              <TextField
                label={t('goods.search')}
                value={typed}
                onChange={setTyped}
                type="search"
                maxLength={60}
                placeholder={t('goods.search-consignment')}
              />
              {of !== undefined && (
                <>
                  <span className="id">{t('goods.of-enterprise', { enterprise: of })}</span>
                  <Button small onPress={() => showTab('consignments')}>
                    {t('goods.all-enterprises')}
                  </Button>
                </>
              )}
            </div>
            <div className="goods-table">
              <Table
                label={t('goods.tab-consignments')}
                columns={columns}
                rows={rows}
                keyOf={idOf}
                selected={params.id}
                onSelect={(id) => showTab('consignments', id, kept)}
                onEnd={pages.more}
                empty={<Nothing of={pages} text={t('goods.empty-consignments')} />}
              />
            </div>
          </div>
        }
        side={
          chosen.success ? (
            <ConsignmentPanel key={chosen.data} consignment={chosen.data} />
          ) : (
            <Empty>{t('goods.choose-consignment')}</Empty>
          )
        }
      />
    </Screen>
  );
}
