import { expect, onTestFinished, test } from 'vitest';
import { allowanceLeft } from '../../src/main/engine/api/allowance.ts';
import { allowanceReads } from '../../src/main/engine/projections/allowance-reads.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Regime } from '../../src/shared/regime/regime-file.ts';
import { expectRebuilt } from '../kit/expect-rebuilt.ts';
import { inOneAndInMany } from '../kit/one-and-many.ts';
import { type PeopleBench, peopleBench } from '../kit/people-bench.ts';
import { counting } from '../unit/regime/given.ts';

const HOUR_MS = 3_600_000;
const regime: Regime = counting('first-in-special-pass', {
  personAllowance: { every: 2, crossings: 3 },
});

function used({ clock, db, segments }: PeopleBench): number | undefined {
  const api = { clock, db, segments, regimes: { at: () => regime } } as never;
  return allowanceLeft(api, { of: 'person', id: 'P-1' }).allowance?.used;
}

function correct(zone: PeopleBench, crossing: string, fact: string, after: string | number) {
  zone.clock.advance(1_000);
  const change = { fact, after };
  zone.ask('correction.ask', { crossing, change }, { user: 'u-2', role: 'operator' });
  const { correction } = must(zone.all('correction.asked').at(-1), 'a correction');
  expect(zone.ask('correction.confirm', { correction })).toMatchObject({ ok: true });
}

test('a crossing of an earlier file counts as it is put right, however often', () => {
  const zone = peopleBench(undefined, regime);
  zone.crosses(1);
  const { crossing } = must(zone.all('crossing.passed')[0], 'a crossing');
  zone.roll();
  expect(used(zone)).toBe(1);
  correct(zone, crossing, 'passage', 'not-taken');
  expect(used(zone)).toBe(0);
  correct(zone, crossing, 'passage', 'passed');
  expect(used(zone)).toBe(1);
  expectRebuilt(zone);
  // The day before yesterday's, so that this period has none of it; from a third file.
  zone.roll();
  const { at } = must(zone.events().at(-1), 'an event');
  correct(zone, crossing, 'time', at - 60 * HOUR_MS);
  expect(used(zone)).toBe(0);
  zone.roll();
  correct(zone, crossing, 'time', at - HOUR_MS);
  expect(used(zone)).toBe(1);
  correct(zone, crossing, 'passage', 'not-taken');
  expect(used(zone)).toBe(0);
  zone.roll();
  correct(zone, crossing, 'passage', 'passed');
  expect(used(zone)).toBe(1);
  expectRebuilt(zone);
});

test('a crossing that counts against none counts against none when it is put right', () => {
  const zone = peopleBench(undefined, regime);
  zone.crosses(1);
  zone.crosses(1, 2);
  const out = must(zone.all('crossing.passed')[1], 'an exit').crossing;
  zone.roll();
  correct(zone, out, 'passage', 'not-taken');
  expect(zone.all('correction.confirmed')[0]).not.toHaveProperty('allowance');
  expect(used(zone)).toBe(1);
  expectRebuilt(zone);
});

test('who is under way when a file ends is held by the next one, and counted once', () => {
  const zone = peopleBench(undefined, regime);
  zone.badge(1);
  zone.roll();
  expect(used(zone)).toBe(1);
  zone.goes();
  expect(used(zone)).toBe(1);
  expectRebuilt(zone);
});

test('what counts over many files is what counts in one, corrections of earlier ones too', () => {
  const every = counting('first-in-special-pass', {
    personAllowance: { every: 'year', crossings: 1 },
  });
  const persons = Array.from({ length: 14 }, (_, n) => `P-${n}`);
  const { one, many, remove } = inOneAndInMany('allowance 1', 500, 0.04);
  onTestFinished(remove);
  const atMs = many.segments.live.baseAtMs + 400 * HOUR_MS;
  const usedIn = ({ db, segments }: typeof one) => {
    const reads = allowanceReads(db, segments);
    return persons.map((id) => reads.use(every.settings, 'person', id, atMs)?.used);
  };
  expect(usedIn(many)).toEqual(usedIn(one));
  const back = many.segments.all.flatMap(({ db }) =>
    db.query<[], object>('SELECT 1 AS one FROM allowance_use WHERE takes_back = 1').all(),
  );
  expect(back.length).toBeGreaterThan(0);
});
