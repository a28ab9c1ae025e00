import { useMemo, useState } from 'react';
import type { SuspensionRow } from '../../../shared/contract/people-queries.ts';
import type { PermitId } from '../../../shared/domain/ids.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { useQuery } from '../../live/use-query.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Screen, Section, Split } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { PeopleTabs } from './people-tabs.tsx';

const keyOf = ({ id, kind }: SuspensionRow): string => `${kind} ${id}`;

function useColumns(): readonly TableColumn<SuspensionRow>[] {
  const { t, dayTime } = useWords();
  return useMemo(
    () => [
      {
        id: 'kind',
        title: t('ledger.column-kind'),
        width: '8rem',
        cell: (row) => t(`ledger.kind-${row.kind}`),
      },
      {
        id: 'id',
        title: t('ledger.column-id'),
        width: '10rem',
        cell: (row) => <span className="id high">{row.id}</span>,
      },
      {
        id: 'since',
        title: t('ledger.column-from'),
        width: '11rem',
        cell: (row) => <time className="dim">{dayTime(row.sinceMs)}</time>,
      },
      {
        id: 'reason',
        title: t('ledger.reason'),
        width: 'minmax(10rem, 1fr)',
        cell: (row) => row.reason ?? t('ledger.erased'),
      },
    ],
    [t, dayTime],
  );
}

/** What lifts a suspension again: of a permit, of a person or of an enterprise. */
function Lift({ row, again }: { readonly row: SuspensionRow; readonly again: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const { id, kind } = row;
  if (!may('suspension.end')) return null;
  const onPress = () => {
    if (kind === 'permit') ask({ act: 'reinstate', permit: id as PermitId, onDone: again });
    else ask({ act: 'lift-who', kind, id, onDone: again });
  };
  return <Button onPress={onPress}>{t('ledger.lift')}…</Button>;
}

/** One suspension: since when, by whom and why. */
function SuspensionPanel(props: { readonly row: SuspensionRow; readonly again: () => void }) {
  const { t, dayTime } = useWords();
  const userName = useUserName();
  const { again, row } = props;
  return (
    <>
      <h2 className="side-title">{`${t(`ledger.kind-${row.kind}`)} ${row.id}`}</h2>
      <Section title={t('ledger.suspensions-detail')}>
        <Facts
          facts={[
            [t('ledger.column-from'), dayTime(row.sinceMs)],
            [t('ledger.by'), userName(row.by)],
            [t('ledger.reason'), row.reason ?? t('ledger.erased')],
          ]}
        />
      </Section>
      <div className="side-buttons">
        <Lift row={row} again={again} />
      </div>
    </>
  );
}

/** Whoever and whatever is suspended here now. */
export function Suspensions() {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const [chosen, setChosen] = useState<string | null>(null);
  const columns = useColumns();
  const query = useQuery('suspension.list', {});
  const rows = query.data?.rows ?? [];
  const row = rows.find((one) => keyOf(one) === chosen);
  const empty = query.fault ? (
    <ErrorBox fault={query.fault} onRetry={query.again} />
  ) : query.busy ? (
    <Busy />
  ) : (
    <Empty>{t('ledger.suspensions-empty')}</Empty>
  );
  return (
    <Screen
      title={t('people.title')}
      note={query.data?.cut ? t('ledger.cut') : undefined}
      tools={<PeopleTabs />}
    >
      <div className="ledger">
        <div className="ledger-bar">
          {may('suspension.begin') && (
            <Button
              tone="danger"
              onPress={() =>
                ask({ act: 'suspend-who', kind: 'person', id: null, onDone: query.again })
              }
            >
              {t('ledger.suspend-new')}…
            </Button>
          )}
          <Button onPress={query.again}>{t('ledger.refresh')}</Button>
        </div>
        <Split
          sideLabel={t('ledger.suspensions-detail')}
          list={
            <Table
              label={t('ledger.suspensions-list')}
              columns={columns}
              rows={rows}
              keyOf={keyOf}
              selected={row === undefined ? null : chosen}
              onSelect={setChosen}
              empty={empty}
            />
          }
          side={
            row ? (
              <SuspensionPanel row={row} again={query.again} />
            ) : (
              <Empty>{t('ledger.suspensions-choose')}</Empty>
            )
          }
        />
      </div>
    </Screen>
  );
}
