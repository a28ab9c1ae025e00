import type { CrossingState, Timing } from '../../shared/domain/crossing.ts';
import { useWords } from '../words/words.ts';
import { LateMark } from './badges.tsx';
import './crossing.css';

/** States that are not the ordinary way through: they stand out from the list. */
const ODD: ReadonlySet<CrossingState> = new Set<CrossingState>([
  'referred',
  'refused',
  'unknown',
  'not-taken',
]);

/** What became of a crossing, in a word; what is not ordinary stands out, what is late says so. */
export function CrossingOutcome({
  state,
  timing,
}: {
  readonly state: CrossingState;
  readonly timing: Timing;
}) {
  const { t } = useWords();
  return (
    <span className="crossing">
      <span className={ODD.has(state) ? 'crossing-odd' : 'crossing-plain'}>
        {t(`domain.crossing-${state}`)}
      </span>
      {timing === 'late' && <LateMark />}
    </span>
  );
}
