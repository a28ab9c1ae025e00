import type { DailyReport } from '../../src/shared/contract/queries.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { Unexplained } from './unexplained.ts';

type Figures = Pick<
  DailyReport,
  | 'version'
  | 'throughput'
  | 'refusals'
  | 'incidents'
  | 'occupancy'
  | 'totals'
  | 'firstSeq'
  | 'lastSeq'
>;
type Event = JournalEvent;
type Recorded = Extract<JournalEvent, { kind: 'crossing.recorded' }>;
type Row = Figures['throughput'][number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Midnight of a day in Hong Kong, which is eight hours ahead of UTC all year. */
function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - 8 * HOUR;
}

/** Device time, unless it is over a minute ahead or over 31 days back: then it cannot be. */
function happened({ at, deviceAt }: Event): number {
  if (deviceAt === null || deviceAt > at + 60_000 || deviceAt < at - 31 * DAY) return at;
  return deviceAt;
}

interface Crossing {
  readonly askedMs: number;
  readonly late: boolean;
  readonly manual: boolean;
  verdict: 'refuse' | 'refer' | null;
  reasons: string[];
  state: 'not-taken' | 'unknown' | 'other';
  outcome: 'admit' | 'refuse' | 'lapsed' | null;
}

function crossingsOf(events: readonly Event[]): Crossing[] {
  const all = new Map<string, Crossing>();
  const of = (id: string): Crossing => {
    const found = all.get(id);
    if (found === undefined) throw new Error(`crossing ${id} was never asked for`);
    return found;
  };
  const begin = (event: Event, id: string, late: boolean, manual = false) =>
    all.set(id, {
      ...{ askedMs: happened(event), late, manual, verdict: null, reasons: [] },
      ...{ state: 'other', outcome: null },
    });
  for (const event of events) {
    if (event.kind === 'crossing.asked') begin(event, event.data.crossing, false);
    if (event.kind === 'crossing.recorded') {
      const manual = event.data.paper !== undefined;
      begin(event, event.data.crossing, event.data.timing !== 'live' && !manual, manual);
    }
    if (event.kind === 'crossing.refused' || event.kind === 'crossing.referred') {
      const verdict = event.kind === 'crossing.refused' ? 'refuse' : 'refer';
      const reasons = event.data.reasons.map(({ is }) => is);
      Object.assign(of(event.data.crossing), { verdict, reasons });
    }
    if (event.kind === 'crossing.not-taken') of(event.data.crossing).state = 'not-taken';
    if (event.kind === 'crossing.unknown') of(event.data.crossing).state = 'unknown';
    // Also where the board told of it only afterwards.
    if (event.kind === 'crossing.passed') of(event.data.crossing).state = 'other';
    if (event.kind === 'exception.resolved') {
      const { crossing, outcome } = event.data;
      of(crossing).outcome = outcome;
      if (outcome === 'lapsed') of(crossing).state = 'not-taken';
    }
  }
  return [...all.values()];
}

function throughput(events: readonly Event[], start: number): Figures['throughput'] {
  const rows = new Map<string, Figures['throughput'][number]>();
  const add = (where: Omit<Row, 'hour' | 'passed'>, ms: number | null, by: number) => {
    if (ms === null || ms < start || ms >= start + DAY) return;
    const { line, checkpoint, lane, direction, class: of } = where;
    const hour = Math.floor((ms - start) / HOUR);
    const key = [hour, checkpoint, lane, line, direction, of].join('|');
    const passed = (rows.get(key)?.passed ?? 0) + by;
    rows.set(key, { line, checkpoint, lane, direction, hour, class: of, passed });
  };
  for (const event of events) {
    const isPassage =
      event.kind === 'crossing.passed' ||
      (event.kind === 'crossing.recorded' && event.data.granted);
    if (isPassage) add(event.data, happened(event), 1);
    if (event.kind !== 'correction.confirmed' || event.data.recount === null) continue;
    const { recount } = event.data;
    add(recount, recount.fromMs, -1);
    add(recount, recount.toMs, 1);
  }
  return [...rows.values()].filter(({ passed }) => passed !== 0);
}

