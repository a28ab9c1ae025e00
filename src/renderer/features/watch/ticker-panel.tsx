import { useCallback } from 'react';
import type { TickerRow } from '../../../shared/contract/views.ts';
import { reasonText } from '../../../shared/locale/reason-text.ts';
import { hrefOf } from '../../actions/route.ts';
import { type Names, useNames } from '../../live/names.ts';
import { useViewStore } from '../../live/use-view.ts';
import { LateMark } from '../../ui/badges.tsx';
import { useWords, type Words } from '../../words/words.ts';
import { useSampled } from './sampled.ts';

const PACE_MS = 500;
/** More than any screen has room for; the rest is on the page of crossings. */
const SHOWN = 24;

/** What became of it: the verdict while it is not a plain admission, then its end. */
function outcome(row: TickerRow, words: Words, names: Names): string {
  const { t, language } = words;
  const word = t(`domain.crossing-${row.state}`);
  const [reason] = row.reasons;
  if (row.verdict === 'admit' || !reason) return word;
  const why = reasonText(reason, language, { areaName: (area) => names.area(area) });
  return `${t(`domain.verdict-${row.verdict ?? 'refer'}`)} · ${why}`;
}

function TickerLine({ row }: { readonly row: TickerRow }) {
  const words = useWords();
  const names = useNames();
  const { t, time } = words;
  const odd = row.verdict !== 'admit' || row.state === 'unknown';
  return (
    <li className={`tick${odd ? ' tick-odd' : ''}`}>
      <time>{time(row.atMs)}</time>
      <span className="tick-line">{t(`map.line-${row.line}`)}</span>
      <span className="tick-lane">
        <span className="tick-cut">{names.checkpoint(row.checkpoint)}</span>
        <span className="tick-number"> · {names.laneShort(row.lane)}</span>
      </span>
      <span>{t(`watch.direction-${row.direction}`)}</span>
      <span className="id tick-cut">{row.permit ?? t(`domain.class-${row.class}`)}</span>
      <span className="tick-cut">
        {row.timing === 'late' && <LateMark />} {outcome(row, words, names)}
      </span>
    </li>
  );
}

function latest(rows: Iterable<TickerRow>): readonly TickerRow[] {
  return [...rows].sort((a, b) => b.atMs - a.atMs).slice(0, SHOWN);
}

/** The newest crossings, newest first: ids, never names. */
export function TickerPanel() {
  const { t } = useWords();
  const store = useViewStore('ticker');
  const look = useCallback(() => latest(store.state().rows.values()), [store]);
  const rows = useSampled(store.subscribe, look, PACE_MS);
  return (
    <section className="watch-ticker" aria-label={t('watch.ticker')}>
      <h2 className="panel-title">
        {t('watch.ticker')}
        <a className="panel-note" href={hrefOf('crossings')}>
          {t('watch.all-crossings')}
        </a>
      </h2>
      <ol className="ticks">
        {rows.map((row) => (
          <TickerLine key={row.crossing} row={row} />
        ))}
      </ol>
    </section>
  );
}
