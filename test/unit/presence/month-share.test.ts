import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayText } from '../../../src/shared/presence/calendar.ts';
import { countDays } from '../../../src/shared/presence/day-rules.ts';
import { monthDays, monthShare, monthsBetween } from '../../../src/shared/presence/month-share.ts';
import { addToTotals, mergeMonths } from '../../../src/shared/presence/month-totals.ts';
import { presenceEvidence } from '../../../src/shared/presence/statement.ts';
import { staysOf } from '../../../src/shared/presence/stays.ts';
import { at, inZone, moves, stays } from './ledger.ts';

const END = '2028-04-15 00:00';
const daysOf = (month: string, now = END) => {
  const days = monthDays(month, at(now));
  return days === null ? null : [dayText(days.from), dayText(days.to)];
};

/** `rule present+unknown-absent absences/longest` of each way of counting. */
function shares(month: string, now: string, ...lines: readonly string[]): string[] | null {
  const days = monthDays(month, at(now));
  if (days === null) throw new Error('no month');
  const counts = monthShare(stays(now, ...lines), days);
  return (
    counts?.map(
      ({ absences, absent, longestAbsence, present, rule, unknown }) =>
        `${rule} ${present}+${unknown}-${absent} ${absences}/${longestAbsence}`,
    ) ?? null
  );
}

test('the days of a month: leap years, the running month, none that has not begun', () => {
  expect(daysOf('2028-02')).toEqual(['2028-02-01', '2028-02-29']);
  expect(daysOf('2027-02')).toEqual(['2027-02-01', '2027-02-28']);
  expect(daysOf('2028-04')).toEqual(['2028-04-01', '2028-04-15']);
  expect(daysOf('2028-05')).toBeNull();
  for (const text of ['2028-13', '2028-00', '2028-2', 'March']) expect(daysOf(text)).toBeNull();
  expect(monthsBetween(at('2027-12-31 23:00'), at('2028-02-01 00:00'))).toEqual([
    ...['2028-02', '2028-01', '2027-12'],
  ]);
});

test('by hand: working days, nights, a stay over the end of a leap February', () => {
  const lines = [
    ...['2028-02-01 09:00 in', '2028-02-01 22:00 out', '2028-02-10 20:00 in'],
    ...['2028-02-12 06:00 out', '2028-02-28 23:00 in', '2028-03-02 01:00 out'],
  ];
  expect(shares('2028-02', END, ...lines)).toEqual([
    'any-part 6+0-23 2/15',
    'nights 4+0-25 2/16',
    'over-half 3+0-26 2/17',
  ]);
  expect(shares('2028-03', END, ...lines)?.[0]).toBe('any-part 2+0-29 1/29');
  expect(shares('2028-01', END, ...lines)).toBeNull();
});

test('a missing exit leaves days unknown, and whoever has not left is unknown up to now', () => {
  const missing = ['2028-02-03 09:00 in', '2028-02-06 09:00 in', '2028-02-06 18:00 out'];
  expect(shares('2028-02', END, ...missing)?.[0]).toBe('any-part 2+2-25 2/23');
  expect(shares('2028-04', '2028-04-10 12:00', '2028-04-08 09:00 in')?.[0]).toBe(
    'any-part 1+2-7 1/7',
  );
});

test('for any ledger the months add up to what the evidence of one person counts', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 4_000 }), fc.boolean()), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(steps, (minutes) => {
      let ms = at('2027-11-20 00:00');
      const list = minutes.map(([after, isIn], i) => {
        ms += after * 60_000;
        const [move] = moves(`2028-01-01 00:00 ${isIn ? 'in' : 'out'}${i % 5 === 4 ? '?' : ''}`);
        return { ...(move as NonNullable<typeof move>), atMs: ms, source: `X1-${i}` };
      });
      const nowMs = ms + 3_600_000;
      const spans = staysOf(list, inZone, nowMs);
      const evidence = presenceEvidence(spans, []);
      for (const month of monthsBetween(at('2027-11-01 00:00'), nowMs)) {
        const days = monthDays(month, nowMs) as NonNullable<ReturnType<typeof monthDays>>;
        const counts = monthShare(spans, days) ?? [];
        for (const { rule, marks } of evidence) {
          const { present = 0, unknown = 0 } = counts.find((one) => one.rule === rule) ?? {};
          expect({ present, unknown }).toEqual(countDays(marks, days));
        }
        const lengthOf = days.to - days.from + 1;
        for (const one of counts) expect(one.present + one.unknown + one.absent).toBe(lengthOf);
      }
    }),
    { numRuns: 150 },
  );
});

test('parts of a month add up by class and rule, whatever their order', () => {
  const share = (present: number) => [
    { rule: 'any-part' as const, present, unknown: 1, absent: 0, absences: 0, longestAbsence: 0 },
  ];
  const [a, b] = [new Map(), new Map()];
  addToTotals(a, 'special-pass', share(3));
  addToTotals(a, null, share(0));
  addToTotals(b, 'special-pass', share(4));
  const [one, two] = [[...a.values()], [...b.values()]];
  const merged = mergeMonths(one, two);
  expect(mergeMonths(two, one)).toEqual(merged);
  expect(merged).toEqual([
    { class: null, rule: 'any-part', persons: 0, present: 0, unknown: 1 },
    { class: 'special-pass', rule: 'any-part', persons: 2, present: 7, unknown: 2 },
  ]);
});
