import type { LaneNow } from '../../shared/contract/views.ts';
import type { Words } from '../words/words.ts';
import type { LaneSymbol } from './scene/lane-symbol.ts';

/** What a lane's symbol says, in words: for tooltips and for those who cannot see the map. */
export function laneStateText({ t }: Words, symbol: LaneSymbol, row?: LaneNow): string {
  const parts: string[] = [];
  if (symbol.priority !== 0) parts.push(t(`domain.priority-${symbol.priority}`));
  parts.push(t(`map.body-${symbol.body}`));
  if (row?.door === 'forced') parts.push(t('domain.door-forced'));
  if (symbol.command !== 'none') parts.push(t(`map.command-${symbol.command}`));
  return parts.join(' · ');
}
