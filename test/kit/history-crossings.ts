import type { Credential } from '../../src/shared/domain/credential.ts';
import type { Timing } from '../../src/shared/domain/crossing.ts';
import type {
  CrossingId,
  ExceptionId,
  PermitId,
  PersonId,
  ReaderId,
} from '../../src/shared/domain/ids.ts';
import { PERSON_CLASSES } from '../../src/shared/domain/line.ts';
import { BEYOND, type Place } from '../../src/shared/domain/place.ts';
import type { SiteLane } from '../../src/shared/domain/site.ts';
import type { EventData } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Reason } from '../../src/shared/regime/requirement.ts';
import type { Goods } from './history-goods.ts';
import {
  type Flight,
  type Known,
  movement,
  only,
  REASONS,
  type Somebody,
  type Waiting,
} from './history-people.ts';
import { OBLIGED, PERSON, type Teller } from './history-teller.ts';
import { Unseen } from './history-unseen.ts';

const PEOPLE = 14;

/** The crossings of a made-up history: asked for, decided, gone through, written down late. */
export class Crossings {
  readonly #history: Teller;
  readonly #goods: Goods;
  readonly #people = new Map<PersonId, Known>();
  #flights: Flight[] = [];
  #waiting: Waiting[] = [];
  #asked = 0;
  readonly #unseen: Unseen;

  constructor(history: Teller, goods: Goods) {
    this.#history = history;
    this.#goods = goods;
    for (let n = 0; n < PEOPLE; n += 1) {
      this.#people.set(`P-${n}` as PersonId, { place: null, happenedMs: null, unknown: null });
    }
    this.#unseen = new Unseen(history, this.#people);
  }

