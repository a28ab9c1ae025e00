import fc from 'fast-check';
import { expect } from 'vitest';
import { randomHistory } from './history.ts';
import { type KitJournal, kitJournal } from './journal-kit.ts';

const seeds = fc.integer({ min: 0, max: 1e9 });

/** The same history twice: in one file, and in as many as it was sealed in. */
export function inOneAndInMany(seed: string, acts: number, sealChance: number) {
  const events = randomHistory(seed, acts, sealChance);
  const [one, many] = [kitJournal(), kitJournal()];
  one.writeAll(events);
  many.writeRolling(events);
  const remove = () => {
    one.remove();
    many.remove();
  };
  return { one, many, remove };
}

/** Runs a check over histories in few files and in many. */
export function always(
  name: string,
  check: (one: KitJournal, many: KitJournal) => void,
  runs = 6,
): void {
  let most = 0;
  fc.assert(
    fc.property(seeds, fc.integer({ min: 40, max: 300 }), (seed, acts) => {
      const { one, many, remove } = inOneAndInMany(`${name} ${seed}`, acts, 0.03);
      try {
        most = Math.max(most, many.segments.all.length);
        check(one, many);
      } finally {
        remove();
      }
    }),
    // The longest history is always among them, so that there are always several files.
    { numRuns: runs, examples: [[1, 300]] },
  );
  expect(most).toBeGreaterThan(3);
}
