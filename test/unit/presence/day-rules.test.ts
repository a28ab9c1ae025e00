import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PartDayRule } from '../../../src/shared/domain/part-day-rule.ts';
import { dayOf, dayText } from '../../../src/shared/presence/calendar.ts';
import { countDays, markDays } from '../../../src/shared/presence/day-rules.ts';
import { type Move, type Span, staysOf } from '../../../src/shared/presence/stays.ts';
import { at, inZone, stays } from './ledger.ts';

const NOW = '2026-12-31 00:00';

/** The days that count, `?` behind those of which it is not known. */
function days(rule: PartDayRule, spans: readonly Span[]): string {
  const marks = [...markDays(spans, rule)].sort(([a], [b]) => a - b);
  return marks
    .map(([day, mark]) => dayText(day).slice(5) + (mark === 'unknown' ? '?' : ''))
    .join(' ');
}

interface Case {
  readonly case: string;
  readonly crossings: readonly string[];
  readonly now?: string;
  readonly anyPart: string;
  readonly nights: string;
  readonly overHalf: string;
}

/** Tables made by hand: crossings, and what each rule makes of them. */
describe.each<Case>([
  {
    case: 'a working day',
    crossings: ['2026-03-02 09:00 in', '2026-03-02 18:00 out'],
    anyPart: '03-02',
    nights: '',
    // Nine hours are less than half of a day.
    overHalf: '',
  },
  {
    case: 'over midnight: two days, one night, more than half of none',
    crossings: ['2026-03-02 20:00 in', '2026-03-03 06:00 out'],
    anyPart: '03-02 03-03',
    nights: '03-02',
    overHalf: '',
  },
  {
    case: 'out at midnight sharp: no part in the day that begins, no night',
    crossings: ['2026-03-02 09:00 in', '2026-03-03 00:00 out'],
    anyPart: '03-02',
    nights: '',
    overHalf: '03-02',
  },
  {
    case: 'in at midnight sharp: no night of the day before',
    crossings: ['2026-03-03 00:00 in', '2026-03-03 12:00 out'],
    anyPart: '03-03',
    nights: '',
    // Half a day is not more than half.
    overHalf: '',
  },
  {
    case: 'a minute more than half a day, in two parts',
    crossings: [
      ...['2026-03-03 00:00 in', '2026-03-03 06:00 out'],
      ...['2026-03-03 12:00 in', '2026-03-03 18:01 out'],
    ],
    anyPart: '03-03',
    nights: '',
    overHalf: '03-03',
  },
  {
    case: 'the leap day of 2028 is a day, and between two others',
    crossings: ['2028-02-28 13:00 in', '2028-03-01 13:00 out'],
    anyPart: '02-28 02-29 03-01',
    nights: '02-28 02-29',
    overHalf: '02-29 03-01',
  },
  {
    case: 'there is no 29 February in 2027',
    crossings: ['2027-02-28 13:00 in', '2027-03-01 13:00 out'],
    anyPart: '02-28 03-01',
    nights: '02-28',
    overHalf: '03-01',
  },
  {
    case: 'over New Year',
    crossings: ['2026-12-31 23:59 in', '2027-01-01 00:01 out'],
    anyPart: '12-31 01-01',
    nights: '12-31',
    overHalf: '',
  },
  {
    case: 'a missing exit: the days between are not known, that of the entry is',
    crossings: ['2026-03-02 09:00 in', '2026-03-04 08:00 in', '2026-03-04 18:00 out'],
    anyPart: '03-02 03-03? 03-04',
    nights: '03-02? 03-03?',
    overHalf: '03-02? 03-03? 03-04?',
  },
  {
    case: 'a missing exit of a few hours leaves nothing open where it cannot matter',
    crossings: [...['2026-03-02 09:00 in', '2026-03-02 12:00 in', '2026-03-02 18:00 out']],
    anyPart: '03-02',
    nights: '',
    overHalf: '',
  },
  {
    case: 'a missing entry',
    crossings: ['2026-03-02 09:00 in', '2026-03-02 18:00 out', '2026-03-04 13:00 out'],
    anyPart: '03-02 03-03? 03-04',
    nights: '03-02? 03-03?',
    overHalf: '03-02? 03-03? 03-04?',
  },
  {
    case: 'nobody saw whether the person went out in the evening',
    crossings: ['2026-03-02 09:00 in', '2026-03-02 18:00 out?', '2026-03-03 09:00 in'],
    ...{ now: '2026-03-03 09:00', anyPart: '03-02 03-03', nights: '03-02?', overHalf: '03-02?' },
  },
  {
    case: 'still inside: the day of the entry counts, what follows is not known',
    crossings: ['2026-03-02 09:00 in'],
    ...{ now: '2026-03-04 12:00', anyPart: '03-02 03-03? 03-04?' },
    ...{ nights: '03-02? 03-03?', overHalf: '03-02? 03-03?' },
  },
])('$case', ({ crossings, anyPart, nights, overHalf, now = NOW }) => {
  const spans = stays(now, ...crossings);
  test('any part of a day', () => expect(days('any-part', spans)).toBe(anyPart));
  test('nights', () => expect(days('nights', spans)).toBe(nights));
  test('more than half', () => expect(days('over-half', spans)).toBe(overHalf));
});

test('through a passage between two areas at midnight sharp: a night all the same', () => {
  const move = (text: string, from: string, to: string) => {
    return { atMs: at(text), from, to, certain: true, source: text } as Move;
  };
  const moves = [
    move('2026-03-02 20:00', 'beyond-first', 'a'),
    ...[move('2026-03-03 00:00', 'a', 'b'), move('2026-03-03 06:00', 'b', 'beyond-first')],
  ];
  expect(days('nights', staysOf(moves, inZone, at(NOW)))).toBe('03-02');
});

const anySpans = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.boolean(), fc.boolean()), { maxLength: 60 })
  .map((parts) => {
    const spans: Span[] = [];
    let ms = Date.parse('2026-01-01T00:00:00Z');
    for (const [hours, isThere, isKnown] of parts) {
      const toMs = ms + hours * 1_234_567;
      const is = isKnown ? 'present' : 'unknown';
      const cause = isKnown ? null : 'way-missing';
      if (isThere) spans.push({ fromMs: ms, toMs, is, cause, sources: [] });
      ms = toMs;
    }
    return spans;
  });

test('what is not known is all that lies between the fewest days and the most', () => {
  fc.assert(
    fc.property(anySpans, fc.constantFrom(...PartDayRule.options), (spans, rule) => {
      const range = { from: dayOf(0), to: dayOf(Date.parse('2030-01-01')) };
      const found = countDays(markDays(spans, rule), range);
      const sure = spans.filter(({ is }) => is === 'present');
      const all = spans.map((span): Span => ({ ...span, is: 'present' }));
      expect(found.present).toBe(countDays(markDays(sure, rule), range).present);
      const most = countDays(markDays(all, rule), range).present;
      expect(found.present + found.unknown).toBe(most);
    }),
  );
});
