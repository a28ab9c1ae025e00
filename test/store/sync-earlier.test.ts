import { expect, test } from 'vitest';
import { BatchWindow } from '../../src/main/engine/sync/batch-window.ts';
import { type EarlierParts, sendEarlier } from '../../src/main/engine/sync/send-earlier.ts';
import { TRAINING_LIMITS } from '../../src/main/engine/sync/sync-limits.ts';
import { realTimers } from '../../src/main/engine/sync/timers.ts';
import { MemoryCentre, type Mishap } from '../kit/memory-centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';

/** What a centre with such mishaps is sent of an epoch of 250 events, 100 at a time. */
function given(mishaps: readonly Mishap[]) {
  const before = new MemoryJournal();
  before.grow(250);
  const centre = new MemoryCentre(mishaps);
  const window = new BatchWindow({ rows: 100, bytes: 524_288 }, 65_536);
  const parts: EarlierParts = {
    journal: new MemoryJournal('C7', before),
    centre,
    window,
    limits: TRAINING_LIMITS,
    timers: realTimers,
    isStopped: () => false,
  };
  return { before, centre, window, parts };
}

test('all that the centre lacks of the epoch before is sent', async () => {
  const { before, centre, parts } = given([]);
  centre.held = before.rows.slice(0, 30);
  expect(await sendEarlier(parts)).toEqual({ ok: true, value: null });
  expect(centre.held).toEqual(before.rows);
  expect(centre.sizes).toEqual([100, 100, 20]);
});

test.each(['lost-before', 'busy'] as const)(
  'a batch that is %s is told, and the rest goes next time',
  async (mishap) => {
    const { before, centre, window, parts } = given(['none', 'none', mishap]);
    const kind = mishap === 'busy' ? 'busy' : 'lost';
    expect(await sendEarlier(parts)).toMatchObject({ ok: false, fault: { kind } });
    expect(centre.held).toHaveLength(100);
    expect(window.size().rows).toBe(mishap === 'busy' ? 50 : 100);
    expect(await sendEarlier(parts)).toMatchObject({ ok: true });
    expect(centre.held).toEqual(before.rows);
  },
);

test('a centre that does not answer is told', async () => {
  const { parts } = given(['lost-before']);
  expect(await sendEarlier(parts)).toMatchObject({ ok: false, fault: { kind: 'lost' } });
});

test('an epoch that is closed there, or another one, or longer, is left as it is', async () => {
  const { before, centre, parts } = given([]);
  const other = new MemoryJournal();
  other.grow(20, 'crossing.refused');
  const longer = before.copyTo(250);
  longer.grow(50);
  for (const held of [other.rows, longer.rows]) {
    centre.held = held;
    expect(await sendEarlier(parts)).toMatchObject({ ok: true });
  }
  centre.held = before.rows.slice(0, 30);
  centre.closedBefore = 2;
  expect(await sendEarlier(parts)).toMatchObject({ ok: true });
  expect(centre.pushes).toBe(0);
});

test('a stop is obeyed between two batches', async () => {
  const { centre, parts } = given([]);
  await sendEarlier({ ...parts, isStopped: () => centre.pushes === 2 });
  expect(centre.held).toHaveLength(200);
});
