import type { ConsoleId } from '../../../src/shared/domain/ids.ts';
import type { Place } from '../../../src/shared/domain/place.ts';
import type { SiteLane } from '../../../src/shared/domain/site.ts';
import { hkDayStart } from '../../../src/shared/lib/hk-time.ts';
import type { Opening } from '../../../src/training/boards/openings.ts';
import { seedNumber } from '../../../src/training/chance.ts';
import { TrainingClock } from '../../../src/training/clock/training-clock.ts';
import { Badges } from '../../../src/training/people/badges.ts';
import { holderOf } from '../../../src/training/people/holder.ts';
import type { Plan } from '../../../src/training/plan/itinerary.ts';
import { dayNumberOf, weekdayDemand } from '../../../src/training/plan/weekday.ts';
import { boardsFor, trainingSerial } from '../../../src/training/site/lanes.ts';
import { trainingSite } from '../../../src/training/site/training-site.ts';
import type { Fault } from '../../../src/training/world/faults.ts';
import type { LaneDoor } from '../../../src/training/world/lane-door.ts';
import { cardOf } from '../../../src/training/world/make-visit.ts';
import { World } from '../../../src/training/world/world.ts';
import { ANY_CODE_KEY } from '../../kit/fake/zone.ts';
import { VirtualTime } from './virtual-time.ts';

/** What a made gate did, for a test to look at. */
export interface Passage {
  readonly lane: SiteLane;
  readonly card: number;
  readonly atMs: number;
}

export interface MadeZone {
  readonly world: World;
  readonly time: VirtualTime;
  readonly clock: TrainingClock;
  readonly plan: Plan;
  readonly lanes: readonly SiteLane[];
  readonly passages: Passage[];
  readonly swipes: Passage[];
  readonly forced: SiteLane[];
  readonly faults: Fault[];
  /** Opens a lane's gate without a swipe, as a supervisor does. */
  readonly open: (lane: SiteLane) => void;
}

export interface ZoneSetting {
  readonly people?: number;
  readonly lanes?: number;
  readonly trucks?: number;
  readonly speed?: number;
  readonly seed?: string;
  readonly day?: string;
  /**
   * Whether a badge is let through, and after how many ms; null = never. By default all that are
   * `here`: their holder is where the lane begins.
   */
  readonly answer?: (lane: SiteLane, card: number, here: boolean) => number | null;
  readonly powered?: (lane: SiteLane) => boolean;
  readonly places?: Uint8Array | null;
  readonly trucksInside?: readonly number[];
}

interface MadeGates extends Pick<MadeZone, 'time' | 'clock' | 'passages' | 'swipes' | 'forced'> {
  readonly powered: (lane: SiteLane) => boolean;
  readonly open: (lane: SiteLane) => void;
  readonly answer: (lane: SiteLane, card: number) => number | null;
  readonly moved: (card: number, to: Place) => void;
}

function doorOf(lane: SiteLane, gates: MadeGates): LaneDoor {
  const { time, clock } = gates;
  let card = 0;
  const take = (heldMs: number) =>
    new Promise<boolean>((resolve) => {
      time.after(heldMs, () => resolve(true));
    });
  return {
    swipe(number) {
      if (!gates.powered(lane)) return false;
      card = number;
      gates.swipes.push({ lane, card, atMs: clock.wallMs() });
      const afterMs = gates.answer(lane, number);
      if (afterMs !== null) time.after(afterMs, () => gates.open(lane));
      return true;
    },
    isFree: () => false,
    pass(heldMs) {
      gates.passages.push({ lane, card, atMs: clock.wallMs() });
      gates.moved(card, lane.to);
      return take(heldMs);
    },
    async force(heldMs) {
      gates.forced.push(lane);
      await take(heldMs);
    },
  };
}

/** A zone without boards: gates that open when the test's rule says so, in virtual time. */
export function madeZone(setting: ZoneSetting = {}): MadeZone {
  const { people = 500, lanes = 24, speed = 60, seed = 'made', day = '2026-03-02' } = setting;
  const { trucks = 0 } = setting;
  const badges = new Badges(seedNumber(seed));
  const place = new Map<number, Place>();
  const { answer = (_lane, _card, here) => (here ? 20 : null) } = setting;
  const { powered = () => true } = setting;
  const time = new VirtualTime();
  const site = trainingSite({
    ...{ consoleId: 'training-1' as ConsoleId, lanes, people, trucks, centre: null },
    codeKey: ANY_CODE_KEY,
    clock: { address: '127.0.0.1', port: 1 },
    boards: Array.from({ length: boardsFor(lanes, trucks) }, (_, i) => ({
      ...{ serial: trainingSerial(i), address: '127.0.0.1', port: 2 + i },
    })),
  });
  const startMs = hkDayStart(day);
  const clock = new TrainingClock(startMs, speed, time.monoMs);
  const plan: Plan = {
    population: { seed: seedNumber(seed), people, year: Number(day.slice(0, 4)) },
    demand: weekdayDemand,
  };
  for (let i = 0; i < people; i += 1) {
    place.set(cardOf(badges, i), holderOf(plan.population, i).home);
  }
  const freight = { seed: seedNumber(seed), people, trucks, fromDay: dayNumberOf(startMs) };
  const passages: Passage[] = [];
  const swipes: Passage[] = [];
  const forced: SiteLane[] = [];
  const faults: Fault[] = [];
  const told: { world?: World } = {};
  const open = (lane: SiteLane) => {
    const opening: Opening = {
      ...{ serial: Number(lane.board), door: lane.door, by: 'remote', atMonoMs: time.monoMs() },
      ...{ atWallMs: clock.wallMs(), askedMonoMs: null, card: null },
      ...{ swipeIndex: null, swipeMonoMs: null },
    };
    told.world?.onOpening(opening);
  };
  const gates: MadeGates = {
    ...{ time, clock, passages, swipes, forced, powered, open },
    answer: (lane, card) => answer(lane, card, place.get(card) === lane.from),
    moved: (card, to) => place.set(card, to),
  };
  const world = new World(
    {
      ...{ site, plan, freight, clock, time, doors: site.lanes.map((lane) => doorOf(lane, gates)) },
      onFault: (fault) => faults.push(fault),
      trucksInside: setting.trucksInside,
    },
    setting.places ?? null,
  );
  told.world = world;
  world.start();
  return {
    ...{ world, time, clock, plan, lanes: site.lanes, passages, swipes, forced, faults, open },
  };
}

/** Lets calendar time pass, in minutes. */
export async function passMinutes({ time, clock }: MadeZone, minutes: number): Promise<void> {
  await time.pass((minutes * 60_000) / clock.speed());
}
