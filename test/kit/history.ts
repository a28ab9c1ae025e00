import type { Credential } from '../../src/shared/domain/credential.ts';
import type { BoardId, IncidentId, PersonId } from '../../src/shared/domain/ids.ts';
import {
  commandId,
  crossingId,
  erasureId,
  exceptionId,
  incidentId,
  musterId,
  textId,
} from '../../src/shared/domain/ids.ts';
import { INCIDENT_TYPES, type Priority } from '../../src/shared/domain/incident.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import type { Actor } from '../../src/shared/journal/envelope.ts';
import type { EventData, NewEvent } from '../../src/shared/journal/events.ts';
import { type Rng, seededRng } from '../../src/shared/lib/rng.ts';
import { Corrections } from './history-corrections.ts';
import { Crossings } from './history-crossings.ts';
import { tellOfDayReturn } from './history-day-return.ts';
import { Filings } from './history-filings.ts';
import { Goods } from './history-goods.ts';
import { giveJointResult } from './history-joint.ts';
import { Lockdowns } from './history-lockdowns.ts';
import { Musters } from './history-musters.ts';
import { Papers } from './history-paper.ts';
import { RegimeVersions } from './history-regimes.ts';
import { suspendSomebody } from './history-suspension.ts';
import { PERSON, type Teller } from './history-teller.ts';
import { kitSite } from './kit-site.ts';

/** An event with all that the journal is told of it. */
export interface KitEvent {
  readonly event: NewEvent;
  readonly atMs: number;
  readonly monoMs: number;
  readonly boot: string;
  readonly actor: Actor;
}

interface BoardNow {
  readonly board: BoardId;
  index: number;
  online: boolean;
  gaps: { from: number; to: number }[];
}

const EPOCH = 1;
const START_MS = Date.parse('2026-03-08T21:00:00+08:00');

/**
 * A made-up history that a console could have written: random, schema-valid, with every way a
 * crossing can end, late ones, referrals, incidents, boards that fall silent, and restarts. The
 * same seed gives the same history.
 */
export class History implements Teller {
  readonly site: Site;
  readonly rng: Rng;
  readonly out: KitEvent[] = [];
  readonly boards: readonly BoardNow[];
  readonly #crossings: Crossings;
  readonly #corrections: Corrections;
  readonly #goods: Goods;
  readonly #filings: Filings;
  readonly #lockdowns: Lockdowns;
  readonly #musters: Musters;
  readonly #papers: Papers;
  readonly #regimes: RegimeVersions;
  #incidents: { incident: IncidentId; acknowledged: boolean }[] = [];
  #atMs = START_MS;
  #monoMs = 1;
  #boot = 1;
  #sealed = 0;
  #ordinal = 1;
  regimeVersion = 1;

  constructor(seed: string, site: Site = kitSite()) {
    this.site = site;
    this.rng = seededRng(seed);
    this.boards = site.boards.map((board) => ({
      board: board.serial,
      index: 0,
      online: false,
      gaps: [],
    }));
    this.#goods = new Goods(this);
    this.#crossings = new Crossings(this, this.#goods);
    this.#filings = new Filings(this);
    this.#lockdowns = new Lockdowns(this);
    this.#musters = new Musters(this);
    this.#papers = new Papers(this);
    this.#corrections = new Corrections(this, this.out);
    this.#regimes = new RegimeVersions(this);
    this.#start();
  }

  get seq(): number {
    return this.out.length;
  }

  get atMs(): number {
    return this.#atMs;
  }

  get monoMs(): number {
    return this.#monoMs;
  }

  readonly nextId = {
    crossing: () => crossingId(EPOCH, this.out.length + 1),
    exception: () => exceptionId(EPOCH, this.out.length + 1),
    incident: () => incidentId(EPOCH, this.out.length + 1),
    muster: () => musterId(EPOCH, this.out.length + 1),
    erasure: () => erasureId(EPOCH, this.out.length + 1),
    command: () => commandId(EPOCH, this.out.length + 1),
    text: () => textId(EPOCH, this.out.length + 1),
  };

  emit(event: NewEvent, actor: Actor = { type: 'console' }): void {
    const { atMs, monoMs } = this;
    this.out.push({ event, atMs, monoMs, boot: `boot-${this.#boot}`, actor });
  }

  typed() {
    const text = this.nextId.text();
    this.emit({ kind: 'text.kept', data: { text, length: 9, saltedHash: 'a'.repeat(64) } }, PERSON);
    return text;
  }

  nextIndex(board: string): number {
    const now = this.#board(board);
    now.index += 1;
    return now.index;
  }

