import type { CSSProperties } from 'react';
import type { VehicleSteps } from '../../../shared/contract/goods-rows.ts';
import { AnswerButton } from '../../actions/answer-button.tsx';
import { go } from '../../actions/route.ts';
import { useNames } from '../../live/names.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import { ConsignmentLink } from './parts.tsx';
import { BAR_MS, BEST_MS, isKnownState, STEPS, secondsText } from './vehicle-steps.ts';

/** The steps one after another on a line of time, with the best and the bar marked. */
function Bar({ row }: { readonly row: VehicleSteps }) {
  const { t } = useWords();
  const spent = STEPS.map(({ step, ms }) => ({ step, ms: Math.max(0, ms(row) ?? 0) }));
  const scaleMs = Math.max(BAR_MS * 1.1, row.wholeMs ?? 0);
  const share = (ms: number): CSSProperties => ({ width: `${(ms / scaleMs) * 100}%` });
  const at = (ms: number): CSSProperties => ({ insetInlineStart: `${(ms / scaleMs) * 100}%` });
  const text =
    row.wholeMs === null
      ? t('goods.bar-under-way')
      : t('goods.bar', { n: (row.wholeMs / 1_000).toFixed(1) });
  return (
    <>
      <div
        className={`goods-bar ${row.isSlow ? 'goods-bar-slow' : ''}`}
        role="img"
        aria-label={text}
      >
        {spent.map(({ step, ms }) => (
          <span key={step} className="goods-bar-step" style={share(ms)} />
        ))}
        <span className="goods-bar-mark" style={at(BEST_MS)} />
        <span className="goods-bar-mark" style={at(BAR_MS)} />
      </div>
      <p className="small dim">{text}</p>
    </>
  );
}

/** A vehicle's passage: its steps against the bar, and what it carried. */
export function VehiclePanel(props: {
  readonly row: VehicleSteps;
  /** Something was changed: ask anew. */
  readonly onChanged: () => void;
}) {
  const { row } = props;
  const words = useWords();
  const { t, dayTime } = words;
  const names = useNames();
  return (
    <>
      <h2 className="side-title id">{row.vehicle ?? row.crossing}</h2>
      {row.isSlow && <Badge tone="p3">{t('goods.slow')}</Badge>}
      <Bar row={row} />
      <Facts
        facts={[
          [t('goods.asked'), dayTime(row.askedMs)],
          [t('goods.lane'), names.lane(row.lane)],
          [t('goods.state'), isKnownState(row.state) ? t(`goods.state-${row.state}`) : row.state],
          ...STEPS.map(
            ({ step, ms }) => [t(`goods.${step}`), secondsText(words, ms(row))] as const,
          ),
          [t('goods.whole'), secondsText(words, row.wholeMs)],
          [
            t('goods.crossing'),
            <span key="x" className="id">
              {row.crossing}
            </span>,
          ],
        ]}
      />
      <Section title={t('goods.carries')}>
        {row.consignments.length === 0 ? (
          <p className="dim">{t('goods.none')}</p>
        ) : (
          <ul className="plain-list">
            {row.consignments.map((consignment) => (
              <li key={consignment}>
                <ConsignmentLink consignment={consignment} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <div className="side-buttons">
        {row.state === 'unknown' && (
          <AnswerButton crossing={row.crossing} onDone={props.onChanged} />
        )}
        <Button onPress={() => go('crossings', { lane: row.lane })}>
          {t('goods.show-crossing')}
        </Button>
      </div>
    </>
  );
}
