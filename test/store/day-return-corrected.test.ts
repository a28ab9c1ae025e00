import { expect, test } from 'vitest';
import { dayReturnList } from '../../src/main/engine/api/day-return.ts';
import { DayReturnState } from '../../src/shared/domain/day-return.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { hkMidnight } from '../../src/shared/lib/hk-time.ts';
import { expectRebuilt } from '../kit/expect-rebuilt.ts';
import { value } from '../kit/journal-kit.ts';
import { type PeopleBench, peopleBench } from '../kit/people-bench.ts';
import { cmaRegime } from '../unit/regime/given.ts';

const HOUR_MS = 3_600_000;
const regimes = { at: () => cmaRegime() } as never;

/** Each obligation to be back with its state, and whether it was ever told to be late. */
function returnsOf(zone: PeopleBench) {
  const { clock, segments } = zone;
  return DayReturnState.options.flatMap((state) =>
    value(dayReturnList({ clock, regimes, segments }, { state, limit: 9 })).rows.map((row) => ({
      crossing: row.crossing,
      state: row.state,
      isLate: row.overdueMs !== null,
    })),
  );
}

/** P-1 came in, and went out again so long after. */
function inAndOut(zone: PeopleBench, afterMs: number) {
  zone.crosses(1);
  zone.clock.advance(afterMs);
  zone.run({ kind: 'due' });
  zone.crosses(1, 2);
  const [entry = '', exit = ''] = zone.all('crossing.asked').map(({ crossing }) => crossing);
  return { entry, exit };
}

/** One person asks, another one confirms. */
function correct(zone: PeopleBench, crossing: string, change: object) {
  zone.clock.advance(1_000);
  zone.ask('correction.ask', { crossing, change }, { user: 'u-2', role: 'operator' });
  const { correction } = must(zone.all('correction.asked').at(-1), 'a correction');
  expect(zone.ask('correction.confirm', { correction })).toMatchObject({ ok: true });
}

const passage = (after: 'passed' | 'not-taken') => ({ fact: 'passage', after });
const untilMidnight = ({ clock }: PeopleBench) =>
  hkMidnight(clock.wallMs()) + 24 * HOUR_MS - clock.wallMs();

test('whose exit did not happen has to be back again, and is told of when it is late', () => {
  const zone = peopleBench();
  const { entry, exit } = inAndOut(zone, HOUR_MS);
  expect(returnsOf(zone)).toEqual([]);
  correct(zone, exit, passage('not-taken'));
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'due', isLate: false }]);
  expect(zone.differences()).toEqual([]);
  zone.clock.advance(untilMidnight(zone));
  zone.run({ kind: 'due' });
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'unknown', isLate: true }]);
  expect(zone.all('day-return.overdue')).toMatchObject([{ crossing: entry, person: 'P-1' }]);
  expect(zone.differences()).toEqual([]);
});

test('an exit that was taken after all ends it, and begins it anew when that was wrong', () => {
  const zone = peopleBench();
  zone.crosses(1);
  zone.badge(1, 2);
  const { board, command } = must(zone.all('gate.requested').at(-1), 'a command');
  const report = { kind: 'command', board, command, stage: 'failed' } as const;
  zone.run({ kind: 'board', report, receivedMono: zone.clock.monoMs() });
  const [entry = '', exit = ''] = zone.all('crossing.asked').map(({ crossing }) => crossing);
  const due = [{ crossing: entry, state: 'due', isLate: false }];
  expect(returnsOf(zone)).toEqual(due);
  correct(zone, exit, passage('passed'));
  expect(returnsOf(zone)).toEqual([]);
  correct(zone, exit, passage('not-taken'));
  expect(returnsOf(zone)).toEqual(due);
  expect(zone.differences()).toEqual([]);
});

test('who was late and is back was not back after all', () => {
  const zone = peopleBench();
  const { entry, exit } = inAndOut(zone, 13 * HOUR_MS);
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'closed', isLate: true }]);
  correct(zone, exit, passage('not-taken'));
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'unknown', isLate: true }]);
  expect(zone.differences()).toEqual([]);
});

test('who has come in again since owes that return, and not the one before it', () => {
  const zone = peopleBench();
  const { exit } = inAndOut(zone, HOUR_MS);
  zone.crosses(1);
  const again = must(zone.all('crossing.asked').at(-1), 'a second entry').crossing;
  correct(zone, exit, passage('not-taken'));
  expect(returnsOf(zone)).toEqual([{ crossing: again, state: 'due', isLate: false }]);
  expect(zone.differences()).toEqual([]);
});

test('an exit that was later than the cut-off was late; moved back, it was in time', () => {
  const zone = peopleBench();
  // Out an hour before the cut-off, by a clock that was two hours slow.
  const { entry, exit } = inAndOut(zone, 11 * HOUR_MS);
  zone.clock.advance(3 * HOUR_MS);
  const dueMs = hkMidnight(zone.clock.wallMs());
  correct(zone, exit, { fact: 'time', after: dueMs - HOUR_MS / 2 });
  expect(returnsOf(zone)).toEqual([]);
  correct(zone, exit, { fact: 'time', after: dueMs + HOUR_MS });
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'closed', isLate: true }]);
  expect(zone.differences()).toEqual([]);
  correct(zone, exit, { fact: 'time', after: dueMs - HOUR_MS });
  expect(returnsOf(zone)).toEqual([]);
  expect(zone.differences()).toEqual([]);
});

/** Every file of the journal told anew is what it was; then the journal goes on in another one. */
function roll(zone: PeopleBench): void {
  expectRebuilt(zone);
  zone.roll();
}

test('an exit that stands in an earlier file did not happen: they are due back, and late', () => {
  const zone = peopleBench();
  const { entry, exit } = inAndOut(zone, HOUR_MS);
  roll(zone);
  correct(zone, exit, passage('not-taken'));
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'due', isLate: false }]);
  roll(zone);
  zone.clock.advance(untilMidnight(zone));
  zone.run({ kind: 'due' });
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'unknown', isLate: true }]);
  expect(zone.all('day-return.overdue')).toMatchObject([{ crossing: entry, person: 'P-1' }]);
  expectRebuilt(zone);
});

test('late by an earlier file, and not back after all: once on the lists', () => {
  const zone = peopleBench();
  const { entry, exit } = inAndOut(zone, 13 * HOUR_MS);
  roll(zone);
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'closed', isLate: true }]);
  correct(zone, exit, passage('not-taken'));
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'unknown', isLate: true }]);
  roll(zone);
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'unknown', isLate: true }]);
});

test('an exit of an earlier file is moved beyond the cut-off, and back in time', () => {
  const zone = peopleBench();
  const { entry, exit } = inAndOut(zone, 11 * HOUR_MS);
  zone.clock.advance(3 * HOUR_MS);
  const dueMs = hkMidnight(zone.clock.wallMs());
  roll(zone);
  correct(zone, exit, { fact: 'time', after: dueMs + HOUR_MS });
  expect(returnsOf(zone)).toEqual([{ crossing: entry, state: 'closed', isLate: true }]);
  roll(zone);
  correct(zone, exit, { fact: 'time', after: dueMs - HOUR_MS });
  expect(returnsOf(zone)).toEqual([]);
  roll(zone);
  expect(returnsOf(zone)).toEqual([]);
});
