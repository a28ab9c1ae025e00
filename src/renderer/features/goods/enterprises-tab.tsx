import { useDeferredValue, useMemo, useState } from 'react';
import type { EnterpriseRow } from '../../../shared/contract/goods-rows.ts';
import { EnterpriseId } from '../../../shared/domain/ids.ts';
import { useRoute } from '../../actions/route.ts';
import { usePages } from '../../live/use-pages.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { EnterprisePanel } from './enterprise-panel.tsx';
import { Nothing, usePagesNote } from './parts.tsx';
import { showTab } from './tab.ts';
import { useTyped } from './use-typed.ts';

const STATUSES = ['any', 'registered', 'suspended', 'open'] as const;
type Status = (typeof STATUSES)[number];

function useColumns(): readonly TableColumn<EnterpriseRow>[] {
  const { t, language } = useWords();
  return useMemo(
    () => [
      {
        id: 'enterprise',
        title: t('goods.enterprise'),
        width: '5.5rem',
        cell: (row) => <span className="id high">{row.enterprise}</span>,
      },
      {
        id: 'name',
        title: t('goods.name'),
        width: 'minmax(6rem, 1fr)',
        cell: (row) => {
          const name = language === 'en' ? row.nameEn : row.nameZh;
          return (
            <span className="declared" title={name}>
              {name}
            </span>
          );
        },
      },
      {
        id: 'open',
        title: t('goods.open-rest'),
        width: '8.5rem',
        cell: (row) => <Standing row={row} />,
      },
    ],
    [t, language],
  );
}

/** The one thing about an enterprise that wants to be seen first, else how much stands open. */
function Standing({ row }: { readonly row: EnterpriseRow }) {
  const { t, number } = useWords();
  if (row.isBelow) return <Badge tone="p2">{t('goods.below')}</Badge>;
  if (row.overdueDeferrals > 0) return <Badge tone="p3">{t('goods.overdue')}</Badge>;
  if (row.suspendedHere) return <Badge tone="p3">{t('goods.suspended-here')}</Badge>;
  if (row.status === 'suspended') return <Badge tone="p4">{t('goods.status-suspended')}</Badge>;
  const open = row.openKinds + row.openCustody + row.openDeferrals + row.openAudits;
  return <span className={open === 0 ? 'dim' : 'high'}>{number(open)}</span>;
}

function idOf(row: EnterpriseRow): string {
  return row.enterprise;
}

/** Enterprises, found by name or number, and one of them in full. */
export function EnterprisesTab() {
  const { t } = useWords();
  const { params } = useRoute();
  const [typed, text, setTyped] = useTyped();
  const [status, setStatus] = useState<Status>('any');
  const columns = useColumns();
  const filter = useMemo(() => ({ text, status }), [text, status]);
  const pages = usePages('goods.enterprises', filter, idOf);
  const rows = useDeferredValue(pages.rows);
  const note = usePagesNote(pages);
  const chosen = EnterpriseId.safeParse(params.id);
  return (
    <Screen
      title={t('goods.tab-enterprises')}
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
                placeholder={t('goods.search-enterprise')}
              />
              <Select
                label={t('goods.status')}
                value={status}
                choices={STATUSES.map((value) => ({ value, text: t(`goods.status-${value}`) }))}
                onChange={setStatus}
              />
            </div>
            <div className="goods-table">
              <Table
                label={t('goods.tab-enterprises')}
                columns={columns}
                rows={rows}
                keyOf={idOf}
                selected={params.id}
                onSelect={(id) => showTab('enterprises', id)}
                onEnd={pages.more}
                empty={<Nothing of={pages} text={t('goods.empty-enterprises')} />}
              />
            </div>
          </div>
        }
        side={
          chosen.success ? (
            <EnterprisePanel key={chosen.data} enterprise={chosen.data} onChanged={pages.again} />
          ) : (
            <Empty>{t('goods.choose-enterprise')}</Empty>
          )
        }
      />
    </Screen>
  );
}
