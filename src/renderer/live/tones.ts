import type { QueueRow } from '../../shared/contract/views.ts';
import type { Priority } from '../../shared/domain/incident.ts';

/** One note of an alarm: its pitch, when it begins after the first, and how long it sounds. */
export interface Note {
  readonly hz: number;
  readonly atS: number;
  readonly forS: number;
}

/** Told apart with closed eyes: number of notes, pitch and direction differ. */
export const TONES: Readonly<Record<Priority, readonly Note[]>> = {
  1: [
    { hz: 880, atS: 0, forS: 0.16 },
    { hz: 660, atS: 0.18, forS: 0.16 },
    { hz: 880, atS: 0.36, forS: 0.16 },
    { hz: 660, atS: 0.54, forS: 0.2 },
  ],
  2: [
    { hz: 587, atS: 0, forS: 0.14 },
    { hz: 784, atS: 0.17, forS: 0.22 },
  ],
  3: [
    { hz: 494, atS: 0, forS: 0.12 },
    { hz: 494, atS: 0.17, forS: 0.12 },
  ],
  4: [{ hz: 370, atS: 0, forS: 0.14 }],
};

/**
 * The priority to sound for rows that came new into the queue: the highest one. What came late, and
 * what somebody already took up, is silent; null = no sound.
 */
export function priorityToSound(fresh: readonly QueueRow[]): Priority | null {
  let highest: Priority | null = null;
  for (const row of fresh) {
    if (row.type === 'incident' && (row.timing === 'late' || row.state !== 'raised')) continue;
    if (highest === null || row.priority < highest) highest = row.priority;
  }
  return highest;
}
