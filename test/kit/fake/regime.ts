import regimeFile from '../../../resources/regimes/cma-buffer-zone.json' with { type: 'json' };
import { CallError } from '../../../src/shared/contract/client.ts';
import type { CommandName, Session } from '../../../src/shared/contract/commands.ts';
import type {
  CrossingRow,
  QueryInput,
  QueryName,
  QueryOutput,
} from '../../../src/shared/contract/queries.ts';
import type { RegimeVersionRow, WhatIfRow } from '../../../src/shared/contract/regime-queries.ts';
import { hkDay } from '../../../src/shared/lib/hk-time.ts';
import { type RegimeFile, RegimeShape } from '../../../src/shared/regime/regime-shape.ts';
import { made } from './zone.ts';

const HOUR_MS = 3_600_000;
const THEN = 'then';
const HASH = '5d0c9b7f2e41a8d36f90be1147c2ad85e6f3709b8c2d4e5f60718293a4b5c6d7';
const BASE: RegimeFile = RegimeShape.parse(regimeFile);

/** The next version: special passes are looked at by a person, and the day ends earlier. */
function nextFile(version: number): RegimeFile {
  const rules = BASE.rules.map((rule) =>
    rule.id === 'first-in-special-pass' ? { ...rule, [THEN]: 'refer' as const } : rule,
  );
  const settings = { ...BASE.settings, dayReturnCutOff: '23:00' };
  return { ...BASE, version, rules, settings };
}

interface Kept {
  row: RegimeVersionRow;
  readonly file: RegimeFile;
}

/** Versions of the regime without an engine: what the engine keeps, and who may do what when. */
export class FakeRegimes {
  readonly #nowMs: () => number;
  readonly #kept: Kept[];

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    const fromMs = Math.ceil(nowMs() / HOUR_MS) * HOUR_MS + 14 * HOUR_MS;
    const row = {
      ...{ draft: made('V', 171_204), regime: BASE.id, version: BASE.version + 1 },
      ...{ hash: HASH.replaceAll('5', '7'), state: 'proposed' as const, fromMs },
      draftedMs: nowMs() - 26 * HOUR_MS,
      draftedBy: { user: 'U-administrator', name: 'administrator' },
      proposedBy: { user: 'U-administrator', name: 'administrator' },
      ...{ proposedSide: null, enactedBy: null, withdrawnBy: null },
      reason: '聯合工作組第十二次會議商定，先行試辦一個月。',
    };
    const older = {
      ...row,
      ...{ draft: made('V', 160_077), state: 'withdrawn' as const, fromMs: null },
      ...{ draftedMs: row.draftedMs - 200 * HOUR_MS, proposedBy: null },
      withdrawnBy: { user: 'U-supervisor', name: 'supervisor' },
      reason: '檔案有誤',
    };
    const file = nextFile(BASE.version + 1);
    this.#kept = [
      { row, file },
      { row: older, file },
    ];
  }

  versions(): QueryOutput<'regime.versions'> {
    const { id, version, title } = BASE;
    const rows = this.#kept.map(({ row }) => row);
    return { inForce: { id, version, title }, eachSide: null, ownSide: null, versions: rows };
  }

  read({ draft }: QueryInput<'regime.read'>): QueryOutput<'regime.read'> {
    if (draft === null) return { regime: BASE, hash: HASH, fromMs: Date.parse(BASE.effectiveFrom) };
    const { file, row } = this.#of(draft);
    return { regime: file, hash: row.hash, fromMs: row.fromMs };
  }

  draft({ text, reason }: { text: string; reason: string }, { user, name }: Session) {
    const file = RegimeShape.parse(JSON.parse(text));
    const draft = made('V', 180_000 + this.#kept.length);
    const by = { draftedBy: { user, name }, proposedBy: null, proposedSide: null };
    const row: RegimeVersionRow = {
      ...{ draft, regime: file.id, version: file.version, hash: HASH, state: 'drafted' },
      ...{ ...by, draftedMs: this.#nowMs(), fromMs: null, enactedBy: null, withdrawnBy: null },
      reason,
    };
    this.#kept.unshift({ row, file });
    return { draft, version: file.version };
  }

  enact(input: { draft: string; fromMs: number; reason: string }, { user, name }: Session) {
    const kept = this.#of(input.draft);
    const { row } = kept;
    const { fromMs, reason } = input;
    const isSecond = row.state === 'proposed' && row.fromMs === fromMs;
    if (isSecond && row.proposedBy?.user === user) {
      const text = 'somebody else must agree to this time';
      throw new CallError({ code: 'regime-same-person', text });
    }
    const who = { user, name };
    kept.row = isSecond
      ? { ...row, state: 'enacted', enactedBy: who, reason }
      : { ...row, state: 'proposed', fromMs, proposedBy: who, reason };
    return { seq: 1, enacted: isSecond };
  }

  withdraw({ draft, reason }: { draft: string; reason: string }, { user, name }: Session) {
    const kept = this.#of(draft);
    kept.row = { ...kept.row, state: 'withdrawn', withdrawnBy: { user, name }, reason };
    return { seq: 1 };
  }

  #of(draft: string): Kept {
    const found = this.#kept.find(({ row }) => row.draft === draft);
    if (found) return found;
    throw new CallError({ code: 'not-found', text: 'there is no such version of the regime' });
  }
}

const PARTS = 8;
const A_PART = 2_100;

/** A day in parts: special passes that would be referred, and some of which nothing can be told. */
function fakeWhatIf(
  { cursor, day, limit }: QueryInput<'regime.what-if'>,
  crossings: readonly CrossingRow[],
): QueryOutput<'regime.what-if'> {
  const part = Number(cursor ?? 0);
  const own = crossings.filter((row) => row.class === 'special-pass' && hkDay(row.atMs) === day);
  const rows = own.slice(part * 20, (part + 1) * 20).map(
    (row): WhatIfRow => ({
      ...{ crossing: row.crossing, atMs: row.atMs, lane: row.lane, class: row.class },
      ...{ person: row.person, from: 'admit', to: 'refer', rule: 'first-in-special-pass' },
      ...{ toRule: 'first-in-special-pass', because: [] },
    }),
  );
  const of = { class: 'special-pass' as const, rule: 'first-in-special-pass' };
  const to = { toRule: 'first-in-special-pass', to: 'refer' as const };
  return {
    ...{ total: part === 0 ? PARTS * A_PART : 0, looked: A_PART, changed: 412, cannotTell: 3 },
    counts: [{ ...of, from: 'admit', ...to, count: 412 }],
    rows: limit === 0 ? [] : rows,
    cursor: part + 1 < PARTS ? String(part + 1) : null,
  };
}

export function changeRegime(
  regimes: FakeRegimes,
  name: CommandName,
  input: unknown,
  session: Session | null,
): unknown {
  if (session === null) throw new CallError({ code: 'signed-out', text: 'sign in first' });
  if (name === 'regime.draft') return regimes.draft(input as never, session);
  if (name === 'regime.enact') return regimes.enact(input as never, session);
  return regimes.withdraw(input as never, session);
}

export function askRegime(
  regimes: FakeRegimes,
  name: QueryName,
  input: unknown,
  crossings: readonly CrossingRow[],
): unknown {
  if (name === 'regime.versions') return regimes.versions();
  if (name === 'regime.read') return regimes.read(input as QueryInput<'regime.read'>);
  return fakeWhatIf(input as QueryInput<'regime.what-if'>, crossings);
}
