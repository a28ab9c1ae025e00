import type { WhatIfRow, WhatIfSlice } from '../../../shared/contract/regime-queries.ts';
import type { Verdict } from '../../../shared/domain/crossing.ts';
import { crossingOfKey, eventKey } from '../../../shared/domain/ids.ts';
import type { Direction, Line, PersonClass } from '../../../shared/domain/line.ts';
import type { Role } from '../../../shared/domain/role.ts';
import { hkDayEnd, hkDayStart } from '../../../shared/lib/hk-time.ts';
import { type RecordedOutcomes, readOutcomes } from '../../../shared/regime/recorded-outcomes.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { Reason } from '../../../shared/regime/requirement.ts';
import { type OtherDecision, type WhatIfCount, whatIf } from '../../../shared/regime/what-if.ts';
import { reasonsFor } from '../../../shared/regime/withhold.ts';
import type { Segment, Segments } from '../journal/segments.ts';

/** A day's decisions under another version of the regime. */
export interface WhatIfAsk {
  readonly day: string;
  /** Where an earlier look ended; null from the day's beginning. */
  readonly cursor: string | null;
  /** A look ends when it has found so many who would have been treated otherwise; 0: list none. */
  readonly limit: number;
  readonly role: Role;
}

interface Columns {
  readonly key: number;
  readonly at_ms: number;
  readonly lane: string;
  readonly line: Line;
  readonly direction: Direction;
  readonly class: PersonClass;
  readonly person: string | null;
  readonly verdict: Verdict;
  readonly rule: string;
  readonly regime_version: number;
  readonly reasons: string;
  readonly outcomes: string | null;
}

/** Rows read at once: some milliseconds, so that the checkpoint is never kept waiting. */
const PAGE = 2_000;
/** So many different cases a day never has: what was judged once is not judged again. */
const MOST_KNOWN = 20_000;

/** Live decisions of a day in a segment, its own only: a carried row stands in the one before. */
const DECIDED = `at_ms >= ? AND at_ms < ? AND key > ? AND timing = 'live' AND verdict IS NOT NULL`;
const WHAT_IF_PAGE = `SELECT key, at_ms, lane, line, direction, class, person, verdict, rule,
  regime_version, reasons, outcomes FROM crossing
  WHERE (at_ms, key) > (?, ?) AND ${DECIDED} ORDER BY at_ms, key LIMIT ?`;
const COUNT = `SELECT count(*) AS n FROM crossing WHERE ${DECIDED}`;

/**
 * Who would have been treated otherwise on a day: looks on from a cursor until it is enough, and
 * says how far it came. The parts together are the day: see `mergeWhatIf`.
 */
export function whatIfSlice(
  segments: Segments,
  regime: Regime,
  ask: WhatIfAsk,
  isEnough: () => boolean,
): WhatIfSlice {
  const look = new Look(regime, ask);
  const [fromMs, toMs] = [hkDayStart(ask.day), hkDayEnd(ask.day)];
  const wanted = segments.since(fromMs);
  const counted = ask.cursor === null ? wanted : [];
  const total = counted.reduce((n, one) => n + countOf(one, fromMs, toMs), 0);
  let from = cursorOf(ask.cursor);
  for (const segment of wanted) {
    if (segment.ordinal < from.ordinal) continue;
    let { atMs, key } = segment.ordinal === from.ordinal ? from : { atMs: 0, key: 0 };
    const page = segment.db.query<number[], Columns>(WHAT_IF_PAGE);
    for (;;) {
      const rows = page.all(atMs, key, fromMs, toMs, ownFrom(segment), PAGE);
      for (const row of rows) {
        look.at(row);
        ({ at_ms: atMs, key } = row);
        if (look.isFull()) return look.told(total, `${segment.ordinal} ${atMs} ${key}`);
      }
      if (rows.length < PAGE) break;
      if (isEnough()) return look.told(total, `${segment.ordinal} ${atMs} ${key}`);
    }
    from = { ordinal: segment.ordinal + 1, atMs: 0, key: 0 };
  }
  return look.told(total, null);
}

function ownFrom({ baseSeq, epoch }: Segment): number {
  return eventKey(epoch, baseSeq);
}