  missingIndex(board: string): number | null {
    const now = this.#board(board);
    const gap = now.gaps[0];
    if (gap === undefined) return null;
    const index = gap.from;
    now.gaps = [
      ...(gap.from < gap.to ? [{ from: gap.from + 1, to: gap.to }] : []),
      ...now.gaps.slice(1),
    ];
    return index;
  }

  #board(board: string): BoardNow {
    const found = this.boards.find((one) => one.board === board);
    if (found === undefined) throw new Error(`no board ${board}`);
    return found;
  }

  /** Does one thing that can happen, and lets some time pass. */
  act(): void {
    this.#wait();
    const roll = this.rng.next();
    if (roll < 0.34) this.#crossings.ask();
    else if (roll < 0.7) this.#crossings.goOn();
    else if (roll < 0.78) this.#crossings.record();
    else if (roll < 0.805) this.#crossings.correct();
    else if (roll < 0.82) tellOfDayReturn(this, this.out);
    else if (roll < 0.88) this.#incident();
    else if (roll < 0.935) this.#device();
    else if (roll < 0.985) this.#other();
    else this.#restart();
  }

  seal(): void {
    const firstSeq = this.#sealed + 1;
    const events = this.out.length + 1 - this.#sealed;
    const data = { ordinal: this.#ordinal, firstSeq, events, why: 'size' } as const;
    this.emit({ kind: 'segment.sealed', data });
    this.#sealed = this.out.length;
    this.#ordinal += 1;
  }

  #wait(): void {
    const { rng } = this;
    const kind = rng.next();
    const ms =
      kind < 0.75 ? rng.below(20_000) : kind < 0.97 ? rng.below(1_800_000) : rng.below(18_000_000);
    this.#atMs += ms;
    this.#monoMs += ms;
  }

  #start(): void {
    const regimeVersion = this.regimeVersion;
    const regime = { regime: 'cma-buffer-zone', regimeVersion };
    const data = {
      version: '0.1.0',
      site: this.site.id,
      siteVersion: 1,
      schema: 1,
      training: false,
    };
    this.emit({ kind: 'engine.started', data: { ...data, ...regime } });
  }

  #restart(): void {
    if (this.rng.chance(0.5)) this.emit({ kind: 'engine.stopped', data: { why: 'asked to stop' } });
    this.#boot += 1;
    this.#monoMs = 1;
    if (this.rng.chance(0.3)) this.regimeVersion += 1;
    this.#start();
    this.#crossings.restarted();
  }

  #incident(): void {
    const { rng } = this;
    const open = this.#incidents.length > 0 && rng.chance(0.6) ? rng.pick(this.#incidents) : null;
    if (open === null) {
      this.#raise();
      return;
    }
    const { incident } = open;
    const roll = rng.next();
    if (roll < 0.3) {
      this.emit({ kind: 'incident.repeated', data: { incident, timing: 'live' } });
    } else if (roll < 0.6 && !open.acknowledged) {
      open.acknowledged = true;
      this.emit({ kind: 'incident.acknowledged', data: { incident, reason: null } }, PERSON);
    } else {
      this.#incidents = this.#incidents.filter((one) => one !== open);
      const reason = this.typed();
      this.emit({ kind: 'incident.resolved', data: { incident, reason } }, PERSON);
    }
  }

  #raise(): void {
    const { rng, nextId } = this;
    const incident = nextId.incident();
    const lane = rng.pick(this.site.lanes);
    const late = rng.chance(0.2);
    const data: EventData<'incident.raised'> = {
      incident,
      type: rng.pick(INCIDENT_TYPES),
      priority: rng.pick<Priority>([1, 2, 3, 4]),
      checkpoint: rng.chance(0.8) ? lane.checkpoint : null,
      lane: rng.chance(0.7) ? lane.id : null,
      board: rng.chance(0.7) ? lane.board : null,
      crossing: null,
      timing: late ? 'late' : 'live',
      note: null,
      params: {},
    };
    const deviceAt = late ? this.atMs - rng.below(100_000_000) : undefined;
    this.emit({ kind: 'incident.raised', data, deviceAt });
    this.#incidents.push({ incident, acknowledged: false });
  }

  #device(): void {
    const { rng } = this;
    const now = rng.pick(this.boards);
    const { board } = now;
    const roll = rng.next();
    if (roll < 0.4) {
      now.online = !now.online;
      const data = { board, online: now.online, version: 'v8.92', text: null };
      this.emit({ kind: 'board.state', data });
    } else if (roll < 0.7) {
      const gap = { from: now.index + 1, to: now.index + 1 + rng.below(4) };
      now.index = gap.to;
      now.gaps.push(gap);
      this.emit({ kind: 'board.gap', data: { board, ...gap } });
    } else if (roll < 0.8) {
      const gap = now.gaps.shift();
      if (gap === undefined) return;
      const cleared = rng.chance(0.3);
      this.emit({ kind: 'board.lost', data: { board, ...gap, text: 'overwritten', cleared } });
      if (cleared) Object.assign(now, { index: 0, gaps: [] });
    } else {
      this.emit({
        kind: 'board.clock',
        data: { board, driftMs: rng.below(9000), corrected: true },
      });
    }
  }

  /** A person's own order to a gate, which no crossing asked for. */
  #gateOrdered(): void {
    const { id: lane, board, door } = this.rng.pick(this.site.lanes);
    const command = this.nextId.command();
    const told = { command, lane, action: 'lock' } as const;
    const where = { board, door, crossing: null, reason: null };
    const data = { ...told, ...where, deadlineMono: this.#monoMs + 5_000, openS: 3 };
    this.emit({ kind: 'gate.requested', data }, PERSON);
    if (this.rng.chance(0.5)) this.emit({ kind: 'gate.failed', data: { ...told, text: 'no' } });
    const reversed = this.rng.chance(0.5);
    if (this.rng.chance(0.3)) this.emit({ kind: 'lane.turned', data: { lane, reversed, command } });
    this.#gateShown();
  }

  /** A board shows how its gate stands. */
  #gateShown(): void {
    const { id: lane, board, door } = this.rng.pick(this.site.lanes);
    const mode = this.rng.chance(0.5) ? 'held' : 'controlled';
    this.emit({ kind: 'gate.mode', data: { board, door, lane, mode } });
  }

  /** Somebody is erased, or what a class holds; now and then it is not carried out yet. */
  #erasure(): void {
    const { atMs, rng } = this;
    const erasure = this.nextId.erasure();
    const person = `P-${rng.below(12)}` as PersonId;
    const isDue = rng.chance(0.5);
    const scope = isDue ? ({ class: 'texts', beforeMs: atMs } as const) : { person };
    const basis = isDue ? 'Rule 30' : null;
    const data = { erasure, scope, basis, reason: null };
    this.emit({ kind: 'erasure.ordered', data }, isDue ? undefined : PERSON);
    if (rng.chance(0.2)) return;
    const rows = { permits: 1 + rng.below(3), persons: 1 };
    this.emit({ kind: 'erasure.done', data: { erasure, texts: rng.below(9), rows } });
  }

  /** A badge in place of the one that the dataset has. */
  #giveBadge(told: Pick<EventData<'badge.replaced'>, 'permit' | 'reason'>): void {
    const n = told.permit.slice('SP-'.length);
    const was = `h10301/1/${n}` as Credential;
    const credential = `h10301/2/${n}` as Credential;
    this.emit({ kind: 'badge.replaced', data: { ...told, was, credential } }, PERSON);
  }

  #other(): void {
    const { rng } = this;
    const roll = rng.next();
    if (roll < 0.04) giveJointResult(this, this.out);
    else if (roll < 0.11) this.#gateOrdered();
    else if (roll < 0.13) this.#filings.goOn(this.out.length + 1, this.atMs);
    else if (roll < 0.15) this.#lockdowns.goOn(this.out.length + 1);
    else if (roll < 0.26) this.#corrections.goOn();
    else if (roll < 0.3) {
      this.emit({ kind: 'intake.overflowed', data: { lane: 'bulk', dropped: 1 + rng.below(9) } });
    } else if (roll < 0.36) {
      this.#gateShown();
    } else if (roll < 0.53) {
      const kind = rng.chance(0.6) ? 'permit.suspended' : 'permit.reinstated';
      const permit = `SP-${rng.below(12)}` as EventData<'permit.suspended'>['permit'];
      const told = { permit, reason: this.typed() };
      if (this.out.length % 5 > 0) this.emit({ kind, data: told }, PERSON);
      else this.#giveBadge(told);
    } else if (roll > 0.9) this.#erasure();
    else if (roll > 0.8) this.#musters.goOn();
    else if (roll > 0.775) this.#goods.readHalf(rng.pick(this.site.lanes));
    else if (roll > 0.74) suspendSomebody(this);
    else if (roll > 0.68) this.#regimes.goOn();
    else if (roll > 0.63) this.#goods.goOn();
    else if (roll < 0.58) this.#papers.goOn();
    else {
      const counts = { rows: 12, changed: 1, refused: 0, hash: 'b'.repeat(64) };
      const version = 1 + this.out.length;
      this.emit({ kind: 'dataset.in-force', data: { dataset: 'permits', version, ...counts } });
    }
  }
}

/** So many acts of a made-up console; its journal goes on in another file by this chance. */
export function randomHistory(seed: string, acts: number, sealChance = 0): KitEvent[] {
  const history = new History(seed);
  for (let n = 0; n < acts; n += 1) {
    history.act();
    if (sealChance > 0 && history.rng.chance(sealChance)) history.seal();
  }
  return history.out;
}
