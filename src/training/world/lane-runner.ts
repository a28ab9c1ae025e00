import type { SiteLane } from '../../shared/domain/site.ts';
import type { OpenedBy } from '../boards/openings.ts';
import type { LaneDoor } from './lane-door.ts';
import { DEAD_AFTER, SUPERVISOR_MINUTES, WAIT_MS, WALK_S } from './pace.ts';
import type { Visit, VisitEnd } from './visit.ts';

/** Real time, as the world is given it. */
export interface RealTime {
  readonly monoMs: () => number;
  /** Runs once after so many real ms, unless cancelled. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export interface LaneDeps {
  readonly time: RealTime;
  /** Calendar ms per real ms; never 0. */
  readonly speed: () => number;
  /** True while nobody may step up. */
  readonly paused: () => boolean;
  readonly onEnd: (visit: Visit, end: VisitEnd, lane: LaneRunner) => void;
  /** Swipe to relay, real ms; null for no answer where one was due. */
  readonly onDecision: (ms: number | null) => void;
}

type State = 'idle' | 'stepping' | 'asking' | 'going' | 'holding';

/**
 * One lane as people use it: they queue, one stands at the reader, whoever is let through goes, a
 * referred person waits beside the lane for a supervisor while the queue moves on. At most one
 * person waits there; a gate that opens while nobody stands at the reader opens for them.
 */
export class LaneRunner {
  readonly lane: SiteLane;
  readonly #door: LaneDoor;
  readonly #deps: LaneDeps;
  #queue: Visit[] = [];
  #state: State = 'idle';
  #at: Visit | null = null;
  #swipedMonoMs = 0;
  /** Swipe to relay of whoever is at the gate; null for one who waited beside the lane. */
  #decisionMs: number | null = null;
  #cancel: () => void = () => undefined;
  #beside: Visit | null = null;
  #cancelWait: () => void = () => undefined;
  /** The gate opened once more while somebody was going through: for the one beside the lane. */
  #owed = false;
  #unanswered = 0;
  #deadUntilMonoMs = 0;

  constructor(lane: SiteLane, door: LaneDoor, deps: LaneDeps) {
    this.lane = lane;
    this.#door = door;
    this.#deps = deps;
  }

  waiting(): number {
    return this.#queue.length;
  }

  hasRoomBeside(): boolean {
    return this.#beside === null;
  }

  isIdle(): boolean {
    return this.#state === 'idle';
  }

  /** Nobody gets an answer here at the moment. */
  isDead(): boolean {
    return this.#deps.time.monoMs() < this.#deadUntilMonoMs;
  }

