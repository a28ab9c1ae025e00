import { type DayNumber, dayText, yearOfAssessment } from '../../../shared/presence/calendar.ts';
import type { RuleEvidence } from '../../../shared/presence/statement.ts';
import { FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';

/** What a year's figure opens to: its days, each with the crossings that it stands on. */
export function PresenceDays(props: {
  readonly evidence: RuleEvidence;
  readonly year: number;
  readonly sources: ReadonlyMap<DayNumber, readonly string[]>;
}) {
  const { t } = useWords();
  const { evidence, year, sources } = props;
  const { from, to } = yearOfAssessment(year);
  const days = [...evidence.marks]
    .filter(([day]) => day >= from && day <= to)
    .sort(([a], [b]) => b - a);
  const title = t('presence.days-of', {
    year: t('presence.year-value', { from: dayText(from), to: dayText(to) }),
    rule: t(`presence.rule-${evidence.rule}`),
  });
  return (
    <Section title={title}>
      <FigureTable
        label={title}
        rows={days}
        keyOf={([day]) => String(day)}
        columns={[
          { title: t('presence.day'), cell: ([day]) => dayText(day) },
          { title: t('presence.counts'), cell: ([, mark]) => t(`presence.${mark}`) },
          {
            title: t('presence.crossings'),
            cell: ([day]) => <span className="id">{(sources.get(day) ?? []).join(' ')}</span>,
          },
        ]}
      />
    </Section>
  );
}