function countOf(segment: Segment, fromMs: number, toMs: number): number {
  const count = segment.db.query<number[], { n: number }>(COUNT);
  return count.get(fromMs, toMs, ownFrom(segment))?.n ?? 0;
}

function cursorOf(text: string | null): { ordinal: number; atMs: number; key: number } {
  const [ordinal = 0, atMs = 0, key = 0] = (text ?? '').split(' ').map(Number);
  return { ordinal, atMs, key };
}

class Look {
  readonly #regime: Regime;
  readonly #ask: WhatIfAsk;
  readonly #rows: WhatIfRow[] = [];
  readonly #counts = new Map<string, { -readonly [K in keyof WhatIfCount]: WhatIfCount[K] }>();
  readonly #known = new Map<string, OtherDecision | null>();
  readonly #isTimed: boolean;
  #looked = 0;
  #changed = 0;
  #cannotTell = 0;

  constructor(regime: Regime, ask: WhatIfAsk) {
    this.#regime = regime;
    this.#ask = ask;
    const { rules } = regime;
    this.#isTimed = rules.some(
      ({ fromMs, toMs }) => Number.isFinite(fromMs) || Number.isFinite(toMs),
    );
  }

  at(row: Columns): void {
    this.#looked += 1;
    const reasons = row.reasons === '[]' ? [] : (JSON.parse(row.reasons) as Reason[]);
    // Before its time it decided nothing: of that its own text says nothing else today.
    const isOwn = row.regime_version === this.#regime.version;
    if (isOwn && reasons.some(({ is }) => is === 'regime-in-force')) return;
    const other = this.#judge(row, reasons);
    if (other === null) this.#cannotTell += 1;
    else if (other.verdict !== row.verdict) this.#differs(row, other, reasons);
  }

  isFull(): boolean {
    return this.#ask.limit > 0 && this.#rows.length >= this.#ask.limit;
  }

  told(total: number, cursor: string | null): WhatIfSlice {
    return {
      ...{ total, looked: this.#looked, changed: this.#changed, cannotTell: this.#cannotTell },
      counts: [...this.#counts.values()],
      rows: this.#rows,
      cursor,
    };
  }

  #judge(row: Columns, reasons: readonly Reason[]): OtherDecision | null {
    const codeDetail = reasons.find(({ is }) => is === 'code-valid')?.detail ?? null;
    const { at_ms: atMs, class: name, direction, line, outcomes: text } = row;
    const key = `${line} ${direction} ${name} ${text} ${codeDetail}`;
    const known = this.#isTimed ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const outcomes: RecordedOutcomes | null = text === null ? null : readOutcomes(text);
    const taken = { atMs, line, direction, class: name, outcomes, codeDetail };
    const other = whatIf(this.#regime, taken);
    if (this.#known.size < MOST_KNOWN) this.#known.set(key, other);
    return other;
  }

  #differs(row: Columns, other: OtherDecision, reasons: readonly Reason[]): void {
    this.#changed += 1;
    const { class: name, rule, verdict: from } = row;
    const key = `${name} ${rule} ${from} ${other.rule} ${other.verdict}`;
    const counted = this.#counts.get(key);
    const fresh = { class: name, rule, from, toRule: other.rule, to: other.verdict, count: 1 };
    if (counted === undefined) this.#counts.set(key, fresh);
    else counted.count += 1;
    if (this.#ask.limit > 0) this.#rows.push(this.#rowOf(row, other, reasons));
  }

  /** As the role may see it: where a reason is withheld the rules are too. */
  #rowOf(row: Columns, other: OtherDecision, before: readonly Reason[]): WhatIfRow {
    const now = other.because.map((is): Reason => ({ is, detail: 'none', params: {} }));
    const all = [...before, ...now];
    const isWithheld = reasonsFor(this.#ask.role, all) !== all;
    const shown = reasonsFor(this.#ask.role, now).map(({ is }) => is);
    return {
      ...{ crossing: crossingOfKey(row.key), atMs: row.at_ms, lane: row.lane },
      ...{ class: row.class, person: row.person, from: row.verdict, to: other.verdict },
      rule: isWithheld ? null : row.rule,
      toRule: isWithheld ? null : other.rule,
      because: shown,
    } as WhatIfRow;
  }
}
