import { useMemo, useState } from 'react';
import type { DayReturnRow } from '../../../shared/contract/people-queries.ts';
import { DayReturnState } from '../../../shared/domain/day-return.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useNames } from '../../live/names.ts';
import { usePages } from '../../live/use-pages.ts';
import { useQuery } from '../../live/use-query.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { Badge, Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Screen, Section, Split } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { PeopleTabs } from './people-tabs.tsx';

const MINUTE_MS = 60_000;

const idOf = (row: DayReturnRow): string => row.crossing;

/** How things stand with somebody who has to be back, in a word. */
function Standing({ row, soonMs }: { readonly row: DayReturnRow; readonly soonMs: number }) {
  const { t } = useWords();
  if (row.state === 'unknown') {
    return (
      <Badge tone="p2">{t(row.overdueMs === null ? 'ledger.not-known' : 'ledger.late')}</Badge>
    );
  }
  if (row.state === 'due' && row.dueMs <= soonMs) {
    return <Badge tone="p3">{t('ledger.soon')}</Badge>;
  }
  return <span className="dim">{t(`ledger.state-${row.state}`)}</span>;
}

function useColumns(soonMs: number): readonly TableColumn<DayReturnRow>[] {
  const { t, dayTime } = useWords();
  const names = useNames();
  return useMemo(
    () => [
      {
        id: 'person',
        title: t('ledger.person'),
        width: '9rem',
        cell: (row) => <span className="id high">{row.person}</span>,
      },
      {
        id: 'standing',
        title: t('ledger.due-back-state'),
        width: '8rem',
        cell: (row) => <Standing row={row} soonMs={soonMs} />,
      },
      {
        id: 'due',
        title: t('ledger.column-due'),
        width: '11rem',
        cell: (row) => <time>{dayTime(row.dueMs)}</time>,
      },
      {
        id: 'since',
        title: t('ledger.column-since'),
        width: '11rem',
        cell: (row) => (
          <span className="dim">{row.sinceMs === null ? '–' : dayTime(row.sinceMs)}</span>
        ),
      },
      {
        id: 'back',
        title: t('ledger.column-back'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => names.place(row.back),
      },
      {
        id: 'decided',
        title: t('ledger.column-decided'),
        width: '9rem',
        cell: (row) => (row.decided === null ? '–' : t(`ledger.outcome-${row.decided.outcome}`)),
      },
    ],
    [t, dayTime, names, soonMs],
  );
}

function useFacts(row: DayReturnRow): readonly Fact[] {
  const { t, dayTime } = useWords();
  const names = useNames();
  const userName = useUserName();
  const { closedMs, decided, overdueMs, sinceMs } = row;
  const facts: Fact[] = [
    [t('ledger.column-due'), dayTime(row.dueMs)],
    [t('ledger.column-since'), sinceMs === null ? t('ledger.not-known') : dayTime(sinceMs)],
    [t('ledger.column-back'), names.place(row.back)],
    [
      t('ledger.crossing'),
      <span key="crossing" className="id">
        {row.crossing}
      </span>,
    ],
  ];
  if (overdueMs !== null) facts.push([t('ledger.late'), dayTime(overdueMs)]);
  if (closedMs !== null) facts.push([t('ledger.column-closed'), dayTime(closedMs)]);
  if (decided !== null) {
    facts.push(
      [t('ledger.column-decided'), t(`ledger.outcome-${decided.outcome}`)],
      [t('ledger.by'), `${userName(decided.by)} · ${dayTime(decided.atMs)}`],
      [t('ledger.reason'), decided.reason ?? t('ledger.erased')],
    );
  }
  return facts;
}

/** One person who has to be back: what is known, and what a person decides of it. */
function DueBackPanel({ row, again }: { readonly row: DayReturnRow; readonly again: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const facts = useFacts(row);
  const { crossing, decided, person, state } = row;
  const isOpen = state === 'unknown' || state === 'stayed';
  return (
    <>
      <h2 className="side-title">{person}</h2>
      <p className="side-sub">{t(`ledger.state-${state}`)}</p>
      {state === 'unknown' && (
        <Marked tone="p2" line>
          {t('ledger.due-back-unknown-text')}
        </Marked>
      )}
      <Section title={t('ledger.due-back-detail')}>
        <Facts facts={facts} />
      </Section>
      <div className="side-buttons">
        {isOpen && may('day-return.decide') && (
          <Button tone="main" onPress={() => ask({ act: 'day-return', row, onDone: again })}>
            {t('ledger.decide')}…
          </Button>
        )}
        {decided !== null && may('correction.ask') && (
          <Button
            onPress={() =>
              ask({
                act: 'correct',
                crossing,
                fact: 'day-return',
                now: decided.outcome,
                atMs: null,
                onDone: again,
              })
            }
          >
            {t('ledger.correct')}…
          </Button>
        )}
        <Button small onPress={() => go('people', { person, crossing })}>
          {t('ledger.see-person')}
        </Button>
      </div>
    </>
  );
}

/** Who has to be back: not late yet, unknown until a person decides, decided, and back. */
export function DueBack() {
  const { t, number } = useWords();
  const [state, setState] = useState<DayReturnState>('unknown');
  const [chosen, setChosen] = useState<string | null>(null);
  const terms = useQuery('day-return.list', { state: 'due', limit: 1 }).data;
  const pages = usePages('day-return.list', { state }, idOf);
  const soonMs = terms === null ? 0 : terms.nowMs + terms.warnsMs;
  const columns = useColumns(soonMs);
  const row = pages.rows.find((one) => one.crossing === chosen);
  const minutes = number(Math.round((terms?.warnsMs ?? 0) / MINUTE_MS));
  const empty = pages.fault ? (
    <ErrorBox fault={pages.fault} onRetry={pages.again} />
  ) : pages.busy ? (
    <Busy />
  ) : (
    <Empty>{t('ledger.due-back-empty')}</Empty>
  );
  return (
    <Screen
      title={t('people.title')}
      note={terms === null ? undefined : t('ledger.due-back-warns', { minutes })}
      tools={<PeopleTabs />}
    >
      <div className="ledger">
        <div className="ledger-bar">
          <Choices
            label={t('ledger.due-back-state')}
            value={state}
            choices={DayReturnState.options.map((value) => {
              return { value, text: t(`ledger.state-${value}`) };
            })}
            onChange={setState}
          />
          <Button onPress={pages.again}>{t('ledger.refresh')}</Button>
        </div>
        <Split
          sideLabel={t('ledger.due-back-detail')}
          list={
            <Table
              label={t('ledger.due-back-list')}
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
              <DueBackPanel row={row} again={pages.again} />
            ) : (
              <Empty>{t('ledger.due-back-choose')}</Empty>
            )
          }
        />
      </div>
    </Screen>
  );
}
