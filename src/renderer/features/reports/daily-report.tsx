import type { DailyReport } from '../../../shared/contract/queries.ts';
import { REQUIREMENT_NAMES } from '../../../shared/locale/regime.ts';
import { report as words } from '../../../shared/locale/report.ts';
import { RequirementName } from '../../../shared/regime/requirement.ts';
import { useNames } from '../../live/names.ts';
import { Badge, PriorityBadge } from '../../ui/badges.tsx';
import { Facts } from '../../ui/facts.tsx';
import { FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import { LineTotals, Throughput } from './throughput.tsx';

const TOTALS = [
  ...(['asked', 'passed', 'refused', 'referred', 'notTaken', 'unknown', 'late'] as const),
  'manual' as const,
];
const BECAUSE = [
  'day-not-over',
  'no-records',
  'records-end-early',
  'gaps-open',
  'events-lost',
  'boards-offline',
  'inputs-dropped',
  'unknown-passages',
  'exceptions-waiting',
  'custody-open',
  'centre-behind',
] as const;

function Completeness({ report }: { readonly report: DailyReport }) {
  const { t } = useWords();
  const text = (code: string) => {
    const known = BECAUSE.find((one) => one === code);
    return known ? t(`reports.because-${known}`) : t('reports.because-other', { code });
  };
  if (report.complete) return <Badge tone="strong">✓ {t('reports.complete')}</Badge>;
  return (
    <div className="incomplete">
      <Badge tone="p3">{t('reports.incomplete')}</Badge>
      <ul className="incomplete-why">
        {report.incompleteBecause.map((code) => (
          <li key={code}>{text(code)}</li>
        ))}
      </ul>
    </div>
  );
}

function Totals({ report }: { readonly report: DailyReport }) {
  const { t, number } = useWords();
  return (
    <Section title={t('reports.totals')}>
      <dl className="totals">
        {TOTALS.map((key) => (
          <div key={key} className="total">
            <dt>{t(`reports.total-${key}`)}</dt>
            <dd>{number(report.totals[key])}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Refusals({ report }: { readonly report: DailyReport }) {
  const { t, text3, number } = useWords();
  const figure = (title: string, of: (row: DailyReport['refusals'][number]) => number) => ({
    title,
    figure: true,
    cell: (row: DailyReport['refusals'][number]) => number(of(row)),
  });
  return (
    <Section title={t('reports.refusals')}>
      <FigureTable
        label={t('reports.refusals')}
        rows={report.refusals}
        keyOf={(row) => `${row.verdict}/${row.reason}`}
        columns={[
          { title: t('reports.verdict'), cell: (row) => t(`domain.verdict-${row.verdict}`) },
          {
            title: t('reports.reason'),
            cell: (row) => {
              if (row.reason === 'by-rule') return text3(words['by-rule']);
              const known = RequirementName.safeParse(row.reason);
              return known.success ? text3(REQUIREMENT_NAMES[known.data]) : row.reason;
            },
          },
          figure(t('reports.count'), (row) => row.count),
          figure(t('reports.after-admitted'), (row) => row.admittedAfter),
          figure(t('reports.after-refused'), (row) => row.refusedAfter),
          figure(t('reports.after-lapsed'), (row) => row.lapsed),
          figure(t('reports.after-waiting'), (row) => row.waiting),
        ]}
      />
      {report.refusals.length > 0 && (
        <p className="dim small figures-note">{text3(words['refusals-note'])}</p>
      )}
    </Section>
  );
}

function Incidents({ report }: { readonly report: DailyReport }) {
  const { t, number } = useWords();
  return (
    <Section title={t('reports.incidents')}>
      <FigureTable
        label={t('reports.incidents')}
        rows={report.incidents}
        keyOf={(row) => `${row.type}/${row.priority}`}
        columns={[
          { title: t('reports.incident'), cell: (row) => t(`domain.incident-${row.type}`) },
          {
            title: t('reports.priority'),
            cell: (row) => <PriorityBadge priority={row.priority} />,
          },
          { title: t('reports.raised'), figure: true, cell: (row) => number(row.raised) },
          { title: t('reports.resolved'), figure: true, cell: (row) => number(row.resolved) },
          { title: t('reports.late'), figure: true, cell: (row) => number(row.late) },
        ]}
      />
    </Section>
  );
}

/** In the file's order: what was there, what changed it, what was left. */
function Occupancy({ report }: { readonly report: DailyReport }) {
  const { t, text3, number, minute } = useWords();
  const names = useNames();
  return (
    <Section title={t('reports.occupancy')}>
      <FigureTable
        label={t('reports.occupancy')}
        rows={report.occupancy}
        keyOf={(row) => row.area}
        columns={[
          { title: t('reports.area'), cell: (row) => names.area(row.area) },
          { title: t('reports.peak'), figure: true, cell: (row) => number(row.peak) },
          {
            title: t('reports.peak-at'),
            figure: true,
            cell: (row) => (row.peakMs === null ? '–' : minute(row.peakMs)),
          },
          { title: t('reports.at-start'), figure: true, cell: (row) => number(row.atStart) },
          { title: t('reports.entries'), figure: true, cell: (row) => number(row.entries) },
          { title: t('reports.exits'), figure: true, cell: (row) => number(row.exits) },
          { title: text3(words.corrected), figure: true, cell: (row) => number(row.corrected) },
          { title: t('reports.at-end'), figure: true, cell: (row) => number(row.atEnd) },
        ]}
      />
    </Section>
  );
}

/** What must come out again, be used or be destroyed, and stood open when the day ended. */
function Custody({ report }: { readonly report: DailyReport }) {
  const { t, text3, number, dayTime } = useWords();
  const { open, rows } = report.custody;
  return (
    <Section title={text3(words.custody)}>
      <FigureTable
        label={text3(words.custody)}
        rows={rows}
        keyOf={({ consignment, item }) => `${consignment} ${item}`}
        columns={[
          { title: text3(words.consignment), cell: (row) => row.consignment },
          { title: text3(words['item-followed']), cell: (row) => row.item },
          { title: text3(words.enterprise), cell: (row) => row.enterprise ?? '–' },
          { title: text3(words['custody-step']), cell: (row) => t(`domain.custody-${row.step}`) },
          { title: text3(words.since), figure: true, cell: (row) => dayTime(row.sinceMs) },
        ]}
        foot={[text3(words['custody-open']), '', '', '', number(open)]}
      />
    </Section>
  );
}

/** A day's report as tables: the same figures as the exported file. */
export function DailyReportView({ report }: { readonly report: DailyReport }) {
  const { t, text3, number, dayTime } = useWords();
  const { firstSeq, lastSeq } = report;
  const regimes = report.regimes.map(({ id, version }) =>
    text3(words['regime-version']).replace('{{id}}', id).replace('{{version}}', String(version)),
  );
  return (
    <article className="report" aria-label={t('reports.daily', { day: report.day })}>
      <Completeness report={report} />
      <Totals report={report} />
      <LineTotals report={report} />
      <Throughput report={report} />
      <Refusals report={report} />
      <Occupancy report={report} />
      <Custody report={report} />
      <Incidents report={report} />
      <Section title={t('reports.seq-range')}>
        <Facts
          facts={[
            [
              t('reports.seq-range'),
              firstSeq === null || lastSeq === null
                ? '–'
                : t('reports.seq-value', { first: number(firstSeq), last: number(lastSeq) }),
            ],
            [
              t('reports.head'),
              <span key="head" className="hash">
                {report.headHash ?? '–'}
              </span>,
            ],
            [
              text3(words.regime),
              <span key="regime" className="id">
                {regimes.join(', ') || '–'}
              </span>,
            ],
            [t('reports.made'), dayTime(report.generatedMs)],
          ]}
        />
      </Section>
    </article>
  );
}
