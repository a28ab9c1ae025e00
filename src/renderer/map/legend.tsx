import type { Priority } from '../../shared/domain/incident.ts';
import { PriorityMark } from '../ui/badges.tsx';
import { useWords } from '../words/words.ts';
import { Foot, MapSource } from './foot.tsx';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
const BODIES = ['open', 'locked', 'held', 'waiting', 'uncertain', 'stale', 'offline'] as const;

/** What the shapes mean, whose the outlines are, and what is invented. */
export function Legend({
  attribution,
  fictional,
  onHeight,
}: {
  readonly attribution: string;
  readonly fictional: boolean;
  /** Told how high the legend is. */
  readonly onHeight: (px: number) => void;
}) {
  const { t } = useWords();
  return (
    <Foot className="legend" onHeight={onHeight}>
      <ul className="legend-marks" aria-label={t('map.legend')}>
        <li>
          <span className="lane-key lane-key-shut" aria-hidden="true" />
          {t('map.legend-normal')}
        </li>
        {BODIES.map((body) => (
          <li key={body}>
            <span className={`lane-key lane-key-${body}`} aria-hidden="true" />
            {t(`map.body-${body}`)}
          </li>
        ))}
        {PRIORITIES.map((priority) => (
          <li key={priority} className={`p${priority}`}>
            <PriorityMark priority={priority} />
            {t(`domain.priority-${priority}`)}
          </li>
        ))}
        <li className="legend-wide">{t('map.legend-flow')}</li>
      </ul>
      <p className="legend-source">
        <MapSource attribution={attribution} fictional={fictional} />
      </p>
    </Foot>
  );
}