function refusals(crossings: readonly Crossing[]): Figures['refusals'] {
  const rows = new Map<string, Figures['refusals'][number]>();
  for (const { verdict, reasons, outcome } of crossings) {
    if (verdict === null) continue;
    for (const reason of new Set(reasons.length === 0 ? ['by-rule'] : reasons)) {
      const none = { count: 0, admittedAfter: 0, refusedAfter: 0, lapsed: 0, waiting: 0 };
      const row = rows.get(`${verdict} ${reason}`) ?? { verdict, reason, ...none };
      row.count += 1;
      if (verdict === 'refuse' || outcome === 'refuse') row.refusedAfter += 1;
      else if (outcome === 'admit') row.admittedAfter += 1;
      else if (outcome === 'lapsed') row.lapsed += 1;
      else row.waiting += 1;
      rows.set(`${verdict} ${reason}`, row);
    }
  }
  return [...rows.values()];
}

function incidents(events: readonly Event[], start: number): Figures['incidents'] {
  const rows = new Map<string, Figures['incidents'][number]>();
  const resolved = new Set<string>();
  for (const { kind, data } of events)
    if (kind === 'incident.resolved') resolved.add(data.incident);
  for (const event of events) {
    if (event.kind !== 'incident.raised') continue;
    const ms = happened(event);
    if (ms < start || ms >= start + DAY) continue;
    const { type, priority, incident, timing } = event.data;
    const row = rows.get(`${type} ${priority}`) ?? {
      type,
      priority,
      raised: 0,
      resolved: 0,
      late: 0,
    };
    row.raised += 1;
    if (resolved.has(incident)) row.resolved += 1;
    if (timing === 'late') row.late += 1;
    rows.set(`${type} ${priority}`, row);
  }
  return [...rows.values()];
}

/** One step of an area's count: when, by how much, and whether a crossing made it. */
export interface LedgerStep {
  readonly atMs: number;
  readonly area: string;
  readonly by: number;
  readonly crossed: boolean;
}

/** Every change of an area's count, in order: the ledger read again from its events. */
export function ledgerSteps(events: readonly Event[]): LedgerStep[] {
  const places = new Map<string, string>();
  const steps: LedgerStep[] = [];
  const unexplained = new Unexplained();
  const inside = new Map<string, number>();
  const step = (place: string | undefined, by: 1 | -1, atMs: number, crossed: boolean) => {
    if (place === undefined || place.startsWith('beyond-')) return;
    if (!crossed && unexplained.explains(place, by)) return;
    put(place, by, atMs, crossed);
  };
  const put = (place: string, by: 1 | -1, atMs: number, crossed: boolean) => {
    if (place.startsWith('beyond-')) return;
    inside.set(place, (inside.get(place) ?? 0) + by);
    steps.push({ atMs, area: place, by, crossed });
  };
  const move = (person: string, to: string, atMs: number, crossed: boolean, form?: Recorded) => {
    const from = places.get(person);
    places.set(person, to);
    if (from === to) return;
    for (const [place, by] of [[from, -1] as const, [to, 1] as const]) {
      if (form !== undefined && unexplained.renames(form, place, by)) continue;
      step(place, by, atMs, crossed);
    }
  };
  for (const event of events) {
    const { kind, data, at } = event;
    if (kind === 'passage.unnamed') {
      for (const [place, by, crossed] of unexplained.moved(event)) put(place, by, at, crossed);
    }
    if (kind === 'passage.answered') {
      for (const [place, by, crossed] of unexplained.answered(event)) put(place, by, at, crossed);
    }
    if (kind === 'area.counted') {
      const { area, counted } = data;
      const by = counted - data.named - data.anonymous;
      steps.push({ atMs: at, area, by, crossed: false });
      inside.set(area, (inside.get(area) ?? 0) + by);
      const named = [...places.values()].filter((one) => one === area).length;
      unexplained.counted(area, inside.get(area) ?? 0, named, at);
    }
    if (kind === 'presence.set') move(data.person, data.place, at, false);
    // Somebody first seen by a passage that is not known is taken to be where it began.
    if (kind === 'crossing.unknown' && data.person !== null && !places.has(data.person)) {
      move(data.person, data.from, at, false);
    }
    if (kind !== 'crossing.passed' && kind !== 'crossing.recorded') continue;
    const { movesPresence, person } = data;
    const form = kind === 'crossing.recorded' ? event : undefined;
    if (form !== undefined) unexplained.form(form, places.get(person ?? ''));
    if (person !== null && movesPresence) move(person, data.to, at, true, form);
    if (data.person === null && kind === 'crossing.passed') {
      step(data.from, -1, at, true);
      step(data.to, 1, at, true);
    }
  }
  return steps;
}

