import { isForVehicles, type Site } from '../../shared/domain/site.ts';
import { must } from '../../shared/lib/assert.ts';
import { hkDay } from '../../shared/lib/hk-time.ts';
import type { Opening } from '../boards/openings.ts';
import type { TrainingClock } from '../clock/training-clock.ts';
import { Haulage } from '../freight/haulage.ts';
import type { Freight } from '../freight/trips.ts';
import { Badges } from '../people/badges.ts';
import { type Leg, type Plan, partyOf } from '../plan/itinerary.ts';
import { Course } from './course.ts';
import { Crowd } from './crowd.ts';
import { DayBook } from './day-book.ts';
import { type Fault, faultsOf } from './faults.ts';
import type { LaneDoor } from './lane-door.ts';
import { LaneRunner, type RealTime } from './lane-runner.ts';
import { borrowed, drawsOf, makeVisit } from './make-visit.ts';
import { Meter } from './meter.ts';
import { WAIT_MS } from './pace.ts';
import { Routes } from './routes.ts';
import type { Visit, VisitEnd } from './visit.ts';

const MINUTE_MS = 60_000;
/** How often people and calendar are brought together, real ms. */
const TICK_MS = 20;
/** Other lanes that somebody tries at once when one does not answer. */
const MOVES = 2;
const FORCED_DOOR_MS = 400;

/** What became of somebody whom an instructor sent to a lane; `decisionMs` when they passed. */
export interface SentTo {
  readonly end: VisitEnd;
  readonly decisionMs: number | null;
}

export interface WorldDeps {
  readonly site: Site;
  readonly plan: Plan;
  /** Its trucks; null or left out where it has no lanes for them. */
  readonly freight?: Freight | null | undefined;
  /** Those of them that are in the zone when an earlier run left it so. */
  readonly trucksInside?: readonly number[] | undefined;
  readonly clock: TrainingClock;
  readonly time: RealTime;
  /** The gate of each lane, in the site's order. */
  readonly doors: readonly LaneDoor[];
  /** Carries out what befalls a board; the world only says when. */
  readonly onFault: (fault: Fault) => void;
}

/**
 * Everybody in the zone and at its gates: runs the plan on the training clock, lets people queue,
 * swipe, pass or be turned away, and keeps where each of them truly is. What the gates do is all it
 * knows of the engine; without one, nobody is let through and people come again.
 */
export class World {
  readonly crowd: Crowd;
  readonly meter: Meter;
  readonly #deps: WorldDeps;
  readonly #badges: Badges;
  readonly #course: Course;
  readonly #book: DayBook;
  readonly #lanes: readonly LaneRunner[];
  readonly #byDoor = new Map<string, LaneRunner>();
  readonly #routes: Routes;
  readonly #haulage: Haulage | null;
  #faults: Fault[] = [];
  #paused = false;
  #cancelTick: () => void = () => undefined;

