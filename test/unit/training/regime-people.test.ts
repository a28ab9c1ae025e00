import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formOf } from '../../../src/main/engine/reference/rows.ts';
import type { Verdict } from '../../../src/shared/domain/crossing.ts';
import type { Line } from '../../../src/shared/domain/line.ts';
import { isArea } from '../../../src/shared/domain/place.ts';
import { hkDayStart } from '../../../src/shared/lib/hk-time.ts';
import { evaluate } from '../../../src/shared/regime/evaluate.ts';
import type { PersonFacts } from '../../../src/shared/regime/person-facts.ts';
import { SHIPPED_REGIMES, type ShippedRegime } from '../../../src/shared/regime/shipped.ts';
import { seedNumber } from '../../../src/training/chance.ts';
import { type Holder, holderOf, type Population } from '../../../src/training/people/holder.ts';
import { classUnder } from '../../../src/training/people/regime-classes.ts';
import {
  rosterRow,
  TEST_DAYS,
  testTimes,
  writeRegimeData,
} from '../../../src/training/people/regime-data.ts';
import { itineraryOf, type Leg, type Plan } from '../../../src/training/plan/itinerary.ts';
import { dayNumberOf, weekdayDemand } from '../../../src/training/plan/weekday.ts';
import { REGIME_FILES } from '../../../src/training/site/regime-files.ts';
import { COMMUTER, shippedRegime } from '../regime/given.ts';

const START = hkDayStart('2026-03-02');
const HOUR_MS = 3_600_000;
const people = 4_000;

function planOf(regime: ShippedRegime): Plan {
  const population: Population = { seed: seedNumber('regimes'), people, year: 2026, regime };
  return { population, demand: weekdayDemand };
}

function lineOf({ from, to }: Leg): Line | 'inner' {
  if (isArea(from) && isArea(to)) return 'inner';
  return from === 'beyond-first' || to === 'beyond-first' ? 'first' : 'second';
}

/** What the console will know of a holder who asks to go a leg's way. */
function factsOf({ population }: Plan, holder: Holder, leg: Leg, atMs: number): PersonFacts {
  const { regime = 'cma-buffer-zone' } = population;
  const line = lineOf(leg);
  const isIn = isArea(leg.to);
  const { clearance, index, status, trouble } = holder;
  const since = atMs - 400 * 24 * HOUR_MS;
  const tests = testTimes(population, index, START).filter((ms) => ms <= atMs);
  const takenMs = tests.at(-1);
  const area = isIn ? { id: leg.to, inside: 1, reserved: 0, soft: 900, hard: 999 } : null;
  const cleared = line === 'first' ? clearance.first : clearance.second;
  return {
    ...COMMUTER,
    ...{ atMs, line: line === 'inner' ? 'inner' : line, from: leg.from, to: leg.to },
    direction: line === 'inner' ? 'across' : isIn ? 'in' : 'out',
    class: classUnder(regime, holder.class),
    permit: {
      ...{ permit: 'SP-1', status, validFromMs: since, areas: holder.areas },
      validToMs: trouble === 'expired' ? since : atMs + 1e9,
      hours: { fromMinute: 0, toMinute: 1440 },
      consentAtMs: trouble === 'no-consent' ? null : since,
      enterprise: null,
    },
    watchlisted: trouble === 'watch-listed',
    presence: { place: leg.from, unknown: false, sinceMs: since, reserved: false },
    area,
    clearance: cleared ? { untilMs: atMs + 1e9 } : null,
    escort: holder.class === 'escorted-visitor' ? 'there' : 'none',
    roster: rosterRow(population, holder) === '' ? [] : COMMUTER.roster,
    healthTest: takenMs === undefined ? null : { takenMs, result: 'negative' },
  } as unknown as PersonFacts;
}

interface Shares {
  readonly asked: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** By reason, of those who were not admitted. */
  readonly because: Readonly<Record<string, number>>;
}