  /** Somebody holds a badge to a reader: admitted, referred or refused. */
  ask(): void {
    const { rng, nextId } = this.#history;
    const who = this.#somebody();
    const lane = this.#laneFor(who);
    if (lane === null) return;
    this.#lapseOlder(who);
    const crossing = nextId.crossing();
    this.#history.emit({
      kind: 'crossing.asked',
      data: { ...this.#shown(lane, who), crossing, timing: 'live' },
      deviceAt: this.#deviceTime(),
    });
    const roll = rng.next();
    const verdict = roll < 0.7 ? 'admit' : roll < 0.86 ? 'refer' : 'refuse';
    if (this.#asked % 5 === 0) this.#goods.ask(crossing, lane.id, verdict);
    else if (this.#asked % 5 === 2) this.#goods.readHalf(lane);
    else if (this.#asked % 5 === 3) this.#goods.goOn();
    if (roll < 0.7) this.#admit(crossing, lane, who, null, []);
    else if (roll < 0.86) this.#refer(crossing, lane, who);
    else {
      const decided = this.#decided(crossing, lane, who, this.#reasons());
      this.#history.emit({ kind: 'crossing.refused', data: { ...decided, exception: null } });
    }
  }

  /** A crossing that was begun goes on, or somebody decides on one who waits. */
  goOn(): void {
    const { rng } = this.#history;
    const flight = this.#flights[0];
    const waits = this.#waiting[0];
    if (waits !== undefined && (flight === undefined || rng.chance(0.3))) this.#settle(waits);
    else if (flight === undefined) this.ask();
    else if (flight.opened) this.#passOrNot(flight);
    else this.#openOrNot(flight);
  }

  /** Told late: a passage that nobody saw, or what the board decided alone, in whatever order. */
  record(): void {
    const { rng, nextId, atMs } = this.#history;
    const unseen = this.#unseen.toldLate();
    if (unseen !== undefined) {
      this.#pass(unseen, 'late');
      return;
    }
    const who = this.#somebody();
    const lane = rng.pick(this.#history.site.lanes);
    const index = this.#history.missingIndex(lane.board);
    const deviceAt = atMs - rng.below(rng.chance(0.5) ? 600_000 : 200_000_000);
    const granted = rng.chance(0.7);
    const known = who.person === null ? null : must(this.#people.get(who.person), who.person);
    const newer = known !== null && (known.happenedMs === null || deviceAt > known.happenedMs);
    const movesPresence = granted && newer;
    // Events of old say nothing of it.
    const timing = rng.pick([{ timing: 'live' }, { timing: 'late' }, {}] as const);
    this.#history.emit({
      kind: 'crossing.recorded',
      data: {
        ...this.#read(lane, who, index),
        ...timing,
        crossing: nextId.crossing(),
        permitStatus: who.permit === null ? null : 'active',
        granted,
        boardReason: granted ? 1 : 6,
        entitled: rng.chance(0.8),
        movesPresence,
        regimeVersion: this.#history.regimeVersion,
        reasons: rng.chance(0.5) ? [] : this.#reasons(),
      },
      deviceAt,
    });
    if (movesPresence && known !== null) this.#move(known, lane.to, deviceAt);
  }

  /** A supervisor says where somebody is, or how a passage ended that hangs on nobody's place. */
  correct(): void {
    const { rng, site, atMs } = this.#history;
    if (this.#unseen.answer()) return;
    const doubtful = [...this.#people].filter(([, known]) => known.unknown !== null);
    const [person, known] = rng.pick(doubtful.length > 0 ? doubtful : [...this.#people]);
    const place = rng.pick<Place>([...BEYOND, ...site.areas.map(({ id }) => id)]);
    const reason = this.#history.typed();
    const data = { person, place, crossing: known.unknown, reason };
    this.#history.emit({ kind: 'presence.set', data }, PERSON);
    this.#unseen.found(known.unknown, place);
    this.#move(known, place, atMs);
  }

  /** What an earlier boot left under way is unknown. */
  restarted(): void {
    const left = this.#flights;
    this.#flights = [];
    for (const flight of left) {
      const text = 'the console ended before the gate had answered';
      if (!flight.opened) this.#gate('gate.unknown', flight, { text });
      this.#unseen.begin(flight, 'restarted');
    }
  }

  #admit(
    crossing: CrossingId,
    lane: SiteLane,
    who: Somebody,
    exception: ExceptionId | null,
    reasons: Reason[],
  ): void {
    const { nextId, monoMs } = this.#history;
    const decided = this.#decided(crossing, lane, who, reasons);
    const overstay = this.#history.rng.chance(0.1);
    // No draw of chance: whatever else a history tells stays as it is.
    const { atMs } = this.#history;
    const dueBackMs = atMs % 3 === 0 && who.person !== null ? atMs + 600_000 : null;
    const obliged = { obligations: [...OBLIGED], overstay, dueBackMs };
    const more = { ...obliged, exception, deadlineMono: monoMs + 10_000 };
    this.#history.emit({ kind: 'crossing.admitted', data: { ...decided, ...more } });
    const command = nextId.command();
    const { id, board, door, openS } = lane;
    const target = { command, lane: id, board, door, openS, action: 'open' as const };
    const asked = { ...target, crossing, reason: null, deadlineMono: monoMs + 1_500 };
    this.#history.emit({ kind: 'gate.requested', data: asked });
    this.#flights.push({ ...only(who), crossing, lane, command, opened: false });
  }

  #refer(crossing: CrossingId, lane: SiteLane, who: Somebody): void {
    const { rng, nextId } = this.#history;
    const reasons = rng.chance(0.2) ? [] : this.#reasons();
    const exception = nextId.exception();
    const decided = this.#decided(crossing, lane, who, reasons);
    this.#history.emit({ kind: 'crossing.referred', data: { ...decided, exception } });
    this.#waiting.push({ ...who, crossing, lane, exception, reasons });
  }

  #settle(waits: Waiting): void {
    const { rng } = this.#history;
    const { exception, crossing } = waits;
    this.#waiting = this.#waiting.filter((one) => one !== waits);
    const roll = rng.next();
    const base = { exception, crossing, waitedMs: rng.below(300_000) };
    if (roll < 0.4) {
      const reason = this.#history.typed();
      this.#admit(crossing, waits.lane, waits, exception, waits.reasons);
      const data = { ...base, outcome: 'admit', reason } as const;
      this.#history.emit({ kind: 'exception.resolved', data }, PERSON);
    } else if (roll < 0.75) {
      const reason = this.#history.typed();
      const data = { ...base, outcome: 'refuse', reason } as const;
      this.#history.emit({ kind: 'exception.resolved', data }, PERSON);
    } else this.#lapse(base);
  }

  #lapse(base: { exception: ExceptionId; crossing: CrossingId; waitedMs: number }): void {
    const data = { ...base, outcome: 'lapsed', reason: null } as const;
    this.#history.emit({ kind: 'exception.resolved', data });
  }

  /** Who asks again has left the queue of those who wait. */
  #lapseOlder(who: Somebody): void {
    const older = this.#waiting.find(({ person }) => person !== null && person === who.person);
    if (older === undefined) return;
    this.#waiting = this.#waiting.filter((one) => one !== older);
    this.#lapse({ exception: older.exception, crossing: older.crossing, waitedMs: 1_000 });
  }

  #openOrNot(flight: Flight): void {
    const roll = this.#history.rng.next();
    if (roll < 0.84) {
      const shownBy = 'relay' as const;
      this.#gate('gate.confirmed', flight, { shownBy });
      this.#history.emit({ kind: 'crossing.opened', data: { ...movement(flight), shownBy } });
      flight.opened = true;
      return;
    }
    this.#end(flight);
    if (roll < 0.93) {
      this.#gate('gate.expired', flight, { text: null });
      const data = { ...movement(flight), why: 'command-expired' as const };
      this.#history.emit({ kind: 'crossing.not-taken', data });
    } else {
      this.#gate('gate.unknown', flight, { text: null });
      this.#unseen.begin(flight, 'gate-silent');
    }
  }

