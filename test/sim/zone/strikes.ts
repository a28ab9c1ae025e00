import type { Rng } from '../../../src/shared/lib/rng.ts';
import type { Calendar } from '../host/virtual-clock.ts';
import type { Holders } from './holders.ts';
import type { People } from './people.ts';
import type { SimBoard } from './sim-board.ts';
import type { SimCentre } from './sim-centre.ts';
import type { SimDisk } from './sim-disk.ts';
import type { SimEngine } from './sim-engine.ts';

/** What a fault may do, and how it ends. */
export interface Struck {
  readonly board: SimBoard;
  readonly device: SimBoard['device'];
  readonly calendar: Calendar;
  readonly engine: SimEngine;
  readonly disk: SimDisk;
  readonly centre: SimCentre;
  readonly holders: Holders;
  readonly people: People;
  readonly rng: Rng;
  /** Mends it after a while, or at the end of all faults. */
  heal(afterMs: number, heal: () => void): void;
  /** Kills the engine in the midst of what it does, and starts it again so long after that. */
  killAfterTasks(tasks: number, downMs: number): void;
}

interface FaultKind {
  /** The mean time between two of its kind, in minutes. */
  readonly everyMin: number;
  readonly strike: (struck: Struck) => void;
}

const fault = (everyMin: number, strike: FaultKind['strike']): FaultKind => ({ everyMin, strike });

/** Mostly short, now and then long. */
function lasting(rng: Rng, leastMs: number, mostMs: number): number {
  return leastMs + rng.next() ** 3 * (mostMs - leastMs);
}

function eitherWay(rng: Rng, mostMs: number): number {
  return rng.pick([-1, 1]) * lasting(rng, 1_000, mostMs);
}

function badLine(rng: Rng) {
  return {
    ...{ drop: rng.next() * 0.4, repeat: rng.next() * 0.3, reorder: rng.next() * 0.3 },
    ...{ delay: rng.next() * 0.5, delayMs: rng.next() * 900, garble: rng.next() * 0.1 },
  };
}

const HANGS = ['all', ['open-door'], ['get-event'], ['get-status', 'set-door']] as const;
const MOODS = ['slow', 'stuck', 'flaky', 'away'] as const;

/** What can befall a run. */
export const faultKinds = {
  'bad-line': fault(12, ({ device, rng, heal }) => {
    device.setFaults({ incoming: badLine(rng), outgoing: badLine(rng) });
    heal(lasting(rng, 2_000, 300_000), () => device.setFaults({}));
  }),
  unplug: fault(15, ({ device, rng, heal }) => {
    device.unplug();
    heal(lasting(rng, 200, 300_000), () => device.plug());
  }),
  'power-cut': fault(25, ({ device, rng, heal }) => {
    device.powerCut();
    heal(lasting(rng, 1_000, 180_000), () => device.powerOn());
  }),
  'board-hangs': fault(25, ({ device, rng, heal }) => {
    device.hangOn(rng.pick(HANGS));
    heal(lasting(rng, 500, 60_000), () => device.hangOn([]));
  }),
  'board-cleared': fault(60, ({ board }) => board.clear()),
  noise: fault(20, ({ device, rng }) => device.sendNoise(1 + rng.below(40))),
  'board-clock': fault(40, ({ device, rng }) => device.shiftClock(eitherWay(rng, 3_600_000))),
  'wall-step': fault(60, ({ calendar, rng }) => calendar.step(eitherWay(rng, 3_600_000))),
  button: fault(20, ({ device, rng }) => void device.pressButton(1 + rng.below(4))),
  'door-forced': fault(20, ({ device, rng }) => {
    void device.doorForced(1 + rng.below(4), 200 + rng.below(30_000));
  }),
  'input-levels': fault(40, ({ device, rng, heal }) => {
    device.setFire(rng.chance(0.5));
    device.setForceLock(rng.chance(0.5));
    heal(lasting(rng, 1_000, 60_000), () => {
      device.setFire(false);
      device.setForceLock(false);
    });
  }),
  stop: fault(25, ({ engine, rng, heal }) => {
    engine.stop();
    heal(lasting(rng, 10_000, 90_000), () => engine.start());
  }),
  kill: fault(15, ({ rng, killAfterTasks }) => {
    killAfterTasks(1 + rng.below(400), lasting(rng, 1_000, 90_000));
  }),
  stall: fault(20, ({ engine, rng }) => engine.stall(lasting(rng, 200, 90_000))),
  /** Off for hours: the boards decide alone, and may overwrite what nobody fetched. */
  'long-outage': fault(240, ({ engine, rng, heal }) => {
    engine.stop();
    heal(lasting(rng, 1_800_000, 10_800_000), () => engine.start());
  }),
  /** Started without drivers, as after too many failures, and then anew. */
  'safe-mode': fault(120, ({ engine, rng, heal }) => {
    engine.kill();
    engine.start(true);
    heal(lasting(rng, 20_000, 300_000), () => engine.restart());
  }),
  'disk-full': fault(25, ({ disk, rng, heal }) => {
    disk.fill();
    heal(lasting(rng, 500, 120_000), () => disk.makeRoom());
  }),
  'disk-locked': fault(20, ({ disk, rng, heal }) => {
    disk.lock();
    heal(lasting(rng, 100, 20_000), () => disk.unlock());
  }),
  'centre-mood': fault(12, ({ centre, rng, heal }) => {
    centre.mood = rng.pick(MOODS);
    heal(lasting(rng, 1_000, 600_000), () => {
      centre.mood = 'well';
    });
  }),
  'centre-restored': fault(60, ({ centre, rng }) => centre.restore(rng.below(2_000))),
  'lent-badge': fault(3, ({ people, rng }) => people.lend(rng)),
  dataset: fault(8, ({ holders, rng }) => holders.change(rng)),
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faultKinds;
export const faultNames = Object.keys(faultKinds) as FaultName[];
