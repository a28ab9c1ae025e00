import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { whatIfSlice } from '../../src/main/engine/reading/what-if.ts';
import type { WhatIfRow } from '../../src/shared/contract/regime-queries.ts';
import type { Role } from '../../src/shared/domain/role.ts';
import { hkDay } from '../../src/shared/lib/hk-time.ts';
import type { Regime } from '../../src/shared/regime/regime-file.ts';
import { mergeWhatIf, NOTHING_LOOKED_AT } from '../../src/shared/regime/what-if.ts';
import { randomHistory } from '../kit/history.ts';
import { type KitJournal, kitJournal } from '../kit/journal-kit.ts';
import { shippedRegime } from '../unit/regime/given.ts';

/** The file's word for a rule's verdict, which a linter takes for a promise's. */
const THEN = 'then';
const CMA: Regime = { ...shippedRegime('cma-buffer-zone'), version: 99 };

interface Look {
  readonly isEnough?: boolean;
  readonly limit?: number;
  readonly role?: Role;
  readonly regime?: Regime;
}

function wholeDay(
  { segments }: KitJournal,
  day: string,
  { isEnough = true, limit = 0, role = 'supervisor', regime = CMA }: Look = {},
) {
  let counts = NOTHING_LOOKED_AT;
  let total = 0;
  let cursor: string | null = null;
  const rows: WhatIfRow[] = [];
  do {
    const ask = { day, cursor, limit, role };
    const slice = whatIfSlice(segments, regime, ask, () => isEnough);
    counts = mergeWhatIf(counts, slice);
    total = Math.max(total, slice.total);
    rows.push(...slice.rows);
    ({ cursor } = slice);
  } while (cursor !== null);
  return { ...counts, total, rows };
}

function history(seed: string, sealChance: number) {
  const events = randomHistory(seed, 400, sealChance);
  const journal = kitJournal();
  onTestFinished(() => journal.remove());
  journal.writeRolling(events);
  const days = [...new Set(events.map(({ atMs }) => hkDay(atMs)))];
  return { journal, days, events };
}

test('in parts and at once, in one file and in many, a day comes out alike', () => {
  let changed = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const many = history(`what-if ${seed}`, 0.03);
      const one = kitJournal();
      one.writeAll(many.events);
      for (const day of many.days) {
        const whole = wholeDay(one, day, { isEnough: false });
        expect(wholeDay(many.journal, day)).toEqual(whole);
        expect(whole.total).toBe(whole.looked);
        const listed = wholeDay(many.journal, day, { limit: 1 });
        expect({ ...listed, rows: [] }).toEqual(whole);
        expect(listed.rows).toHaveLength(whole.changed);
        expect(new Set(listed.rows.map((row) => row.crossing)).size).toBe(whole.changed);
        changed += whole.changed;
      }
      one.remove();
    }),
    { numRuns: 4 },
  );
  expect(changed).toBeGreaterThan(20);
});

test('each live decision is told of once: the same, otherwise, or that it cannot be told', () => {
  const { days, events, journal } = history('each once', 0);
  const decisions = events.filter(({ event }) => event.kind === 'crossing.asked').length;
  const all = days.map((day) => wholeDay(journal, day)).reduce(mergeWhatIf, NOTHING_LOOKED_AT);
  // Those whose boards' clocks cannot be right fall on days of their own.
  expect(all.looked).toBeGreaterThan(decisions * 0.9);
  const old = events.filter(({ event }) => {
    const data = event.data as { relied?: { outcomes?: string }; exception?: string | null };
    const isFirst = event.kind === 'crossing.referred' || data.exception === null;
    return data.relied !== undefined && isFirst && data.relied.outcomes === undefined;
  });
  expect(old.length).toBeGreaterThan(3);
  expect(all.cannotTell).toBeGreaterThan(0);
  expect(all.cannotTell).toBeLessThanOrEqual(old.length);
});

test('who stands on a watch-list is not to be seen from what would have been', () => {
  const { days, journal } = history('withheld', 0);
  const rules = CMA.rules.map((rule) => ({
    ...rule,
    require: [{ is: 'not-watchlisted' as const, else: 'refer' as const }],
  }));
  const regime = { ...CMA, rules: rules.map((rule) => ({ ...rule, [THEN]: 'refuse' as const })) };
  const asked = (role: Role) =>
    days.flatMap((day) => wholeDay(journal, day, { limit: 200, role, regime }).rows);
  const open = asked('supervisor').filter((row) => row.because.includes('not-watchlisted'));
  expect(open.length).toBeGreaterThan(0);
  const shown = new Map(asked('inspector').map((row) => [row.crossing, row]));
  for (const { crossing } of open) {
    expect(shown.get(crossing)).toMatchObject({ rule: null, toRule: null });
    expect(shown.get(crossing)?.because).toContain('needs-supervisor');
    expect(shown.get(crossing)?.because).not.toContain('not-watchlisted');
  }
});
