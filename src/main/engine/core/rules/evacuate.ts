import type { GateAction } from '../../../../shared/domain/gate.ts';
import type { AreaId, CommandId, TextId } from '../../../../shared/domain/ids.ts';
import type { SiteLane } from '../../../../shared/domain/site.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { LaneFacts } from '../facts.ts';
import { orderGate } from './gate-order.ts';
import { raise } from './incident.ts';

/**
 * Lets people out of an area, or out of the whole zone (`null`): every way out opens and stays
 * open, every way in shuts. Who goes through unseen is not known afterwards: a person counts them.
 */
export function evacuate(
  list: EventList,
  lanes: readonly LaneFacts[],
  area: AreaId | null,
  reason: TextId,
  moment: Moment,
): { commands: CommandId[] } {
  const orders = lanes.flatMap((at) => {
    const action = actionFor(at.lane, area);
    return action === null ? [] : [{ at, action }];
  });
  list.add('evacuation.ordered', { area, lanes: orders.length, reason });
  const commands = orders.map(({ at, action }) => orderGate(list, at, action, reason, moment));
  const params = area === null ? {} : { area };
  raise(list, moment, [], { type: 'evacuation', note: reason, params });
  return { commands };
}

function actionFor({ direction, from, to }: SiteLane, area: AreaId | null): GateAction | null {
  // Out of the whole zone every passage inside it helps.
  if (area === null) return direction === 'in' ? 'lock' : 'hold';
  if (from === area) return 'hold';
  return to === area ? 'lock' : null;
}
