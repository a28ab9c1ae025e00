import { Draws, PURPOSE } from '../chance.ts';
import { DAILY_FAULTS, DRIFT_SECONDS, FAULT_MINUTES } from '../rates.ts';

/** Something that goes wrong with the gates themselves, at a minute of the day. */
export type Fault =
  | { readonly minute: number; readonly kind: 'door-forced'; readonly lane: number }
  | {
      readonly minute: number;
      readonly kind: 'power-cut' | 'network-cut';
      readonly board: number;
      readonly minutes: number;
    }
  | {
      readonly minute: number;
      readonly kind: 'clock-drift';
      readonly board: number;
      readonly seconds: number;
    };

/** Faults befall the zone between these minutes: when somebody is there to see them. */
const FIRST_MINUTE = 7 * 60 + 30;
const LAST_MINUTE = 21 * 60;

/** A day's faults in order of time; the seed and the day fix them. */
export function faultsOf(seed: number, dayNumber: number, lanes: number, boards: number): Fault[] {
  const draws = new Draws(seed, PURPOSE.faults, 0, dayNumber);
  const minute = () => FIRST_MINUTE + draws.below(LAST_MINUTE - FIRST_MINUTE);
  const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  const between = ([from, to]: readonly [number, number]) => from + draws.below(to - from + 1);
  const faults: Fault[] = [
    ...times(DAILY_FAULTS.doorForced, () => ({
      minute: minute(),
      kind: 'door-forced' as const,
      lane: draws.below(lanes),
    })),
    ...times(DAILY_FAULTS.powerCut, () => ({
      minute: minute(),
      kind: 'power-cut' as const,
      board: draws.below(boards),
      minutes: between(FAULT_MINUTES.powerCut),
    })),
    ...times(DAILY_FAULTS.networkCut, () => ({
      minute: minute(),
      kind: 'network-cut' as const,
      board: draws.below(boards),
      minutes: between(FAULT_MINUTES.networkCut),
    })),
    ...times(DAILY_FAULTS.clockDrift, () => ({
      minute: minute(),
      kind: 'clock-drift' as const,
      board: draws.below(boards),
      seconds: between(DRIFT_SECONDS) * (draws.chance(0.5) ? 1 : -1),
    })),
  ];
  return faults.sort((a, b) => a.minute - b.minute);
}
