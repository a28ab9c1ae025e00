import { describe, expect, test } from 'vitest';
import type { DueCrossing } from '../../../src/main/engine/core/facts.ts';
import { type LiveBoard, toldDue } from '../../../src/main/engine/projections/gather/told-due.ts';

/** Admitted at 1 s, opened at 3 s; its time to go through is over at 13 s. */
const DUE = {
  ...{ crossing: 'X1-5', state: 'opened', heard: true, admittedMono: 1_000, deadlineMono: 13_000 },
  lane: { lane: { board: '405419001' } },
} as unknown as DueCrossing & { admittedMono: number; deadlineMono: number };

/** What is decided of it: `nobody`, `unknown`, or nothing yet. */
function decided(live: LiveBoard | null): string {
  const [crossing] = toldDue([DUE], () => live);
  if (crossing === undefined) return 'not yet';
  return crossing.heard ? 'nobody' : 'unknown';
}

describe('whether an open gate let somebody through', () => {
  test.each<readonly [string, LiveBoard | null, string]>([
    ['never heard', { lastHeardMonoMs: null }, 'not yet'],
    ['heard before its time was over', { lastHeardMonoMs: 12_999 }, 'not yet'],
    ['heard after it', { lastHeardMonoMs: 13_000 }, 'nobody'],
    ['heard, with events that are not in the journal', told(13_500, 12_000), 'not yet'],
    ['heard, and nothing is told yet', told(13_500, null), 'not yet'],
    ['all told after it', told(13_500, 13_000), 'nobody'],
    ['blind before they were admitted', blind(999), 'nobody'],
    ['blind before the gate was seen to open', blind(2_000), 'unknown'],
    ['blind since', blind(12_000), 'unknown'],
  ])('by a board that was %s', (_, live, then) => {
    expect(decided(live)).toBe(then);
  });

  test('a gate that never opened, or a board that is away, is decided at once', () => {
    const none = () => null;
    const admitted = { ...DUE, state: 'admitted' } as const;
    const away = { ...DUE, heard: false };
    expect(toldDue([admitted, away], none)).toEqual([admitted, away]);
    expect(toldDue([DUE], undefined)).toEqual([DUE]);
  });
});

function told(lastHeardMonoMs: number, toldMonoMs: number | null): LiveBoard {
  return { lastHeardMonoMs, toldMonoMs };
}

function blind(blindMonoMs: number): LiveBoard {
  return { lastHeardMonoMs: 14_000, blindMonoMs };
}