  join(visit: Visit): void {
    this.#queue.push(visit);
    if (this.#state === 'idle') this.#next();
  }

  /** Steps in before everybody else. */
  joinFirst(visit: Visit): void {
    this.#queue.unshift(visit);
    if (this.#state === 'idle') this.#next();
  }

  /** After a pause. */
  goOn(): void {
    if (this.#state === 'idle') this.#next();
  }

  /** The lane does not work: everybody in the queue looks for another one. */
  leaveAll(): void {
    this.#deadUntilMonoMs = this.#deps.time.monoMs() + WAIT_MS.deadLane;
    const leaving = this.#queue;
    this.#queue = [];
    for (const visit of leaving) this.#end(visit, 'moved-on');
  }

  /** The relay opened. Whoever stands at the reader takes it for theirs. */
  onOpening(by: OpenedBy, atMonoMs: number): void {
    this.#unanswered = 0;
    this.#deadUntilMonoMs = 0;
    if (this.#state === 'asking' && this.#at !== null) {
      this.#cancel();
      this.#decisionMs = atMonoMs - this.#swipedMonoMs;
      this.#deps.onDecision(this.#decisionMs);
      this.#go(this.#at);
    } else if (this.#beside !== null && by !== 'held') {
      if (this.#state === 'going' || this.#state === 'holding') this.#owed = true;
      else this.#takeBeside();
    } else if (by === 'remote' && (this.#state === 'idle' || this.#state === 'stepping')) {
      // For somebody who has left. The next one would be taken for them.
      this.#stepBack();
      this.#hold(() => undefined);
    }
  }

  /** Somebody breaks through an idle gate. False where people are using it. */
  force(heldMs: number): boolean {
    if (this.#state !== 'idle') return false;
    this.#state = 'going';
    void this.#door.force(heldMs).then(() => this.#next());
    return true;
  }

  /** Whoever was on the way to the reader lets somebody else go first. */
  #stepBack(): void {
    if (this.#state !== 'stepping') return;
    this.#cancel();
    if (this.#at !== null) this.#queue.unshift(this.#at);
    this.#at = null;
  }

  #takeBeside(): void {
    const visit = this.#beside;
    if (visit === null) return;
    this.#stepBack();
    this.#cancelWait();
    this.#beside = null;
    this.#at = visit;
    this.#decisionMs = null;
    this.#go(visit);
  }

  #next(): void {
    this.#at = null;
    const owed = this.#owed && this.#beside !== null;
    this.#owed = false;
    this.#state = 'idle';
    if (owed) this.#takeBeside();
    if (this.#state !== 'idle' || this.#queue.length === 0 || this.#deps.paused()) return;
    this.#state = 'stepping';
    this.#cancel = this.#deps.time.after(this.#walkMs(WALK_S.stepUp), () => this.#ask());
  }

  #walkMs(seconds: number): number {
    return (seconds * 1000) / this.#deps.speed();
  }

  #ask(): void {
    const visit = this.#queue.shift();
    if (visit === undefined) {
      this.#next();
      return;
    }
    this.#at = visit;
    if (visit.mishap === 'unknown-card') {
      // Not yet 'asking': whatever opens now is not for this badge. The right one is shown next.
      const better: Visit = { ...visit, mishap: 'none' };
      this.#at = better;
      this.#door.swipe(visit.strangeCard);
      this.#cancel = this.#deps.time.after(WAIT_MS.formality, () => this.#swipe(better));
    } else if (visit.readBefore !== undefined) {
      this.#door.swipe(visit.readBefore);
      this.#cancel = this.#deps.time.after(WAIT_MS.otherHalf, () => this.#swipe(visit));
    } else {
      this.#swipe(visit);
    }
  }

  #swipe(visit: Visit): void {
    this.#state = 'asking';
    this.#decisionMs = null;
    this.#swipedMonoMs = this.#deps.time.monoMs();
    if (!this.#door.swipe(visit.card, visit.isOtherSide)) {
      this.#end(visit, 'moved-on');
      this.leaveAll();
      this.#next();
      return;
    }
    // The board may have opened within the call, deciding alone.
    if (this.#at !== visit || this.#decisionMs !== null) return;
    if (this.#door.isFree()) {
      this.#go(visit);
      return;
    }
    const patienceMs = visit.expects === 'yes' ? WAIT_MS.answer : WAIT_MS.formality;
    this.#cancel = this.#deps.time.after(patienceMs, () => this.#denied(visit));
  }

  #denied(visit: Visit): void {
    if (visit.expects === 'yes') {
      this.#deps.onDecision(null);
      this.#unanswered += 1;
    }
    if (visit.expects === 'no') this.#end(visit, 'turned-away');
    else if (this.#beside === null) this.#waitBeside(visit);
    else this.#end(visit, 'moved-on');
    if (this.#unanswered >= DEAD_AFTER) this.leaveAll();
    this.#next();
  }

  #waitBeside(visit: Visit): void {
    this.#beside = visit;
    const usualMs = Math.max(WAIT_MS.comeBack, this.#walkMs(SUPERVISOR_MINUTES * 60));
    const waitMs = visit.patienceMs ?? Math.min(WAIT_MS.supervisor, usualMs);
    this.#cancelWait = this.#deps.time.after(waitMs, () => {
      this.#beside = null;
      this.#end(visit, 'turned-away');
    });
  }

  #go(visit: Visit): void {
    this.#state = 'going';
    if (visit.mishap === 'not-taken') {
      this.#hold(() => this.#end(visit, 'not-taken'));
      return;
    }
    const heldMs = Math.max(WAIT_MS.leaf, visit.heldMs, this.#walkMs(WALK_S.pass));
    this.#cancel = this.#deps.time.after(this.#walkMs(WALK_S.react), () => {
      void this.#door.pass(heldMs).then((passed) => {
        if (!passed) {
          this.#hold(() => this.#end(visit, 'not-taken'));
          return;
        }
        this.#end(visit, 'passed');
        this.#next();
      });
    });
  }

  /** The gate stands open for somebody who does not go: everybody else keeps away from it. */
  #hold(then: () => void): void {
    this.#state = 'holding';
    this.leaveAll();
    this.#cancel = this.#deps.time.after(WAIT_MS.notTaken, () => {
      then();
      this.#next();
    });
  }

  #end(visit: Visit, end: VisitEnd): void {
    visit.told?.(end, end === 'passed' ? this.#decisionMs : null);
    this.#deps.onEnd(visit, end, this);
  }
}