  #passOrNot(flight: Flight): void {
    if (this.#history.rng.chance(0.1)) this.#shareLeaf(flight);
    this.#end(flight);
    if (this.#history.rng.chance(0.12)) {
      const data = { ...movement(flight), why: 'nobody-passed' as const };
      this.#history.emit({ kind: 'crossing.not-taken', data });
      return;
    }
    this.#pass(flight, 'live');
  }

  #pass(flight: Flight, timing: Timing): void {
    const { atMs } = this.#history;
    const { lane, crossing } = flight;
    const deviceAt = this.#deviceTime();
    const heard = { board: lane.board, door: lane.door, lane: lane.id, timing, crossing };
    const index = this.#history.nextIndex(lane.board);
    const door = { ...heard, index, state: 'opened' as const };
    this.#history.emit({ kind: 'door.heard', data: door, deviceAt });
    const known = flight.person === null ? undefined : this.#people.get(flight.person);
    const happened = deviceAt ?? atMs;
    const movesPresence = timing === 'live' || happened >= (known?.happenedMs ?? 0);
    const data: EventData<'crossing.passed'> = {
      ...{ ...movement(flight), shownBy: 'door', ...this.#way(lane) },
      ...{ class: flight.class, movesPresence, timing },
    };
    this.#history.emit({ kind: 'crossing.passed', data, deviceAt });
    if (known !== undefined && movesPresence) this.#move(known, lane.to, happened);
  }

  /** A leaf moved, and it may have been somebody else's. */
  #shareLeaf({ crossing, lane }: Flight): void {
    const { board, door, id } = lane;
    const heard = { board, door, lane: id, timing: 'live', crossing: null } as const;
    const others = this.#flights.filter((one) => one.lane === lane && one.crossing !== crossing);
    const between = [crossing, ...others.map((one) => one.crossing)].slice(0, 8);
    const data = { ...heard, index: this.#history.nextIndex(board), state: 'opened', between };
    this.#history.emit({ kind: 'door.heard', data: data as EventData<'door.heard'> });
  }

