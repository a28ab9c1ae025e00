import type { StoredCard } from '../../src/main/engine/devices/ports.ts';
import { realTimers } from '../../src/main/engine/devices/timers.ts';
import { CardStore } from '../../src/main/engine/devices/uhppote/cards.ts';
import type { BoardContext } from '../../src/main/engine/devices/uhppote/context.ts';
import { LoopTurns } from '../../src/main/engine/devices/uhppote/loop-turns.ts';
import { uhppoteTiming } from '../../src/main/engine/devices/uhppote/timing.ts';
import type { Credential } from '../../src/shared/domain/credential.ts';
import { realClock } from '../kit/real-clock.ts';
import type { Badge, BoardTold } from './children/messages.ts';
import type { BenchContext } from './context.ts';
import { percentile } from './figures.ts';
import { HOLDERS, type LiveZone, startLiveZone } from './live-zone.ts';
import type { Figure } from './row.ts';
import { cardOf } from './zone.ts';

const CARDS = 50_000;
const ALL_BOARDS = 75;
/** For each of 75 boards: all of 50,000 would take a quarter of an hour at 4,000 requests/s. */
const CARDS_EACH = 2_000;
const COMPARED_BOARDS = 10;
const PER_SECOND = 35;
const PART_SECONDS = 2;
const WITHIN_MS = 240_000;

interface Brought {
  readonly seconds: number;
  readonly requests: number;
  readonly latencies: readonly (number | null)[];
}

/** Whole card lists brought to one board and to 75, with badges at their gates meanwhile. */
export async function measureCardLists(context: BenchContext): Promise<Figure[]> {
  const one = await bring(context, 'cards-one', 1, CARDS);
  const all = await bring(context, 'cards-all', ALL_BOARDS, CARDS_EACH);
  const both = { bare: null, wrong: null, bar: {} } as const;
  const requests = { unit: 'requests a card', better: 'less' } as const;
  return [
    { ...both, row: 'card-list-one', unit: 's', better: 'less', value: one.seconds },
    { ...both, ...requests, row: 'card-list-one-requests', value: one.requests / CARDS },
    badgeFigure('card-list-one-badge-p99', one),
    {
      ...{ ...both, row: 'card-lists', unit: 'cards/s', better: 'more' },
      value: (ALL_BOARDS * CARDS_EACH) / all.seconds,
    },
    {
      ...{ ...both, ...requests, row: 'card-lists-requests' },
      value: all.requests / (ALL_BOARDS * CARDS_EACH),
    },
    badgeFigure('card-lists-badge-p99', all),
    await comparison(),
  ];
}

function badgeFigure(row: string, { latencies }: Brought): Figure {
  const taken = latencies.filter((latency) => latency !== null);
  const missed = latencies.length - taken.length;
  const wrong = missed === 0 ? null : `${missed} badges opened nothing within 5 s`;
  const value = percentile(taken, 0.99);
  return { row, unit: 'ms', better: 'less', value, bare: null, bar: { atMost: 10 }, wrong };
}

async function bring(context: BenchContext, name: string, boards: number, roster: number) {
  const zone = await startLiveZone(context, { name, boards, roster });
  try {
    const beganMs = performance.now();
    const state = { seconds: 0 };
    const done = inStep(zone, roster, context.say).then((told) => {
      state.seconds = (performance.now() - beganMs) / 1000;
      return told;
    });
    const latencies: (number | null)[] = [];
    for (let part = 0; state.seconds === 0; part += 1) {
      latencies.push(...(await zone.boards.play(badgesOf(part, boards))).latencies);
    }
    const requests = (await done).reduce((sum, { cardRequests }) => sum + cardRequests, 0);
    return { ...state, requests, latencies };
  } finally {
    await zone.stop();
  }
}

/** What the boards told when each held so many cards. */
async function inStep(
  { boards }: LiveZone,
  count: number,
  say: (line: string) => void,
): Promise<readonly BoardTold[]> {
  const endMs = performance.now() + WITHIN_MS;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const told = await boards.tell();
    if (told.every(({ cards }) => cards === count)) return told;
    if (performance.now() > endMs) throw new Error('the boards were not brought in step');
    say(`${told.reduce((sum, { cards }) => sum + cards, 0)} cards are there`);
  }
}

/** Ways in, which no card opens alone: one badge in so many ms, over all boards in turn. */
function badgesOf(part: number, boards: number): Badge[] {
  // One gate takes one person at a time.
  const perSecond = Math.min(PER_SECOND, boards * 2);
  return Array.from({ length: perSecond * PART_SECONDS }, (_, n): Badge => {
    const who = HOLDERS / 2 + part * perSecond * PART_SECONDS + n;
    const [atMs, door] = [(n * 1000) / perSecond, 1 + 2 * (Math.floor(n / boards) % 2)];
    return { atMs, board: n % boards, door, direction: 'in', card: cardOf(who) };
  });
}

/** The most CPU time, ms, that one turn of the loop took until `done`; its thread alone counts. */
async function longestTurnMs(done: Promise<void>): Promise<number> {
  let isOver = false;
  void done.then(() => {
    isOver = true;
  });
  let most = 0;
  while (!isOver) {
    const before = process.threadCpuUsage();
    await new Promise((resolve) => setImmediate(resolve));
    const { user, system } = process.threadCpuUsage(before);
    most = Math.max(most, (user + system) / 1000);
  }
  return most;
}

/** The longest that the loop stood still while boards were compared with a list that they hold. */
async function comparison(): Promise<Figure> {
  const clock = realClock();
  const turns = new LoopTurns();
  const list = Array.from({ length: CARDS }, (_, n): StoredCard => {
    const credential = `raw/${n + 1}` as Credential;
    return { credential, doors: [1], fromDay: '2026-01-01', toDay: '2026-12-31' };
  });
  const setUp = { board: '1', doors: [], badgeNumbers: 'raw', cardCapacity: CARDS } as const;
  let stored = 0;
  const stores = Array.from({ length: COMPARED_BOARDS }, () => {
    let count = 0;
    const exchange = {
      request: (name: string) => {
        if (name === 'put-card') count += 1;
        if (name === 'put-card') stored += 1;
        return Promise.resolve({ ok: true, value: { ok: true, count } });
      },
    };
    const own = { setUp, clock, turns, exchange, timers: realTimers, timing: uhppoteTiming };
    return new CardStore(own as unknown as BoardContext, () => undefined);
  });
  const bringAll = async (cards: readonly StoredCard[], madeMs: number) => {
    for (const store of stores) {
      store.connect();
      void store.want(cards, madeMs);
    }
    while (stores.some((store) => store.list().madeMs !== madeMs)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  await bringAll(list, 1);
  stored = 0;
  const value = await longestTurnMs(bringAll(list.slice(), 2));
  const wrong = stored === 0 ? null : `${stored} cards were stored again`;
  const row = { row: 'card-list-held', unit: 'ms', better: 'less', bare: null } as const;
  return { ...row, value, bar: { atMost: 10 }, wrong };
}
