import { useWords } from '../../words/words.ts';
import type { HourFigure } from './figures.ts';

const HEIGHT = 120;
const BAR = 12;
const SLOT = 32;
const GAP = 2;

/** Persons passed by hour, in and out side by side; the table below it has the same figures. */
export function HourChart({ hours }: { readonly hours: readonly HourFigure[] }) {
  const { t, number } = useWords();
  const most = Math.max(1, ...hours.flatMap((hour) => [hour.in, hour.out]));
  const bar = (value: number) => Math.round((value / most) * HEIGHT);
  return (
    <figure className="hours">
      <svg
        viewBox={`0 0 ${hours.length * SLOT} ${HEIGHT + 22}`}
        role="img"
        aria-label={t('reports.by-hour')}
        className="hours-chart"
      >
        {hours.map((one) => (
          <g key={one.hour} transform={`translate(${one.hour * SLOT} 0)`}>
            <title>
              {`${one.hour}:00 · ${t('domain.direction-in')} ${number(one.in)} · ${t(
                'domain.direction-out',
              )} ${number(one.out)}`}
            </title>
            <rect className="hours-slot" width={SLOT} height={HEIGHT} />
            <rect
              className="hours-in"
              x={GAP + 1}
              y={HEIGHT - bar(one.in)}
              width={BAR}
              height={bar(one.in)}
            />
            <rect
              className="hours-out"
              x={GAP * 2 + 1 + BAR}
              y={HEIGHT - bar(one.out)}
              width={BAR}
              height={bar(one.out)}
            />
            {one.hour % 3 === 0 && (
              <text x={SLOT / 2} y={HEIGHT + 16} textAnchor="middle" className="hours-label">
                {String(one.hour).padStart(2, '0')}
              </text>
            )}
          </g>
        ))}
        <line x1="0" x2={hours.length * SLOT} y1={HEIGHT} y2={HEIGHT} className="hours-axis" />
      </svg>
      <figcaption className="hours-legend small dim">
        <span className="hours-key hours-key-in" /> {t('domain.direction-in')}
        <span className="hours-key hours-key-out" /> {t('domain.direction-out')}
        <span className="hours-most">
          {t('reports.peak')} {number(most)}
        </span>
      </figcaption>
    </figure>
  );
}
