import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type IntakeLane,
  IntakeQueue,
  LANE_LIMITS,
  LANES,
  type Waiting,
} from '../../../src/main/engine/intake/queue.ts';
import { inLane, nameOf } from './inputs.ts';

function waiting(lane: IntakeLane, index: number): Waiting {
  return { input: inLane[lane](index), lane, settle: () => undefined };
}

/** Everything that waits, in the order in which it is taken. */
function drain(queue: IntakeQueue, withBulk = true): string[] {
  const names: string[] = [];
  for (let next = queue.take(withBulk); next !== null; next = queue.take(withBulk)) {
    names.push(nameOf(next.input));
  }
  return names;
}

function drainSome(queue: IntakeQueue, count: number): string[] {
  return Array.from({ length: count }, () => queue.take(true)).flatMap((next) =>
    next === null ? [] : [nameOf(next.input)],
  );
}

test('safety, live, commands, bulk; in each lane the first comes first', () => {
  const queue = new IntakeQueue();
  for (const lane of ['bulk', 'live', 'command', 'safety'] as const) {
    queue.push(waiting(lane, 1));
    queue.push(waiting(lane, 2));
  }
  expect(drain(queue)).toEqual([
    ...['safety 1', 'safety 2', 'live 1', 'live 2'],
    ...['command 1', 'command 2', 'bulk 1', 'bulk 2'],
  ]);
});

test('without bulk the bulk stays where it is', () => {
  const queue = new IntakeQueue();
  queue.push(waiting('bulk', 1));
  queue.push(waiting('live', 1));
  expect(drain(queue, false)).toEqual(['live 1']);
  expect(queue.length()).toBe(1);
  expect(drain(queue)).toEqual(['bulk 1']);
});

test('a full lane turns the newest away and counts it; the others go on', () => {
  for (const lane of LANES) {
    const queue = new IntakeQueue();
    for (let i = 0; i < LANE_LIMITS[lane]; i += 1) {
      expect(queue.push(waiting(lane, i))).toBe(true);
    }
    expect(queue.push(waiting(lane, -1))).toBe(false);
    expect(queue.push(waiting(lane, -1))).toBe(false);
    expect(queue.dropped[lane]).toBe(2);
    const other = lane === 'live' ? 'safety' : 'live';
    expect(queue.push(waiting(other, 1))).toBe(true);
    expect(queue.length()).toBe(LANE_LIMITS[lane] + 1);
  }
});

test('what is put back stands before what came meanwhile, in its old order', () => {
  const queue = new IntakeQueue();
  for (let i = 1; i <= 4; i += 1) queue.push(waiting('live', i));
  queue.push(waiting('bulk', 1));
  const taken = [queue.take(true), queue.take(true), queue.take(true)].flatMap((one) => one ?? []);
  queue.push(waiting('live', 5));
  queue.push(waiting('safety', 1));
  queue.putBack(taken);
  expect(drain(queue)).toEqual([
    ...['safety 1', 'live 1', 'live 2', 'live 3', 'live 4', 'live 5', 'bulk 1'],
  ]);
});

test('a long lane keeps its order while it is drained and filled', () => {
  const queue = new IntakeQueue();
  const names: string[] = [];
  for (let i = 1; i <= 3_000; i += 1) {
    queue.push(waiting('live', i));
    if (i > 1_000 && i % 2 === 0) names.push(...drainSome(queue, 2));
  }
  names.push(...drain(queue));
  expect(names).toEqual(Array.from({ length: 3_000 }, (_, i) => `live ${i + 1}`));
});

test('withdrawing takes out what fits and leaves the rest in order', () => {
  const queue = new IntakeQueue();
  for (let i = 1; i <= 3; i += 1) {
    for (const lane of LANES) queue.push(waiting(lane, i));
  }
  queue.take(true);
  const out = queue.withdraw(({ lane }) => lane === 'command' || lane === 'safety');
  expect(out.map(({ input }) => nameOf(input))).toEqual([
    ...['safety 2', 'safety 3', 'command 1', 'command 2', 'command 3'],
  ]);
  expect(drain(queue)).toEqual(['live 1', 'live 2', 'live 3', 'bulk 1', 'bulk 2', 'bulk 3']);
});

/** The queue as a plain list, to hold the real one against. */
class Model {
  items: { lane: IntakeLane; index: number }[] = [];
  taken: { lane: IntakeLane; index: number }[] = [];

  take(withBulk: boolean): string | null {
    for (const lane of LANES) {
      if (lane === 'bulk' && !withBulk) return null;
      const at = this.items.findIndex((item) => item.lane === lane);
      if (at < 0) continue;
      const [item] = this.items.splice(at, 1);
      if (item === undefined) return null;
      this.taken.push(item);
      return `${item.lane} ${item.index}`;
    }
    return null;
  }
}

test('after any pushes, takes and puttings back it says what a plain list says', () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...LANES) },
    { weight: 4, arbitrary: fc.boolean() },
    { weight: 1, arbitrary: fc.constant(null) },
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 2_500, size: 'max' }), (steps) => {
      const queue = new IntakeQueue();
      const model = new Model();
      let taken: Waiting[] = [];
      for (const [index, what] of steps.entries()) {
        if (what === null) {
          queue.putBack(taken);
          model.items = [...model.taken, ...model.items];
          taken = [];
          model.taken = [];
        } else if (typeof what === 'boolean') {
          const next = queue.take(what);
          if (next !== null) taken.push(next);
          expect(next === null ? null : nameOf(next.input)).toBe(model.take(what));
        } else {
          queue.push(waiting(what, index));
          model.items.push({ lane: what, index });
        }
        expect(queue.length()).toBe(model.items.length);
      }
    }),
    { numRuns: 60 },
  );
});