  #gate(
    kind: 'gate.confirmed' | 'gate.expired' | 'gate.unknown',
    { command, lane }: Flight,
    more: { text: string | null } | { shownBy: 'relay' },
  ): void {
    const progress = { command, lane: lane.id, action: 'open' as const };
    if ('shownBy' in more) {
      this.#history.emit({ kind: 'gate.confirmed', data: { ...progress, ...more } });
    } else if (kind !== 'gate.confirmed') {
      this.#history.emit({ kind, data: { ...progress, ...more } });
    }
  }

  #end(flight: Flight): void {
    this.#flights = this.#flights.filter((one) => one !== flight);
  }

  #move(known: Known, place: Place, happenedMs: number): void {
    Object.assign(known, { place, happenedMs, unknown: null });
  }

  #somebody(): Somebody {
    const { rng } = this.#history;
    if (rng.chance(0.08)) return { person: null, permit: null, class: 'unidentified' };
    const n = rng.below(PEOPLE);
    const known = PERSON_CLASSES[n % (PERSON_CLASSES.length - 1)];
    return {
      person: `P-${n}` as PersonId,
      permit: `SP-${n}` as PermitId,
      class: must(known, 'class'),
    };
  }

  /** Mostly a lane that begins where the person is; null while they are crossing already. */
  #laneFor({ person }: Somebody): SiteLane | null {
    const { rng, site } = this.#history;
    if (person === null) return rng.pick(site.lanes);
    if (this.#flights.some((flight) => flight.person === person)) return null;
    const place = this.#people.get(person)?.place ?? null;
    const fitting = site.lanes.filter(({ from }) => place === null || from === place);
    return rng.pick(fitting.length > 0 && rng.chance(0.9) ? fitting : site.lanes);
  }

  #way(lane: SiteLane) {
    const { checkpoints } = this.#history.site;
    const at = must(
      checkpoints.find(({ id }) => id === lane.checkpoint),
      lane.checkpoint,
    );
    return { checkpoint: at.id, line: at.line, direction: lane.direction };
  }

  /** Every eighth shows a permit's code to the console's own reader, which numbers nothing. */
  #shown(lane: SiteLane, who: Somebody) {
    this.#asked += 1;
    if (this.#asked % 8 !== 0) return this.#read(lane, who);
    const token = (this.#asked % 24).toString(16).padStart(32, 'c');
    const code = { token, key: 'k1', proof: 'proven' } as const;
    return { ...this.#read(lane, who, 0), reader: 'lane-reader' as ReaderId, code };
  }

  #read(lane: SiteLane, who: Somebody, index: number | null = null) {
    const credential = (
      who.person === null ? 'raw/9' : `h10301/1/${who.person.slice(2)}`
    ) as Credential;
    return {
      ...this.#way(lane),
      lane: lane.id,
      from: lane.from,
      to: lane.to,
      board: lane.board,
      index: index ?? this.#history.nextIndex(lane.board),
      credential,
      ...who,
    };
  }

  #decided(crossing: CrossingId, lane: SiteLane, who: Somebody, reasons: Reason[]) {
    const place = who.person === null ? null : (this.#people.get(who.person)?.place ?? null);
    return {
      crossing,
      lane: lane.id,
      ...only(who),
      from: lane.from,
      to: lane.to,
      rule: 'p1',
      regime: 'cma-buffer-zone',
      regimeVersion: this.#history.regimeVersion,
      reasons,
      warnings: [],
      relied: {
        permitStatus: who.permit === null ? null : ('active' as const),
        ...{ validToMs: null, place, inside: 3, reserved: 0 },
        datasets: { permits: 1 },
        ...this.#outcomes(),
      },
    };
  }

  /** Of most; those of old have none. */
  #outcomes(): { outcomes?: string } {
    const { rng } = this.#history;
    if (rng.chance(0.1)) return {};
    const letter = () => (rng.chance(0.9) ? '-' : 'a');
    return { outcomes: Array.from({ length: 13 }, letter).join('') };
  }

  #reasons(): Reason[] {
    const { rng } = this.#history;
    return Array.from({ length: 1 + rng.below(3) }, () => rng.pick(REASONS));
  }

  /** Mostly a moment ago; sometimes not told, or by a clock that cannot be right. */
  #deviceTime(): number | undefined {
    const { rng, atMs } = this.#history;
    const roll = rng.next();
    if (roll < 0.1) return undefined;
    if (roll < 0.13) return atMs + 600_000;
    if (roll < 0.16) return atMs - 40 * 86_400_000;
    return atMs - rng.below(4_000);
  }
}
