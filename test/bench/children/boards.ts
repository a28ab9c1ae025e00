/**
 * Byte-level training boards in a process of their own. It plays badges at its own pace and
 * measures on its own clock, from the badge's bytes leaving to the open-door bytes coming in.
 */

import { must } from '../../../src/shared/lib/assert.ts';
import { TrainingBoard } from '../../../src/training/boards/training-board.ts';
import { at } from '../pace.ts';
import type { Badge, FromBoards, LateEvents, Leaf, ToBoards } from './messages.ts';

const boards: TrainingBoard[] = [];
/** How long a badge waits for its gate. */
const WAIT_MS = 5_000;
/** How long a person takes to reach the leaf, and holds it. */
const REACH_MS = 100;
const HELD_MS = 150;
/** Late events of a board lie this far apart, the newest an hour back. */
const LATE_EVERY_MS = 250;
const HOUR_MS = 3_600_000;
const CARD_REQUESTS = ['count-cards', 'get-card-at', 'put-card', 'delete-card'] as const;
/** Leaves that are remembered until the play is over. */
const LEAVES_KEPT = 200_000;

function tell(message: FromBoards): void {
  process.send?.(message);
}

async function start(serials: readonly number[], late: LateEvents | null): Promise<void> {
  const ports: number[] = [];
  for (const serial of serials) {
    const memory = { eventMemory: 1_000_000, cardCapacity: 100_000 };
    const board = new TrainingBoard({ serial, wallMs: () => Date.now(), ...memory });
    ports.push((await board.start()).port);
    boards.push(board);
  }
  if (late !== null) remember(late);
  tell({ t: 'started', ports });
}

/** Fills the first boards' memories with people whom they let in by themselves. */
function remember(late: LateEvents): void {
  let next = 0;
  for (const board of boards.slice(0, late.boards)) {
    const firstMs = Date.now() - HOUR_MS - late.perBoard * LATE_EVERY_MS;
    board.backfill(
      Array.from({ length: late.perBoard }, (_, i) => {
        const card = must(late.cards[next % late.cards.length], 'card');
        next += 1;
        const atMs = Math.floor((firstMs + i * LATE_EVERY_MS) / 1000) * 1000;
        return { type: 1, granted: true, door: 1, direction: 1, card, at: atMs, reason: 1 };
      }),
    );
  }
}

async function play(badges: readonly Badge[]): Promise<void> {
  const began = performance.now();
  const taken: Promise<number | null>[] = [];
  for (const badge of badges) {
    await at(began + badge.atMs);
    taken.push(pass(badge));
  }
  const latencies = await Promise.all(taken);
  tell({ t: 'played', latencies, leaves: leaves.splice(0) });
}

const leaves: Leaf[] = [];

async function pass(badge: Badge): Promise<number | null> {
  const { door, direction, card } = badge;
  const board = must(boards[badge.board], 'board');
  const { opened, openedMonoMs, swipedMonoMs } = await board.swipe(door, direction, card, WAIT_MS);
  if (!opened || openedMonoMs === null) return null;
  setTimeout(() => void walk(badge, board), REACH_MS);
  return openedMonoMs - swipedMonoMs;
}

async function walk(badge: Badge, board: TrainingBoard): Promise<void> {
  const { door, heldMs = HELD_MS } = badge;
  const leaf = (to: Leaf['to']) => {
    const atMs = performance.timeOrigin + performance.now();
    if (leaves.length < LEAVES_KEPT) leaves.push({ board: badge.board, door, to, atMs });
  };
  leaf('open');
  if (await board.personPasses(door, heldMs)) leaf('closed');
  else leaves.pop();
}

process.on('message', (message: ToBoards) => {
  if (message.t === 'start') void start(message.serials, message.late);
  else if (message.t === 'play') void play(message.badges);
  else if (message.t === 'stop') process.exit(0);
  else {
    tell({
      t: 'told',
      boards: boards.map((board) => ({
        serial: board.serial,
        lastIndex: board.lastIndex(),
        openings: board.openings().length,
        cards: board.storedCards(),
        cardRequests: CARD_REQUESTS.reduce((sum, name) => sum + board.received(name), 0),
      })),
    });
  }
});
process.on('disconnect', () => process.exit(0));
