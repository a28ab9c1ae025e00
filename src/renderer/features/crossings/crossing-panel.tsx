import type { CrossingRow } from '../../../shared/contract/queries.ts';
import { AnswerButton } from '../../actions/answer-button.tsx';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useSite } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useReasonText } from '../../live/reasons.ts';
import { Badge, LateMark } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import { CrossingCorrections } from './crossing-corrections.tsx';

function useFacts(row: CrossingRow): readonly Fact[] {
  const { t, dayTime } = useWords();
  const names = useNames();
  const id = (text: string) => <span className="id">{text}</span>;
  return [
    [t('crossings.number'), id(row.crossing)],
    [t('crossings.column-time'), dayTime(row.atMs)],
    ...(row.form == null
      ? []
      : [[t('paper.on-form'), id(`${row.form.name} · ${dayTime(row.form.keyedMs)}`)] as const]),
    [t('crossings.lane'), names.lane(row.lane)],
    [
      t('crossings.column-line'),
      `${t(`domain.line-${row.line}`)} · ${t(`domain.direction-${row.direction}`)}`,
    ],
    [t('crossings.class'), t(`domain.class-${row.class}`)],
    [t('crossings.permit'), row.permit === null ? '–' : id(row.permit)],
    [t('crossings.person'), row.person === null ? '–' : id(row.person)],
    [
      t('crossings.permit-status'),
      row.permitStatus === null ? '–' : t(`domain.permit-${row.permitStatus}`),
    ],
    ...(row.answered === null
      ? []
      : [[t('ledger.answered-by-person'), t(`ledger.value-${row.answered}`)] as const]),
    [t('crossings.verdict'), row.verdict === null ? '–' : t(`domain.verdict-${row.verdict}`)],
    [
      t('crossings.rule'),
      row.rule === null ? (
        '–'
      ) : (
        <span key="rule">
          {id(row.rule)} · {t('crossings.rule-version', { version: row.regimeVersion })}
        </span>
      ),
    ],
  ];
}

/** One crossing: what was decided, by which clause, on what, and what became of it. */
export function CrossingPanel(props: {
  readonly row: CrossingRow;
  /** Something was changed: ask anew. */
  readonly onChanged: () => void;
}) {
  const { row } = props;
  const { t, text3 } = useWords();
  const reasonText = useReasonText();
  const may = useMay();
  const facts = useFacts(row);
  const rule = useSite().regime.rules.find((one) => one.id === row.rule);
  const { person } = row;
  return (
    <>
      <h2 className="side-title">{t(`domain.crossing-${row.state}`)}</h2>
      <p className="side-marks">
        {row.verdict !== null && <Badge>{t(`domain.verdict-${row.verdict}`)}</Badge>}
        {row.timing === 'late' && <LateMark />}
        {row.form != null && <Badge>{t('paper.mark')}</Badge>}
      </p>
      <Section title={t('crossings.reason')}>
        {row.reasons.length === 0 && row.verdict !== null && (
          <p className="dim">{t('crossings.no-reason')}</p>
        )}
        <ul className="plain-list">
          {row.reasons.map((reason) => (
            <li key={`${reason.is}/${reason.detail}`} className="high">
              {reasonText(reason)}
            </li>
          ))}
        </ul>
        {rule && (
          <blockquote className="clause">
            <p>{text3(rule.text)}</p>
            <cite className="dim small">{text3(rule.cite)}</cite>
          </blockquote>
        )}
      </Section>
      <Section title={t('crossings.detail')}>
        <Facts facts={facts} />
      </Section>
      {may('correction.list') && <CrossingCorrections row={row} />}
      <div className="side-buttons">
        {row.state === 'unknown' && row.answered === null && (
          <AnswerButton small crossing={row.crossing} onDone={props.onChanged} />
        )}
        <Button small onPress={() => go('lanes', { lane: row.lane })}>
          {t('crossings.see-lane')}
        </Button>
        {person !== null && may('person.find') && (
          <Button small onPress={() => go('people', { person, crossing: row.crossing })}>
            {t('crossings.see-person')}
          </Button>
        )}
        {row.exception !== null && row.state === 'referred' && may('exception.admit') && (
          <Button small onPress={() => go('exceptions', { exception: row.exception ?? '' })}>
            {t('crossings.see-exception')}
          </Button>
        )}
      </div>
    </>
  );
}
