import { useMemo, useState } from 'react';
import type { CorrectionRow } from '../../../shared/contract/people-queries.ts';
import { useActions } from '../../actions/actions.ts';
import { CorrectionFacts } from '../../actions/correction-facts.tsx';
import { useFactText } from '../../actions/fact-text.ts';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useSession } from '../../live/client.tsx';
import { usePages } from '../../live/use-pages.ts';
import { Badge, Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Screen, Section, Split } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { PeopleTabs } from './people-tabs.tsx';

const SHOWN = ['asked', 'confirmed', 'declined', 'all'] as const;
type Shown = (typeof SHOWN)[number];

const idOf = (row: CorrectionRow): string => row.correction;

function useColumns(): readonly TableColumn<CorrectionRow>[] {
  const { t, dayTime } = useWords();
  const { fact, value } = useFactText();
  return useMemo(
    () => [
      {
        id: 'state',
        title: t('ledger.correction-state'),
        width: '11rem',
        cell: (row) => (
          <Badge tone={row.state === 'asked' ? 'p3' : 'plain'}>
            {t(`ledger.correction-${row.state}`)}
          </Badge>
        ),
      },
      {
        id: 'crossing',
        title: t('ledger.crossing'),
        width: '7rem',
        cell: (row) => <span className="id">{row.crossing}</span>,
      },
      {
        id: 'fact',
        title: t('ledger.column-fact'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => fact(row),
      },
      {
        id: 'before',
        title: t('ledger.column-before'),
        width: '9rem',
        cell: (row) => <span className="dim">{value(row.before)}</span>,
      },
      {
        id: 'after',
        title: t('ledger.column-after'),
        width: '9rem',
        cell: (row) => <span className="high">{value(row.after)}</span>,
      },
      {
        id: 'asked',
        title: t('ledger.column-asked'),
        width: '11rem',
        cell: (row) => <time className="dim">{dayTime(row.askedMs)}</time>,
      },
    ],
    [t, dayTime, fact, value],
  );
}

/** One correction: what was recorded, what is right, who asked, and the second person's word. */
function CorrectionPanel(props: { readonly row: CorrectionRow; readonly again: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const session = useSession();
  const { again, row } = props;
  const isOwn = row.askedBy !== null && row.askedBy === session?.user;
  const mayDecline = may('correction.confirm') || isOwn;
  return (
    <>
      <h2 className="side-title">{t(`ledger.correction-${row.state}`)}</h2>
      <Section title={t('ledger.corrections-detail')}>
        <CorrectionFacts row={row} />
      </Section>
      {row.state === 'asked' && isOwn && (
        <Marked tone="p3" line>
          {t('ledger.confirm-own')}
        </Marked>
      )}
      <div className="side-buttons">
        {row.state === 'asked' && may('correction.confirm') && !isOwn && (
          <Button tone="main" onPress={() => ask({ act: 'confirm', row, onDone: again })}>
            {t('ledger.confirm')}…
          </Button>
        )}
        {row.state === 'asked' && mayDecline && (
          <Button onPress={() => ask({ act: 'decline', row, onDone: again })}>
            {t('ledger.decline')}…
          </Button>
        )}
        {row.person !== null && (
          <Button
            small
            onPress={() => go('people', { person: row.person ?? '', crossing: row.crossing })}
          >
            {t('ledger.see-person')}
          </Button>
        )}
      </div>
    </>
  );
}

/** Corrections that wait for a second person, and what became of the others. */
export function Corrections() {
  const { t } = useWords();
  const [shown, setShown] = useState<Shown>('asked');
  const [chosen, setChosen] = useState<string | null>(null);
  const filter = useMemo(() => (shown === 'all' ? {} : { state: shown }), [shown]);
  const pages = usePages('correction.list', filter, idOf);
  const columns = useColumns();
  const row = pages.rows.find((one) => one.correction === chosen);
  const empty = pages.fault ? (
    <ErrorBox fault={pages.fault} onRetry={pages.again} />
  ) : pages.busy ? (
    <Busy />
  ) : (
    <Empty>{t('ledger.corrections-empty')}</Empty>
  );
  return (
    <Screen title={t('people.title')} tools={<PeopleTabs />}>
      <div className="ledger">
        <div className="ledger-bar">
          <Choices
            label={t('ledger.correction-state')}
            value={shown}
            choices={SHOWN.map((value) => ({ value, text: t(`ledger.correction-${value}`) }))}
            onChange={setShown}
          />
          <Button onPress={pages.again}>{t('ledger.refresh')}</Button>
        </div>
        <Split
          sideLabel={t('ledger.corrections-detail')}
          list={
            <Table
              label={t('ledger.corrections-list')}
              columns={columns}
              rows={pages.rows}
              keyOf={idOf}
              selected={row === undefined ? null : chosen}
              onSelect={setChosen}
              onEnd={pages.more}
              empty={empty}
            />
          }
          side={
            row ? (
              <CorrectionPanel row={row} again={pages.again} />
            ) : (
              <Empty>{t('ledger.corrections-choose')}</Empty>
            )
          }
        />
      </div>
    </Screen>
  );
}
