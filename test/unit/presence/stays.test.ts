import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Place } from '../../../src/shared/domain/place.ts';
import { type Move, type Span, staysOf } from '../../../src/shared/presence/stays.ts';
import { at, inZone, moves, stays } from './ledger.ts';

const NOW = '2026-12-31 00:00';

/** Short words for times: `present 03-02 09:00 - 03-02 18:00`. */
function words(spans: readonly Span[]): string[] {
  const text = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(5, 16);
  return spans.map(({ fromMs, toMs, is, cause, sources }) =>
    [is, text(fromMs), text(toMs), ...(cause === null ? [] : [cause]), sources.join('+')].join(' '),
  );
}

test('a working day is one time of presence, between its two crossings', () => {
  const spans = stays(NOW, '2026-03-02 09:00 in', '2026-03-02 18:00 out');
  expect(words(spans)).toEqual(['present 03-02T09:00 03-02T18:00 X1-1+X1-2']);
});

test('a missing exit leaves the time up to the next entry unknown, not the entry itself', () => {
  const spans = stays(
    NOW,
    ...['2026-03-02 09:00 in', '2026-03-05 09:00 in', '2026-03-05 18:00 out'],
  );
  expect(words(spans)).toEqual([
    'present 03-02T09:00 03-02T09:00 X1-1',
    'unknown 03-02T09:00 03-05T09:00 exit-missing X1-1+X1-2',
    'present 03-05T09:00 03-05T18:00 X1-2+X1-3',
  ]);
});

test('a missing entry leaves the time since the exit before it unknown', () => {
  const spans = stays(
    NOW,
    ...['2026-03-02 09:00 in', '2026-03-02 18:00 out', '2026-03-03 18:00 out'],
  );
  expect(words(spans)).toEqual([
    'present 03-02T09:00 03-02T18:00 X1-1+X1-2',
    'unknown 03-02T18:00 03-03T18:00 entry-missing X1-2+X1-3',
    'present 03-03T18:00 03-03T18:00 X1-3',
  ]);
});

test('what lies before the first move is no evidence: a first exit is a moment', () => {
  expect(words(stays(NOW, '2026-03-02 18:00 out'))).toEqual([
    'present 03-02T18:00 03-02T18:00 X1-1',
  ]);
});

test('a stay without an exit yet is unknown from its entry to now', () => {
  expect(words(stays('2026-03-04 12:00', '2026-03-02 09:00 in'))).toEqual([
    'present 03-02T09:00 03-02T09:00 X1-1',
    'unknown 03-02T09:00 03-04T12:00 still-inside X1-1',
  ]);
});

test('an exit that nobody saw: present up to it, unknown after it, whatever comes next', () => {
  const spans = stays(
    NOW,
    ...['2026-03-02 09:00 in', '2026-03-02 18:00 out?', '2026-03-03 09:00 in'],
    '2026-03-03 18:00 out',
  );
  expect(words(spans)).toEqual([
    'present 03-02T09:00 03-02T18:00 X1-1+X1-2',
    'present 03-02T18:00 03-02T18:00 X1-2',
    'unknown 03-02T18:00 03-03T09:00 passage-unknown X1-2+X1-3',
    'present 03-03T09:00 03-03T18:00 X1-3+X1-4',
  ]);
});

test('an entry that nobody saw: unknown after it, and nothing before it', () => {
  expect(words(stays('2026-03-04 00:00', '2026-03-02 09:00 in?'))).toEqual([
    'unknown 03-02T09:00 03-04T00:00 passage-unknown X1-1',
  ]);
});

const correctedTo = (to: string, moment: string): Move => {
  return { atMs: at(moment), from: null, to: to as Place, certain: true, source: 'correction' };
};

test('a correction says where somebody is from then on; when the person went, nobody knows', () => {
  const [entry, next] = moves('2026-03-02 09:00 in', '2026-03-03 09:00 in');
  const correction = correctedTo('beyond-first', '2026-03-02 20:00');
  const spans = staysOf([entry, correction, next] as Move[], inZone, at('2026-03-03 09:00'));
  expect(words(spans)).toEqual([
    'present 03-02T09:00 03-02T09:00 X1-1',
    'unknown 03-02T09:00 03-02T20:00 corrected X1-1+correction',
    'present 03-03T09:00 03-03T09:00 X1-2',
  ]);
});

test('a correction that finds somebody where the ledger has it makes the time certain', () => {
  const [entry] = moves('2026-03-02 09:00 in');
  const correction = correctedTo('loop', '2026-03-02 20:00');
  const spans = staysOf([entry, correction] as Move[], inZone, at('2026-03-02 20:00'));
  expect(words(spans)).toEqual([
    'present 03-02T09:00 03-02T20:00 X1-1+correction',
    'present 03-02T20:00 03-02T20:00 correction',
  ]);
});

test('from one area to another without a reading between them: unknown, though both count', () => {
  const spans = staysOf(
    [
      { atMs: at('2026-03-02 09:00'), from: 'beyond-first', to: 'a', certain: true, source: '1' },
      { atMs: at('2026-03-02 18:00'), from: 'b', to: 'beyond-first', certain: true, source: '2' },
    ] as Move[],
    ...[inZone, at(NOW)],
  );
  expect(words(spans)).toEqual([
    'present 03-02T09:00 03-02T09:00 1',
    'unknown 03-02T09:00 03-02T18:00 way-missing 1+2',
    'present 03-02T18:00 03-02T18:00 2',
  ]);
});

const PLACES = ['beyond-first', 'beyond-second', 'a', 'b'] as Place[];
const anyMoves = fc
  .array(
    fc.record({
      atMs: fc.integer({ min: 0, max: 1e10 }),
      from: fc.constantFrom(...PLACES, null),
      to: fc.constantFrom(...PLACES),
      certain: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((all) =>
    all
      .toSorted((a, b) => a.atMs - b.atMs)
      .map((move, i): Move => ({ ...move, source: `X1-${i}` })),
  );

test('whatever the moves: no time is two things at once, and each stands on what it names', () => {
  fc.assert(
    fc.property(anyMoves, (all) => {
      const spans = staysOf(all, inZone, 2e10);
      const atOf = new Map(all.map(({ source, atMs }) => [source, atMs]));
      let reachedMs = 0;
      for (const { fromMs, toMs, is, cause, sources } of spans) {
        expect(fromMs).toBeLessThanOrEqual(toMs);
        expect(fromMs).toBeGreaterThanOrEqual(reachedMs);
        reachedMs = toMs;
        expect(cause === null).toBe(is === 'present');
        expect(atOf.get(sources[0] ?? '')).toBe(fromMs);
        if (sources.length > 1) expect(atOf.get(sources[1] ?? '')).toBe(toMs);
      }
    }),
    { numRuns: 500 },
  );
});

test('moves that fit together leave nothing unknown but a stay that goes on', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PLACES), { maxLength: 30 }), (places) => {
      const all = places.map((to, i): Move => {
        const from = places[i - 1] ?? 'beyond-first';
        return { atMs: i * 1e6, from, to, certain: true, source: `X1-${i}` };
      });
      const unknown = staysOf(all, inZone, 1e9).filter(({ is }) => is === 'unknown');
      const last = places.at(-1);
      const isInside = last !== undefined && inZone(last);
      expect(unknown.map(({ cause }) => cause)).toEqual(isInside ? ['still-inside'] : []);
    }),
  );
});
