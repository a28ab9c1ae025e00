import { expect, test } from 'vitest';
import { realTimers } from '../../../src/main/engine/devices/timers.ts';
import { HeldCards, SLICE, wantedOf } from '../../../src/main/engine/devices/uhppote/card-list.ts';
import { CardStore } from '../../../src/main/engine/devices/uhppote/cards.ts';
import type { BoardContext } from '../../../src/main/engine/devices/uhppote/context.ts';
import { LoopTurns } from '../../../src/main/engine/devices/uhppote/loop-turns.ts';
import { uhppoteTiming } from '../../../src/main/engine/devices/uhppote/timing.ts';
import type { Credential } from '../../../src/shared/domain/credential.ts';
import { ManualClock } from '../../../src/shared/lib/clock.ts';

const CARDS = 50_000;
const set = { badgeNumbers: 'raw', cardCapacity: CARDS, settings: undefined } as const;

/** A list that counts how often its badges are looked at. */
function countedList(count: number) {
  const state = { looked: 0 };
  const list = Array.from({ length: count }, (_, n) => ({
    get credential() {
      state.looked += 1;
      return `raw/${n + 1}` as Credential;
    },
    ...{ doors: [1], fromDay: '2026-01-01', toDay: '2026-12-31' },
  }));
  return { list, looked: () => state.looked };
}

/** The most that a count grew by in one turn of the loop, until `done`. */
async function mostInATurn(count: () => number, done: Promise<unknown>): Promise<number> {
  let isOver = false;
  void done.then(() => {
    isOver = true;
  });
  let most = 0;
  for (let before = count(); !isOver; before = count()) {
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, count() - before);
  }
  return most;
}

test('a list of 50,000 for two kinds of board is gone through a slice to a turn', async () => {
  const { list, looked } = countedList(CARDS);
  const turns = new LoopTurns();
  const both = Promise.all([
    wantedOf(list, set, turns),
    wantedOf(list, { ...set, cardCapacity: 100 }, turns),
  ]);
  const most = await mostInATurn(looked, both);
  const [all, few] = await both;
  expect([all.wanted.size, all.left]).toEqual([CARDS, 0]);
  expect([few.wanted.size, few.left]).toEqual([100, CARDS - 100]);
  expect(looked()).toBe(2 * CARDS);
  expect(most).toBeLessThanOrEqual(SLICE);
  // The next board of a kind is given the very same.
  expect((await wantedOf(list, set, turns)).wanted).toBe(all.wanted);
  expect(looked()).toBe(2 * CARDS);
});

class CountedTurns extends LoopTurns {
  given = 0;

  override next(): Promise<void> {
    this.given += 1;
    return super.next();
  }
}

test('boards that hold it all are compared with a new list in slices too', async () => {
  const turns = new CountedTurns();
  let held = 0;
  const asked: string[] = [];
  const context = {
    setUp: { board: '7', doors: [], ...set },
    ...{ turns, clock: new ManualClock(0, 1), timers: realTimers, timing: uhppoteTiming },
    exchange: {
      request(name: string) {
        asked.push(name);
        if (name === 'put-card') held += 1;
        if (name === 'delete-card') held -= 1;
        return Promise.resolve({ ok: true, value: { count: held, ok: true } });
      },
    },
  } as unknown as BoardContext;
  const store = new CardStore(context, () => undefined);
  store.connect();
  await store.want(countedList(CARDS).list, 1);
  while (store.list().madeMs !== 1) await new Promise((resolve) => setImmediate(resolve));
  expect(asked.filter((name) => name === 'put-card')).toHaveLength(CARDS);
  asked.length = 0;
  turns.given = 0;
  await store.want(countedList(CARDS - 1).list, 2);
  while (store.list().madeMs !== 2) await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual(['count-cards', 'delete-card', 'count-cards']);
  // The list's numbers, what the board holds, and what it should hold.
  expect(turns.given).toBeGreaterThanOrEqual((3 * (CARDS - SLICE)) / SLICE);
  expect(store.count()).toBe(CARDS - 1);
});

test('what a board holds is a shared list and what differs from it there', () => {
  const rights = { from: null, to: null, door1: 1 } as never;
  const other = { from: null, to: null, door1: 0 } as never;
  const shared = new Map([1, 2, 3].map((card) => [card, rights]));
  const held = new HeldCards(shared);
  held.delete(2);
  held.delete(9);
  held.set(4, rights);
  held.set(3, other);
  expect([held.size, [...held.numbers()].sort((a, b) => a - b)]).toEqual([3, [1, 3, 4]]);
  expect([2, 3, 4].map((card) => held.get(card))).toEqual([undefined, other, rights]);
  held.set(2, rights);
  for (const card of held.numbers()) held.delete(card);
  expect([held.size, [...held.numbers()], shared.size]).toEqual([0, [], 3]);
});
