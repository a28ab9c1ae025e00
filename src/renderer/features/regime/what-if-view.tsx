import { useEffect, useMemo, useRef, useState } from 'react';
import type { WhatIfRow } from '../../../shared/contract/regime-queries.ts';
import type { DraftId } from '../../../shared/domain/ids.ts';
import { hkDay, hkDayStart, hkTime, MINUTE_MS } from '../../../shared/lib/hk-time.ts';
import { REQUIREMENT_NAMES } from '../../../shared/locale/regime.ts';
import type { WhatIfCounts } from '../../../shared/regime/what-if.ts';
import { go } from '../../actions/route.ts';
import { useClient } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useQuery } from '../../live/use-query.ts';
import { Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import {
  type AskSlice,
  type DayLook,
  type ListedRows,
  lookThrough,
  NO_ROWS,
  WhatIfPages,
} from './what-if-run.ts';

function Progress({ look, onCancel }: { readonly look: DayLook; readonly onCancel: () => void }) {
  const { t, number } = useWords();
  const { looked } = look.counts;
  const text = t('regime.what-if-progress', { n: number(looked), all: number(look.total) });
  return (
    <div className="what-if-progress">
      <progress max={Math.max(look.total, 1)} value={looked} aria-label={text} />
      <span className="dim">{text}</span>
      <Button small onPress={onCancel}>
        {t('regime.what-if-cancel')}
      </Button>
    </div>
  );
}

/** What came of a day: the same, otherwise, and apart from both what cannot be told. */
function Totals({ counts }: { readonly counts: WhatIfCounts }) {
  const { t, number } = useWords();
  const { cannotTell, changed, looked } = counts;
  const totals = [
    ['looked', looked],
    ['same', looked - changed - cannotTell],
    ['changed', changed],
    ['cannot-tell', cannotTell],
  ] as const;
  return (
    <>
      <dl className="what-if-totals">
        {totals.map(([name, n]) => (
          <div key={name}>
            <dt>{t(`regime.what-if-${name}`)}</dt>
            <dd>{number(n)}</dd>
          </div>
        ))}
      </dl>
      {cannotTell > 0 && <p className="dim small">{t('regime.what-if-cannot-tell-note')}</p>}
    </>
  );
}

function Counts({ counts }: { readonly counts: WhatIfCounts }) {
  const { t, number } = useWords();
  if (counts.counts.length === 0) return null;
  const id = (rule: string) => <span className="id">{rule}</span>;
  return (
    <Section title={t('regime.what-if-counts')}>
      <FigureTable
        label={t('regime.what-if-counts')}
        rows={counts.counts}
        keyOf={(row) => [row.class, row.rule, row.from, row.toRule, row.to].join(' ')}
        columns={[
          { title: t('regime.class'), cell: (row) => t(`domain.class-${row.class}`) },
          {
            title: t('regime.what-if-was'),
            cell: (row) => (
              <>
                {t(`domain.verdict-${row.from}`)} {id(row.rule)}
              </>
            ),
          },
          {
            title: t('regime.what-if-would'),
            cell: (row) => (
              <>
                {t(`domain.verdict-${row.to}`)} {id(row.toRule)}
              </>
            ),
          },
          { title: t('regime.what-if-number'), figure: true, cell: (row) => number(row.count) },
        ]}
      />
    </Section>
  );
}

/** Shows a crossing where all of it stands: found by its lane and its minute. */
function openCrossing({ atMs, crossing, lane }: WhatIfRow): void {
  const minute = (ms: number) => hkTime(ms).slice(0, 5);
  const day = hkDay(atMs);
  const isLast = hkDay(atMs + MINUTE_MS) !== day;
  const to = isLast ? '24:00' : minute(atMs + MINUTE_MS);
  go('crossings', { day, from: minute(atMs), to, lane, crossing });
}

function useRowColumns(): readonly TableColumn<WhatIfRow>[] {
  const { t, time, text3 } = useWords();
  const names = useNames();
  return useMemo(
    () => [
      {
        id: 'time',
        title: t('crossings.column-time'),
        width: '5.5rem',
        cell: (row) => <time>{time(row.atMs)}</time>,
      },
      {
        id: 'crossing',
        title: t('regime.what-if-crossing'),
        width: '7rem',
        cell: (row) => <span className="id">{row.crossing}</span>,
      },
      {
        id: 'lane',
        title: t('crossings.column-lane'),
        width: 'minmax(10rem, 1fr)',
        cell: (row) => names.lane(row.lane),
      },
      {
        id: 'class',
        title: t('crossings.column-class'),
        width: '9rem',
        cell: (row) => t(`domain.class-${row.class}`),
      },
      {
        id: 'verdict',
        title: t('regime.verdict'),
        width: '8rem',
        cell: (row) => `${t(`domain.verdict-${row.from}`)} → ${t(`domain.verdict-${row.to}`)}`,
      },
      {
        id: 'rule',
        title: t('regime.rule'),
        width: '11.5rem',
        cell: (row) =>
          row.toRule === null ? (
            t('regime.what-if-withheld')
          ) : (
            <span className="id">{row.toRule}</span>
          ),
      },
      {
        id: 'because',
        title: t('regime.what-if-because'),
        width: 'minmax(6rem, 1fr)',
        cell: (row) => row.because.map((is) => text3(REQUIREMENT_NAMES[is])).join(' · '),
      },
    ],
    [t, time, text3, names],
  );
}

/** Who would have been treated otherwise, fetched as it is scrolled. */
function Rows({ ask }: { readonly ask: AskSlice }) {
  const { t, number } = useWords();
  const columns = useRowColumns();
  const [held, setHeld] = useState<ListedRows>(NO_ROWS);
  const [chosen, setChosen] = useState<string | null>(null);
  const pages = useRef<WhatIfPages | null>(null);
  useEffect(() => {
    const run = new WhatIfPages(ask, setHeld);
    pages.current = run;
    setHeld(NO_ROWS);
    void run.more();
    return () => run.end();
  }, [ask]);
  const row = held.rows.find(({ crossing }) => crossing === chosen);
  const title = t('regime.what-if-rows');
  return (
    <Section
      title={title}
      tools={
        row && (
          <Button small onPress={() => openCrossing(row)}>
            {t('regime.what-if-open')}
          </Button>
        )
      }
    >
      <p className="dim small">{t('regime.what-if-rows-note', { n: number(held.rows.length) })}</p>
      <div className="what-if-rows">
        <Table
          label={title}
          columns={columns}
          rows={held.rows}
          keyOf={(one) => one.crossing}
          selected={chosen}
          onSelect={setChosen}
          onOpen={openCrossing}
          onEnd={() => void pages.current?.more()}
          empty={
            held.fault ? (
              <ErrorBox fault={held.fault} onRetry={() => void pages.current?.more()} />
            ) : held.complete ? (
              <Empty>{t('regime.what-if-none')}</Empty>
            ) : (
              <Busy />
            )
          }
        />
      </div>
    </Section>
  );
}

interface Asked {
  readonly day: string;
  readonly ask: AskSlice;
  readonly gone: AbortController;
}

/** One look at a time: the next one, and leaving the screen, call the last one off. */
function useDayLook(draft: DraftId | null) {
  const client = useClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [look, setLook] = useState<DayLook | null>(null);
  const running = useRef<Asked | null>(null);
  useEffect(() => () => running.current?.gone.abort(), []);
  const start = (day: string) => {
    running.current?.gone.abort();
    const ask: AskSlice = (cursor, limit, signal) =>
      client.query('regime.what-if', { draft, day, cursor, limit }, signal);
    const now = { day, ask, gone: new AbortController() };
    running.current = now;
    setAsked(now);
    void lookThrough(ask, now.gone.signal, (found) => {
      if (running.current === now) setLook(found);
    });
  };
  return { asked, look, start, cancel: () => running.current?.gone.abort() };
}

/** A version tried on a past day: how many would have been treated otherwise, and who. */
export function WhatIfView({ draft }: { readonly draft: DraftId | null }) {
  const { t } = useWords();
  const days = useQuery('report.days', {});
  const newest = [...(days.data?.days ?? [])].sort().at(-1) ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const day = typed ?? newest;
  const { asked, look, start, cancel } = useDayLook(draft);
  const isRunning = look?.state === 'running';
  const isDay = !Number.isNaN(hkDayStart(day));
  return (
    <div className="what-if">
      <p className="dim">{t('regime.what-if-note')}</p>
      <div className="what-if-ask">
        <TextField
          label={t('regime.date')}
          value={day}
          onChange={setTyped}
          maxLength={10}
          placeholder={t('crossings.day-hint')}
        />
        <Button tone="main" disabled={!isDay || isRunning} onPress={() => start(day)}>
          {t('regime.what-if-start')}
        </Button>
      </div>
      {days.fault && <ErrorBox fault={days.fault} onRetry={days.again} />}
      {look && isRunning && <Progress look={look} onCancel={cancel} />}
      {look?.state === 'cancelled' && (
        <Marked tone="p3" line>
          {t('regime.what-if-cancelled')}
        </Marked>
      )}
      {look?.fault && <ErrorBox fault={look.fault} />}
      {look && asked && (
        <section aria-label={t('regime.what-if-of', { day: asked.day })}>
          <h3 className="what-if-day">{t('regime.what-if-of', { day: asked.day })}</h3>
          <Totals counts={look.counts} />
          <Counts counts={look.counts} />
        </section>
      )}
      {look?.state === 'done' && asked && look.counts.changed > 0 && <Rows ask={asked.ask} />}
      {look?.state === 'done' && look.counts.changed === 0 && (
        <Empty>{t('regime.what-if-none')}</Empty>
      )}
    </div>
  );
}
