import type { MonthRow } from '../../../shared/contract/presence-queries.ts';
import type { PersonClass } from '../../../shared/domain/line.ts';
import { PartDayRule } from '../../../shared/domain/part-day-rule.ts';
import { Button } from '../../ui/button.tsx';
import { FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { type MonthAsk, type MonthHeld, useMonth } from './use-month.ts';

function useClassName(): (name: PersonClass | null) => string {
  const { t } = useWords();
  return (name) => (name === null ? t('presenceMonth.no-class') : t(`domain.class-${name}`));
}

/** Persons and days by class and way of counting. */
function Totals({ totals }: Pick<MonthHeld, 'totals'>) {
  const { t, number } = useWords();
  const className = useClassName();
  return (
    <FigureTable
      label={t('presenceMonth.by-class')}
      rows={totals}
      keyOf={(one) => `${one.class} ${one.rule}`}
      columns={[
        { title: t('presenceMonth.class'), cell: (one) => className(one.class) },
        { title: t('presence.rule'), cell: ({ rule }) => t(`presence.rule-${rule}`) },
        {
          title: t('presenceMonth.persons'),
          figure: true,
          cell: ({ persons }) => number(persons),
        },
        { title: t('presence.present'), figure: true, cell: ({ present }) => number(present) },
        { title: t('presence.unknown'), figure: true, cell: ({ unknown }) => number(unknown) },
      ]}
    />
  );
}

/** Each person's days and shares by every way of counting, and the absences by the first. */
function Persons({ days, rows }: Pick<MonthHeld, 'days' | 'rows'>) {
  const { t, number, percent } = useWords();
  const className = useClassName();
  const count = (row: MonthRow, rule: PartDayRule) => row.counts.find((one) => one.rule === rule);
  const daysText = (row: MonthRow, rule: PartDayRule) => {
    const { present = 0, unknown = 0 } = count(row, rule) ?? {};
    const text = t(unknown === 0 ? 'presence.days-certain' : 'presence.days-unknown', {
      ...{ present, unknown },
    });
    return `${text} · ${percent(present / days)}`;
  };
  return (
    <FigureTable
      label={t('presenceMonth.by-person')}
      rows={rows}
      keyOf={({ person }) => person}
      columns={[
        {
          title: t('presence.person'),
          cell: ({ person }) => <span className="id">{person}</span>,
        },
        { title: t('presenceMonth.class'), cell: (row) => className(row.class) },
        ...PartDayRule.options.map((rule) => ({
          title: `${t(`presence.rule-${rule}`)} · ${t('presenceMonth.share')}`,
          figure: true,
          cell: (row: MonthRow) => daysText(row, rule),
        })),
        {
          title: t('presenceMonth.absent'),
          figure: true,
          cell: (row) => number(row.counts[0]?.absent ?? 0),
        },
        {
          title: t('presenceMonth.absences'),
          figure: true,
          cell: (row) => number(row.counts[0]?.absences ?? 0),
        },
        {
          title: t('presenceMonth.longest'),
          figure: true,
          cell: (row) => number(row.counts[0]?.longestAbsence ?? 0),
        },
        {
          title: t('presence.permit-months'),
          figure: true,
          cell: ({ permitMonths }) => number(permitMonths),
        },
        {
          title: t('presenceMonth.permit-in-month'),
          cell: ({ permitInMonth }) => t(permitInMonth ? 'presenceMonth.yes' : 'presenceMonth.no'),
        },
      ]}
    />
  );
}

/** The shares of a month that was asked for: by class as they are counted, and by person. */
export function MonthShares({ ask }: { readonly ask: MonthAsk }) {
  const { t, number } = useWords();
  const month = useMonth(ask);
  const { busy, counted, fault, looked, persons, rows } = month;
  const progress = t('presenceMonth.counting', {
    looked: number(looked),
    persons: number(persons),
  });
  if (fault !== null) return <ErrorBox fault={fault} onRetry={month.again} />;
  if (counted && month.totals.length === 0) return <Empty>{t('presenceMonth.nobody')}</Empty>;
  return (
    <>
      <p className="high">
        {ask.month} · {t(`presence.where-${ask.where}`)} · {t('presenceMonth.days')}:{' '}
        {number(month.days)}
      </p>
      <Section title={t('presenceMonth.by-class')}>
        {counted ? <p className="dim">{progress}</p> : <Busy text={progress} />}
        {month.totals.length > 0 && <Totals totals={month.totals} />}
      </Section>
      <Section
        title={t('presenceMonth.by-person')}
        tools={<span className="dim">{t('presenceMonth.listed', { count: rows.length })}</span>}
      >
        {rows.length > 0 && <Persons days={month.days} rows={rows} />}
        {month.next !== null && (
          <Button disabled={busy} onPress={month.more}>
            {t('presenceMonth.more')}
          </Button>
        )}
      </Section>
    </>
  );
}