  /** `places`: where everybody was when an earlier run of the same people ended. */
  constructor(deps: WorldDeps, places: Uint8Array | null = null) {
    this.#deps = deps;
    const { site, plan, clock, time } = deps;
    this.#badges = new Badges(plan.population.seed);
    this.crowd = new Crowd(plan.population);
    if (places !== null) this.crowd.restore(places);
    this.meter = new Meter(time.monoMs);
    this.#course = new Course(plan, this.crowd);
    this.#book = new DayBook(plan, this.crowd, this.#course, clock.wallMs());
    const lane = {
      time,
      speed: () => Math.max(0.01, clock.speed()),
      paused: () => this.#paused,
      onEnd: (visit: Visit, end: VisitEnd, at: LaneRunner) => this.#ended(visit, end, at),
      onDecision: (ms: number | null) => this.meter.decision(ms),
    };
    this.#lanes = site.lanes.map(
      (one, i) => new LaneRunner(one, must(deps.doors[i], `the gate of ${one.id}`), lane),
    );
    for (const runner of this.#lanes) {
      this.#byDoor.set(`${runner.lane.board}/${runner.lane.door}`, runner);
    }
    this.#routes = new Routes(this.#lanes.filter(({ lane: one }) => one.takes.includes('person')));
    this.#haulage = this.#trucks();
    this.#faults = this.#faultsFrom(this.#book.minuteAt(clock.wallMs()));
  }

  start(): void {
    this.#cancelTick = this.#deps.time.after(TICK_MS, () => {
      this.tick();
      this.start();
    });
  }

  stop(): void {
    this.#cancelTick();
    this.#paused = true;
  }

  /** Brings the people up to the calendar. */
  tick(): void {
    if (this.#paused) return;
    const wallMs = this.#deps.clock.wallMs();
    this.#book.due(
      wallMs,
      (index) => this.#call(index),
      () => {
        this.#faults = this.#faultsFrom(0);
      },
    );
    const minute = this.#book.minuteAt(wallMs);
    this.#haulage?.tick(this.#book.dayNumber(), minute);
    while ((this.#faults[0]?.minute ?? Number.POSITIVE_INFINITY) <= minute) {
      const fault = this.#faults.shift();
      if (fault !== undefined) this.befall(fault);
    }
  }

  /** Nobody steps up any more until `resume`; whoever is at a gate finishes. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    for (const lane of this.#lanes) lane.goOn();
  }

  /** The trucks that are in the zone now. */
  trucksInside(): number[] {
    return this.#haulage?.inside() ?? [];
  }

  isPaused(): boolean {
    return this.#paused;
  }

  /** A relay opened, by the board's own log. */
  onOpening(opening: Opening): void {
    this.#byDoor.get(`${opening.serial}/${opening.door}`)?.onOpening(opening.by, opening.atMonoMs);
  }

  befall(fault: Fault): void {
    if (fault.kind !== 'door-forced') {
      this.#deps.onFault(fault);
      return;
    }
    // Somebody breaks through at the first gate from there that nobody is using.
    for (let i = 0; i < this.#lanes.length; i += 1) {
      const lane = this.#lanes[(fault.lane + i) % this.#lanes.length];
      if (lane?.force(FORCED_DOOR_MS) === true) return;
    }
  }

  lane(id: string): LaneRunner | null {
    return this.#lanes.find((runner) => runner.lane.id === id) ?? null;
  }

  /**
   * An instructor sends somebody with a badge to a lane, ahead of the queue: its holder, or, where
   * the holder is at a gate or nobody has that badge, a stranger. Resolves with what became of it;
   * `decisionMs` is the real time from swipe to relay.
   */
  sendTo(
    lane: LaneRunner,
    credential: string,
    card: number,
    how: Pick<Visit, 'isOtherSide' | 'patienceMs'> = {},
  ): Promise<SentTo> {
    const found = this.#badges.indexOf(credential) ?? -1;
    const known = found < this.crowd.population.people && found >= 0 && !this.crowd.isBusy(found);
    const index = known ? found : -1;
    if (known) this.crowd.setBusy(index, true);
    const [here, there] = [lane.lane.from, lane.lane.to];
    const [from, to] = how.isOtherSide === true ? [there, here] : [here, there];
    return new Promise((resolve) => {
      lane.joinFirst({
        ...{ index, card, from, to, why: 'errand', dayNumber: this.#book.dayNumber() },
        ...{ expects: 'yes', mishap: 'none', strangeCard: 0, heldMs: 0, moves: 0 },
        ...how,
        // They go to no other lane: this one was asked for.
        told: (end, decisionMs) =>
          resolve({ end: end === 'moved-on' ? 'turned-away' : end, decisionMs }),
      });
    });
  }

  /** People in the longest queue of a lane that works. */
  longestQueue(): number {
    return Math.max(0, ...this.#lanes.map((lane) => (lane.isDead() ? 0 : lane.waiting())));
  }

  state() {
    const queued = this.#lanes.reduce((sum, lane) => sum + lane.waiting(), 0);
    const day = hkDay(this.#deps.clock.wallMs());
    return { day, places: this.crowd.counts(), queued, ...this.meter.counts() };
  }

  /** The trucks of a zone that has a lane for them each way. */
  #trucks(): Haulage | null {
    const { clock, freight } = this.#deps;
    const forTrucks = this.#lanes.filter(({ lane }) => isForVehicles(lane));
    const into = forTrucks.find(({ lane }) => lane.direction === 'in');
    const out = forTrucks.find(({ lane }) => lane.direction === 'out');
    if (freight == null || into === undefined || out === undefined) return null;
    const now = { day: this.#book.dayNumber(), minute: this.#book.minuteAt(clock.wallMs()) };
    const inside = this.#deps.trucksInside ?? [];
    return new Haulage(freight, this.#badges, { in: into, out }, now, inside);
  }

  #faultsFrom(minute: number): Fault[] {
    const { site, plan } = this.#deps;
    const { seed } = plan.population;
    const day = this.#book.dayNumber();
    const faults = faultsOf(seed, day, site.lanes.length, site.boards.length);
    return faults.filter((fault) => fault.minute >= minute);
  }

  /** Somebody's minute has come: they go to a lane now, or are looked at later. */
  #call(index: number): void {
    if (this.crowd.isBusy(index)) return;
    const holder = this.crowd.holder(index);
    const leg = this.#course.next(holder, this.#book.dayNumber());
    if (leg === null) return;
    const nowMinute = this.#book.minuteAt(this.#deps.clock.wallMs());
    if (leg.minute > nowMinute + 1) {
      this.#book.add(leg.minute, index);
      return;
    }
    // Within the minute people come one after another, not all at its first moment.
    const inMs = Math.max(0, leg.minute - nowMinute) * MINUTE_MS;
    const speed = Math.max(0.01, this.#deps.clock.speed());
    this.crowd.setBusy(index, true);
    this.#deps.time.after(inMs / speed, () => this.#arrive(index, leg));
  }

  /** At the checkpoint; visitors queue right behind their escort. */
  #arrive(index: number, leg: Leg): void {
    const party = partyOf(this.#deps.plan, this.crowd.holder(index), this.#book.dayNumber());
    const lane = this.#routes.lane(leg.from, leg.to, index);
    this.#join(this.#visit(index, leg), lane);
    for (const member of party) {
      if (this.crowd.isBusy(member) || this.crowd.place(member) !== leg.from) continue;
      this.crowd.setBusy(member, true);
      this.#join(this.#visit(member, leg), lane);
    }
  }

  #visit(index: number, leg: Leg): Visit {
    const { plan } = this.#deps;
    const day = this.#book.dayNumber();
    const draws = drawsOf(plan, index, this.#try(index), 'mishap');
    return makeVisit(plan, this.crowd.holder(index), leg, day, this.#badges, draws);
  }

  #try(index: number) {
    const day = this.#book.dayNumber();
    return { day, leg: this.crowd.leg(index), tries: this.crowd.tries(index) };
  }

  #join(visit: Visit, lane: LaneRunner | null): void {
    if (lane === null) this.#finish(visit, 'turned-away');
    else lane.join(visit);
  }

  #ended(visit: Visit, end: VisitEnd, lane: LaneRunner): void {
    if (end === 'moved-on' && visit.moves < MOVES && visit.told === undefined) {
      visit.moves += 1;
      this.meter.ended(end);
      this.#join(visit, this.#routes.lane(visit.from, visit.to, visit.index, lane));
      return;
    }
    if (end === 'passed' && visit.mishap === 'lent-badge') lane.joinFirst(borrowed(visit));
    this.#finish(visit, end === 'moved-on' ? 'turned-away' : end);
  }

  #finish(visit: Visit, end: VisitEnd): void {
    this.meter.ended(end);
    const { index } = visit;
    if (index < 0) return;
    this.crowd.setBusy(index, false);
    const { clock } = this.#deps;
    const nowMinute = this.#book.minuteAt(clock.wallMs());
    const day = this.#book.dayNumber();
    const draws = drawsOf(this.#deps.plan, index, this.#try(index), 'again');
    const again = this.#course.ended(visit, end, day, nowMinute, draws);
    if (again === null) return;
    // Visitors go where their escort goes; alone they only try to get out.
    const escorted = this.crowd.holder(index).class === 'escorted-visitor';
    if (escorted && (end === 'passed' || visit.why !== 'home')) return;
    // Not while the gate still holds the last try for them: that lasts in real time.
    const soonest = end === 'passed' ? 0 : (WAIT_MS.comeBack * clock.speed()) / MINUTE_MS;
    this.#book.add(Math.max(again, nowMinute + soonest), index);
  }
}
