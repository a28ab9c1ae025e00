import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comesFirst, QueueOrder } from '../../../src/renderer/features/watch/queue-order.ts';
import type { QueueRow } from '../../../src/shared/contract/views.ts';
import type { Priority } from '../../../src/shared/domain/incident.ts';
import { queueRow } from '../map/rows.ts';

function patch(rows: readonly QueueRow[], drop: readonly string[] = [], snapshot = false) {
  return { snapshot, set: new Map(rows.map((row) => [row.id, row])), drop };
}

describe('the order of the queue', () => {
  test('the most urgent first, of those the oldest', () => {
    const queue = new QueueOrder();
    queue.apply(
      patch([
        queueRow('I1-1', 3, 10),
        queueRow('I1-2', 1, 30),
        queueRow('I1-3', 1, 20),
        queueRow('I1-4', 4, 0),
      ]),
    );
    expect(queue.rows.map(({ id }) => id)).toEqual(['I1-3', 'I1-2', 'I1-1', 'I1-4']);
  });

  test('a row that changes its priority changes its place', () => {
    const queue = new QueueOrder();
    queue.apply(patch([queueRow('I1-1', 3, 10), queueRow('I1-2', 2, 30)]));
    queue.apply(patch([queueRow('I1-1', 1, 10)]));
    expect(queue.rows.map(({ id, priority }) => [id, priority])).toEqual([
      ['I1-1', 1],
      ['I1-2', 2],
    ]);
  });

  test('a row that only changes its state keeps its place and is the new one', () => {
    const queue = new QueueOrder();
    queue.apply(patch([queueRow('I1-1', 3, 10), queueRow('I1-2', 3, 30)]));
    const known = { ...queueRow('I1-1', 3, 10), state: 'acknowledged' } as QueueRow;
    queue.apply(patch([known]));
    expect(queue.rows[0]).toBe(known);
    expect(queue.get('I1-1')).toBe(known);
  });

  test('patch by patch is the same as sorting anew', () => {
    const change = fc.record({
      id: fc.integer({ min: 0, max: 30 }),
      priority: fc.integer({ min: 1, max: 4 }),
      openedMs: fc.integer({ min: 0, max: 9 }),
      drop: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 40 }), (patches) => {
        const queue = new QueueOrder();
        const all = new Map<string, QueueRow>();
        for (const changes of patches) {
          const rows = new Map<string, QueueRow>();
          const drop: string[] = [];
          for (const { id, priority, openedMs, drop: gone } of changes) {
            const key = `I1-${id}`;
            if (gone && !rows.has(key)) drop.push(key);
            else rows.set(key, queueRow(key, priority as Priority, openedMs));
          }
          for (const key of drop) all.delete(key);
          for (const [key, row] of rows) all.set(key, row);
          queue.apply({ snapshot: false, set: rows, drop });
        }
        expect(queue.rows).toEqual([...all.values()].sort(comesFirst));
      }),
    );
  });

  test('a snapshot forgets what was before', () => {
    const queue = new QueueOrder();
    queue.apply(patch([queueRow('I1-1', 3, 10)]));
    queue.apply(patch([queueRow('I1-2', 3, 10)], [], true));
    expect(queue.rows.map(({ id }) => id)).toEqual(['I1-2']);
  });
});
