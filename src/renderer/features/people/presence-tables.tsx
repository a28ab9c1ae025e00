import type { PartDayRule } from '../../../shared/domain/part-day-rule.ts';
import { type DayRange, dayText, yearOfAssessment } from '../../../shared/presence/calendar.ts';
import type { DayCount } from '../../../shared/presence/day-rules.ts';
import type { Absence } from '../../../shared/presence/residence.ts';
import type { RuleEvidence } from '../../../shared/presence/statement.ts';
import type { Span } from '../../../shared/presence/stays.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';

/** Which figure is open: a year under one way of counting. */
export interface OpenFigure {
  readonly rule: PartDayRule;
  readonly year: number;
}

type Evidence = readonly RuleEvidence[];

/** Rows of a list that a person looks through; the file has them all. */
const MOST_ROWS = 200;

const dates = ({ from, to }: DayRange) => ({ from: dayText(from), to: dayText(to) });

/** `212`, or `212, and 3 not known`. */
function useDays(): (days: DayCount | undefined) => string {
  const { t } = useWords();
  return (days) => {
    if (days === undefined) return '';
    return t(days.unknown === 0 ? 'presence.days-certain' : 'presence.days-unknown', { ...days });
  };
}

/** Years of assessment by ways of counting; each figure opens to its days. */
export function Years(props: {
  readonly evidence: Evidence;
  readonly open: OpenFigure | null;
  readonly onOpen: (open: OpenFigure) => void;
}) {
  const { t } = useWords();
  const daysText = useDays();
  const { evidence, open, onOpen } = props;
  const years = evidence[0]?.years ?? [];
  return (
    <FigureTable
      label={t('presence.year')}
      rows={years.map(({ year }, at) => ({ year, at }))}
      keyOf={({ year }) => String(year)}
      columns={[
        {
          title: t('presence.year'),
          cell: ({ year }) => t('presence.year-value', dates(yearOfAssessment(year))),
        },
        ...evidence.map(({ rule, years: counted }) => ({
          title: t(`presence.rule-${rule}`),
          figure: true,
          cell: ({ year, at }: { year: number; at: number }) => (
            <Button
              small
              pressed={open?.rule === rule && open.year === year}
              onPress={() => onOpen({ rule, year })}
            >
              {daysText(counted[at]?.days)}
            </Button>
          ),
        })),
      ]}
      foot={[t('presence.total'), ...evidence.map(({ total }) => daysText(total))]}
    />
  );
}

/** The day counts that tax law asks for, of the newest year. */
export function Tests({ evidence }: { readonly evidence: Evidence }) {
  const { t } = useWords();
  const daysText = useDays();
  const rows = evidence.flatMap(({ rule, years }) =>
    (years.at(-1)?.tests ?? []).map((test) => ({ ...test, rule })),
  );
  return (
    <Section title={t('presence.tests')}>
      <FigureTable
        label={t('presence.tests')}
        rows={rows}
        keyOf={({ rule, test }) => `${rule}/${test}`}
        columns={[
          { title: t('presence.test'), cell: ({ test }) => t(`presence.test-${test}`) },
          { title: t('presence.rule'), cell: ({ rule }) => t(`presence.rule-${rule}`) },
          {
            title: t('presence.from-to'),
            cell: ({ range }) => t('presence.year-value', dates(range)),
          },
          { title: t('presence.days'), figure: true, cell: ({ days }) => daysText(days) },
          { title: t('presence.counts'), cell: ({ answer }) => t(`presence.answer-${answer}`) },
        ]}
      />
    </Section>
  );
}

function useAbsence(): (absence: Absence | null) => string {
  const { t } = useWords();
  return (absence) => {
    if (absence === null) return t('presence.none');
    const { days, unknown } = absence;
    const word = unknown === 0 ? 'presence.absence-value' : 'presence.absence-unknown';
    return t(word, { ...dates(absence), days, unknown });
  };
}

/** What bears on continuous residence, by each way of counting. */
export function Residences({ evidence }: { readonly evidence: Evidence }) {
  const { t, number } = useWords();
  const absence = useAbsence();
  return (
    <Section title={t('presence.residence')}>
      {evidence.map(({ rule, residence }) => (
        <div key={rule} className="presence-residence">
          <h3 className="high">{t(`presence.rule-${rule}`)}</h3>
          {residence.span === null ? (
            <p className="dim">{t('presence.none')}</p>
          ) : (
            <Facts
              facts={[
                [t('presence.span'), t('presence.year-value', dates(residence.span))],
                [t('presence.length'), t('presence.length-value', residence.length)],
                [t('presence.longest'), absence(residence.longest)],
                [t('presence.absences'), number(residence.absences.length)],
                [
                  t('presence.over-six-months'),
                  number(residence.absences.filter((one) => one.overSixMonths).length),
                ],
                [t('presence.short-absences'), number(residence.shortAbsences)],
                [t('presence.permit-months'), number(residence.permitMonths.length)],
              ]}
            />
          )}
        </div>
      ))}
    </Section>
  );
}

/** Every time of which it is not known whether the person was there, newest first. */
export function Gaps({ spans }: { readonly spans: readonly Span[] }) {
  const { t, dayTime } = useWords();
  const gaps = spans.filter(({ cause }) => cause !== null).toReversed();
  return (
    <Section title={t('presence.gaps')}>
      {gaps.length === 0 ? (
        <p className="dim">{t('presence.none')}</p>
      ) : (
        <FigureTable
          label={t('presence.gaps')}
          rows={gaps.slice(0, MOST_ROWS)}
          keyOf={({ fromMs }) => String(fromMs)}
          columns={[
            {
              title: t('presence.from-to'),
              cell: ({ fromMs, toMs }) => {
                return t('presence.year-value', { from: dayTime(fromMs), to: dayTime(toMs) });
              },
            },
            {
              title: t('presence.why'),
              cell: ({ cause }) => (cause === null ? '' : t(`presence.cause-${cause}`)),
            },
            {
              title: t('presence.crossings'),
              cell: ({ sources }) => <span className="id">{sources.join(' ')}</span>,
            },
          ]}
        />
      )}
    </Section>
  );
}
