import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { CrossingRow } from '../../../shared/contract/queries.ts';
import { useMay } from '../../actions/may.ts';
import { choose, useRoute } from '../../actions/route.ts';
import { useSite } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useReasonText } from '../../live/reasons.ts';
import { type Pages, usePages } from '../../live/use-pages.ts';
import { Button } from '../../ui/button.tsx';
import { CrossingOutcome } from '../../ui/crossing.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import {
  crossingFilter,
  type FilterFields,
  fieldsOf,
  NO_FILTER,
  paramsOf,
  wrongField,
} from './crossing-filter.ts';
import { CrossingPanel } from './crossing-panel.tsx';
import './crossings.css';
import { FilterBar } from './filter-bar.tsx';
import { PaperForms } from './paper-forms.tsx';

/** Typing in a field searches after this pause. */
const PAUSE_MS = 350;

function useColumns(): readonly TableColumn<CrossingRow>[] {
  const { t, dayTime } = useWords();
  const names = useNames();
  const reasonText = useReasonText();
  return useMemo(
    () => [
      {
        id: 'time',
        title: t('crossings.column-time'),
        width: '10.5rem',
        cell: (row) => <time className="dim">{dayTime(row.atMs)}</time>,
      },
      {
        id: 'lane',
        title: t('crossings.column-lane'),
        width: 'minmax(10rem, 1fr)',
        cell: (row) => names.lane(row.lane),
      },
      {
        id: 'line',
        title: t('crossings.column-line'),
        width: '8.5rem',
        cell: (row) => {
          const line = t(`domain.line-${row.line}`);
          // An inner passage has no in or out: the lane's name says which way.
          if (row.direction === 'across') return line;
          return `${line} · ${t(`domain.direction-${row.direction}`)}`;
        },
      },
      {
        id: 'class',
        title: t('crossings.column-class'),
        width: '9.5rem',
        cell: (row) => t(`domain.class-${row.class}`),
      },
      {
        id: 'permit',
        title: t('crossings.column-permit'),
        width: '6.5rem',
        cell: (row) => <span className="id">{row.permit ?? '–'}</span>,
      },
      {
        id: 'outcome',
        title: t('crossings.column-outcome'),
        width: '8.5rem',
        cell: (row) => (
          <>
            {row.answered !== null && `${t(`ledger.value-${row.answered}`)} · `}
            <CrossingOutcome state={row.state} timing={row.timing} />
            {row.form != null && ` · ${t('paper.mark')}`}
          </>
        ),
      },
      {
        id: 'reason',
        title: t('crossings.column-reason'),
        width: 'minmax(9rem, 1.2fr)',
        cell: (row) => row.reasons.map(reasonText).join(' '),
      },
    ],
    [t, dayTime, names, reasonText],
  );
}

function crossingOf(row: CrossingRow): string {
  return row.crossing;
}

/** The fields as typed, and as searched for after a pause. */
function useFields(): [FilterFields, FilterFields, (fields: FilterFields) => void] {
  const { params } = useRoute();
  const link = JSON.stringify(paramsOf(fieldsOf(params)));
  const [fields, setFields] = useState(() => fieldsOf(params));
  const [searched, setSearched] = useState(fields);
  useEffect(() => {
    const linked = fieldsOf(JSON.parse(link) as Record<string, string>);
    setFields(linked);
    setSearched(linked);
  }, [link]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (wrongField(fields) !== null) return;
      setSearched(fields);
      if (JSON.stringify(paramsOf(fields)) !== link) choose('crossings', paramsOf(fields));
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [fields, link]);
  return [fields, searched, setFields];
}

function noteOf({ complete, looking }: Pages<'crossings.search'>) {
  if (looking) return 'crossings.looking';
  return complete ? 'crossings.shown' : 'crossings.shown-more';
}

/** Every crossing, the newest first, narrowed by what is looked for. */
export function CrossingsScreen() {
  const { t, number } = useWords();
  const { site } = useSite();
  const [fields, searched, setFields] = useFields();
  const [paper, setPaper] = useState(false);
  const may = useMay();
  const { crossing = null } = useRoute().params;
  const [chosen, setChosen] = useState<string | null>(crossing);
  const columns = useColumns();
  const filter = useMemo(() => crossingFilter(searched, site), [searched, site]);
  const pages = usePages('crossings.search', { filter }, crossingOf);
  const rows = useDeferredValue(pages.rows);
  const row = rows.find((one) => one.crossing === chosen);
  const note = t(noteOf(pages), { n: number(rows.length) });
  const empty = pages.fault ? (
    <ErrorBox fault={pages.fault} onRetry={pages.again} />
  ) : pages.busy ? (
    <Busy />
  ) : (
    <Empty>{t('crossings.empty')}</Empty>
  );
  return (
    <Screen
      title={t('crossings.title')}
      note={note}
      tools={
        <>
          {may('paper.forms') && (
            <Button onPress={() => setPaper(true)}>{t('paper.title')}…</Button>
          )}
          <Button onPress={() => setFields(NO_FILTER)}>{t('crossings.clear-filter')}</Button>
          <Button onPress={pages.again}>{t('crossings.refresh')}</Button>
        </>
      }
    >
      <Split
        sideLabel={t('crossings.detail')}
        list={
          <div className="crossings">
            <FilterBar fields={fields} onChange={setFields} />
            <Table
              label={t('crossings.title')}
              columns={columns}
              rows={rows}
              keyOf={crossingOf}
              selected={chosen}
              onSelect={setChosen}
              onEnd={pages.more}
              empty={empty}
              rowClass={(one) => (one.timing === 'late' ? 'tr-late' : undefined)}
            />
          </div>
        }
        side={
          row ? (
            <CrossingPanel row={row} onChanged={pages.again} />
          ) : (
            <Empty>{t('crossings.choose')}</Empty>
          )
        }
      />
      {paper && <PaperForms onClose={() => setPaper(false)} />}
    </Screen>
  );
}
