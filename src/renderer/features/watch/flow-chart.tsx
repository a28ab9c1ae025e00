import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { BIN_MINUTES, type FlowSeries } from './flow-series.ts';
import { niceTop } from './nice-top.ts';

/** Colours as values: a canvas reads no custom properties. From ui/tokens.css. */
const COLOURS = { today: '#e9eef2', before: '#7d8891', axis: '#98a3ad', grid: '#262c31' } as const;
const HOURS = [0, 6, 12, 18, 24];

type Data = [number[], (number | null)[], (number | null)[]];

function dataOf({ today, before }: FlowSeries): Data {
  const hours = today.map((_, bin) => ((bin + 0.5) * BIN_MINUTES) / 60);
  return [hours, [...today], before ? [...before] : today.map(() => null)];
}

function optionsFor(width: number, height: number, fontPx: number): UPlot.Options {
  const font = `${fontPx}px "Noto Sans HK Variable", sans-serif`;
  return {
    width,
    height,
    padding: [4, 6, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [0, 24] },
      y: { range: (_self, _min, max) => [0, niceTop(max ?? 0)] },
    },
    axes: [
      {
        stroke: COLOURS.axis,
        font,
        size: fontPx * 1.7,
        gap: 2,
        splits: () => HOURS,
        values: (_self, splits) => splits.map((hour) => String(hour).padStart(2, '0')),
        grid: { stroke: COLOURS.grid, width: 1 },
        ticks: { show: false },
      },
      {
        stroke: COLOURS.axis,
        font,
        size: fontPx * 2.2,
        gap: 3,
        splits: (_self, _axis, _min, max) => [0, max / 2, max],
        values: (_self, splits) => splits.map((n) => (Number.isInteger(n) ? String(n) : '')),
        grid: { stroke: COLOURS.grid, width: 1 },
        ticks: { show: false },
      },
    ],
    series: [
      {},
      { stroke: COLOURS.today, width: 1.6, points: { show: false } },
      { stroke: COLOURS.before, width: 1.2, dash: [4, 3], points: { show: false } },
    ],
  };
}

/** One day of one flow: today so far as a line, the same weekday a week ago dashed. */
export function FlowChart({
  series,
  label,
}: {
  readonly series: FlowSeries;
  readonly label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const latest = useRef(series);
  latest.current = series;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const make = () => {
      plot.current?.destroy();
      const { clientWidth: width, clientHeight: height } = element;
      if (width < 40 || height < 24) return;
      const fontPx = Number.parseFloat(getComputedStyle(element).fontSize);
      plot.current = new UPlot(optionsFor(width, height, fontPx), dataOf(latest.current), element);
    };
    const observer = new ResizeObserver(make);
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);
  useEffect(() => plot.current?.setData(dataOf(series)), [series]);
  return <div ref={box} className="flow-chart" role="img" aria-label={label} />;
}
