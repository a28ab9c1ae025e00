import { useCallback, useMemo } from 'react';
import { hkWeekday, WEEK_MS } from '../../../shared/lib/hk-time.ts';
import { useSite } from '../../live/client.tsx';
import { useZoneNow } from '../../live/now.ts';
import { useViewStore } from '../../live/use-view.ts';
import { useWords } from '../../words/words.ts';
import { FlowChart } from './flow-chart.tsx';
import { type FlowSeries, flowKeys, flowSeries, passingNow } from './flow-series.ts';
import { useSampled } from './sampled.ts';

const PACE_MS = 1_000;

/** The flows of the site by line and direction, anew each second at most; null before the first. */
export function useFlow(): readonly FlowSeries[] | null {
  const { site } = useSite();
  const store = useViewStore('flow');
  const lanes = useViewStore('lanes');
  const nowMs = useZoneNow();
  const keys = useMemo(() => flowKeys(site), [site]);
  const minute = nowMs === null ? null : Math.floor(nowMs / 60_000) * 60_000;
  const look = useCallback(() => {
    if (minute === null) return null;
    const rows = lanes.state().rows;
    return flowSeries(store.state().rows.values(), keys, minute).map((series) => ({
      ...series,
      now: passingNow(series, site, rows),
    }));
  }, [store, lanes, keys, minute, site]);
  const start = useCallback(
    (changed: () => void) => {
      const ends = [store.subscribe(changed), lanes.subscribe(changed)];
      return () => {
        for (const end of ends) end();
      };
    },
    [store, lanes],
  );
  return useSampled(start, look, PACE_MS);
}

function FlowCell({ series, weekday }: { readonly series: FlowSeries; readonly weekday: string }) {
  const { t, number } = useWords();
  const name = `${t(`domain.line-${series.line}`)} · ${t(`domain.direction-${series.direction}`)}`;
  const sum = t('watch.so-far', { n: number(series.sum) });
  const compared = series.before === null ? t('watch.no-last-week') : weekday;
  return (
    <section className="flow">
      <h3 className="flow-name">{name}</h3>
      <p className="flow-now">
        <strong>{number(series.now)}</strong> {t('map.per-minute')}
      </p>
      <FlowChart
        series={series}
        label={`${name}: ${number(series.now)} ${t('map.per-minute')}, ${sum}`}
      />
      <p className="flow-note">
        <span className="flow-sum">{sum}</span>
        {series.before !== null && <span className="flow-dash" aria-hidden="true" />}
        {compared}
      </p>
    </section>
  );
}

/** Persons a minute by line and direction: now, today so far, and the same weekday before. */
export function FlowPanel() {
  const { t } = useWords();
  const flow = useFlow();
  const nowMs = useZoneNow();
  if (flow === null || nowMs === null) return <div className="watch-flow" />;
  const day = hkWeekday(nowMs - WEEK_MS) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
  const weekday = t('watch.last-week', { weekday: t(`app.weekday-${day}`) });
  return (
    <div className="watch-flow">
      {flow.map((series) => (
        <FlowCell key={`${series.line}/${series.direction}`} series={series} weekday={weekday} />
      ))}
    </div>
  );
}