function occupancy(
  events: readonly Event[],
  start: number,
  areas: readonly string[],
): Figures['occupancy'] {
  const steps = ledgerSteps(events);
  return areas.map((area) => {
    let inside = 0;
    let atStart = 0;
    let peak = { count: Number.NEGATIVE_INFINITY, ms: start };
    const sums = { entries: 0, exits: 0, corrected: 0 };
    for (const { atMs, by, crossed } of steps.filter((one) => one.area === area)) {
      if (atMs >= start + DAY) break;
      inside += by;
      if (atMs < start) {
        atStart = inside;
        continue;
      }
      if (crossed) sums[by === 1 ? 'entries' : 'exits'] += 1;
      else sums.corrected += by;
      if (inside > peak.count) peak = { count: inside, ms: atMs - (atMs % 60_000) };
    }
    if (atStart >= peak.count) peak = { count: atStart, ms: start };
    const never = peak.count === 0 && peak.ms === start;
    return {
      area: area as Figures['occupancy'][number]['area'],
      peak: peak.count,
      peakMs: never ? null : peak.ms,
      atStart,
      atEnd: inside,
      ...sums,
    };
  });
}

/** A day's figures by a plain reading of all events, without a table or an index. */
export function foldReport(
  events: readonly JournalEvent[],
  day: string,
  areas: readonly string[],
): Figures {
  const start = startOf(day);
  const ofDay = (ms: number) => ms >= start && ms < start + DAY;
  const written = events.filter(({ at }) => ofDay(at));
  const crossings = crossingsOf(events).filter(({ askedMs }) => ofDay(askedMs));
  const count = (holds: (crossing: Crossing) => boolean) => crossings.filter(holds).length;
  const passages = throughput(events, start);
  const corrections = { made: 0, notTaken: 0 };
  for (const { kind, data } of events) {
    const recount = kind === 'correction.confirmed' ? data.recount : null;
    if (recount === null) continue;
    const { askedMs, fromMs, toMs } = recount;
    if ([askedMs, fromMs, toMs].some((ms) => ms !== null && ofDay(ms))) corrections.made += 1;
    if (ofDay(askedMs)) corrections.notTaken += recount.notTaken;
  }
  return {
    version: 1 + corrections.made,
    firstSeq: written[0]?.seq ?? null,
    lastSeq: written.at(-1)?.seq ?? null,
    throughput: passages,
    refusals: refusals(crossings),
    incidents: incidents(events, start),
    occupancy: occupancy(events, start, areas),
    totals: {
      asked: count(({ late, manual }) => !late && !manual),
      manual: count(({ manual }) => manual),
      late: count(({ late }) => late),
      refused: count(({ verdict }) => verdict === 'refuse'),
      referred: count(({ verdict }) => verdict === 'refer'),
      notTaken: count(({ state }) => state === 'not-taken') + corrections.notTaken,
      unknown: count(({ state }) => state === 'unknown'),
      passed: passages.reduce((sum, { passed }) => sum + passed, 0),
    },
  };
}