/** A working day's crossings of the plan, decided by the regime. */
function workingDay(regime: ShippedRegime, day = dayNumberOf(START)): Shares {
  const plan = planOf(regime);
  const rules = shippedRegime(regime);
  const verdicts = { admit: 0, refer: 0, refuse: 0 };
  const because: Record<string, number> = {};
  let asked = 0;
  for (let index = 0; index < people; index += 1) {
    const holder = holderOf(plan.population, index);
    for (const leg of itineraryOf(plan, holder, day)) {
      const atMs = START + (day - dayNumberOf(START)) * 24 * HOUR_MS + leg.minute * 60_000;
      const said = evaluate(rules, factsOf(plan, holder, leg, atMs));
      asked += 1;
      verdicts[said.verdict] += 1;
      if (said.verdict === 'admit') continue;
      const why = said.reasons[0]?.is ?? 'by-rule';
      because[why] = (because[why] ?? 0) + 1;
    }
  }
  return { asked, verdicts, because };
}

/** Of a working day's crossings those that are admitted, at least: measured, and rounded down. */
const ADMITTED: Readonly<Record<ShippedRegime, number>> = {
  'cma-buffer-zone': 0.985,
  'hetao-two-parks': 0.97,
  hengqin: 0.99,
  'xiao-geng-special-zone': 0.985,
  'zhang-special-passage': 0.965,
};
/** What the training zone does on purpose: see `rates.ts`, and whom a rule keeps from a line. */
const ON_PURPOSE = [
  ...['by-rule', 'clearance-granted', 'consent-to-joint-inspection', 'not-suspended'],
  ...['not-watchlisted', 'permit-valid'],
];
const OWN: Readonly<Partial<Record<ShippedRegime, readonly string[]>>> = {
  'hetao-two-parks': ['on-roster'],
  'zhang-special-passage': ['health-test-within', 'on-roster'],
};

test.each(SHIPPED_REGIMES)('%s: of a working day nearly everybody is admitted', (regime) => {
  const { asked, because, verdicts } = workingDay(regime);
  expect(asked).toBeGreaterThan(8_000);
  expect(verdicts.admit / asked).toBeGreaterThan(ADMITTED[regime]);
  expect([...ON_PURPOSE, ...(OWN[regime] ?? [])]).toEqual(
    expect.arrayContaining(Object.keys(because)),
  );
});

test('of those whom a roster or a test is asked of, the stated shares have none', () => {
  const { because } = workingDay('zhang-special-passage');
  const [listed, tested] = [because['on-roster'] ?? 0, because['health-test-within'] ?? 0];
  expect(listed).toBeGreaterThan(20);
  expect(tested).toBeGreaterThan(20);
  expect(listed + tested).toBeLessThan(0.02 * 10_698);
});

test('tests reach to the last of the stated days, and not beyond', () => {
  const monday = dayNumberOf(START);
  const share = (day: number) => {
    const { asked, because } = workingDay('zhang-special-passage', day);
    return (because['health-test-within'] ?? 0) / asked;
  };
  expect(share(monday + TEST_DAYS - 4)).toBeLessThan(0.02);
  expect(share(monday + TEST_DAYS + 2)).toBeGreaterThan(0.3);
});

test('only files that the regime asks for are written, each as its loader reads it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'twoline-regime-data-'));
  const written = async (regime: ShippedRegime) => {
    const { population } = planOf(regime);
    await writeRegimeData(folder, { ...population, people: 300 }, { startMs: START });
    return (await readdir(folder)).toSorted();
  };
  try {
    expect(await written('cma-buffer-zone')).toEqual([]);
    expect(await written('hetao-two-parks')).toEqual(['rosters.csv']);
    expect(await written('zhang-special-passage')).toEqual(['health-tests.csv', 'rosters.csv']);
    for (const dataset of ['rosters', 'health-tests'] as const) {
      const text = await readFile(join(folder, REGIME_FILES[dataset]), 'utf8');
      const [head = '', ...rows] = text.trimEnd().split('\r\n');
      const form = formOf(dataset);
      expect(head.split(',')).toEqual(form.columns);
      expect(rows.length).toBeGreaterThan(100);
      for (const row of rows) {
        const cells = row.split(',');
        const object = Object.fromEntries(form.columns.map((name, i) => [name, cells[i]]));
        expect(form.row.safeParse(object)).toMatchObject({ success: true });
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
