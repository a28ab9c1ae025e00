import { join } from 'node:path';
import type { Badge, LateEvents } from './children/messages.ts';
import type { BenchContext } from './context.ts';
import { median, percentile } from './figures.ts';
import { HOLDERS, type LiveZone, startLiveZone } from './live-zone.ts';
import { BareGateProcess } from './processes.ts';
import type { Figure } from './row.ts';
import { cardOf } from './zone.ts';

/** Boards the engine has, and as many for the bare limit; each has two doors in. */
const BOARDS = 20;
const LATE_BOARDS = 8;
/** Badges a second on each side: ten times the mean of 300,000 crossings a day. */
const PER_SECOND = 35;
const PART_SECONDS = 5;
/** 100,000 late events in a minute. */
const DRAINED_PER_SECOND = 1_667;
/** How often it is looked whether all of it is there: between the badges, not after them. */
const LOOK_EVERY_MS = 100;

interface Latencies {
  readonly ours: number[];
  readonly bare: number[];
  missed: number;
}

/** Badge bytes on the socket to open-door bytes on the socket, over a whole engine. */
export async function measureBadgeToOpen(context: BenchContext): Promise<Figure[]> {
  const zone = await startLiveZone(context, { name: 'badge', boards: BOARDS, spare: BOARDS });
  const bare = await startBare(zone);
  try {
    const latencies: Latencies = { ours: [], bare: [], missed: 0 };
    await playPart(zone, { ours: [], bare: [], missed: 0 }, 0);
    for (let part = 1; part <= context.seconds / PART_SECONDS; part += 1) {
      await playPart(zone, latencies, part);
    }
    return figuresOf('badge-to-open', latencies);
  } finally {
    await bare.stop();
    await zone.stop();
  }
}

/** The same while the boards hand over what they recorded alone. */
export async function measureWithBacklog(context: BenchContext): Promise<Figure[]> {
  const perBoard = Math.ceil(context.late / LATE_BOARDS);
  const cards = Array.from({ length: HOLDERS / 2 }, (_, i) => cardOf(HOLDERS / 2 + i));
  const late: LateEvents = { boards: LATE_BOARDS, perBoard, cards };
  const name = 'badge-backlog';
  const zone = await startLiveZone(context, { name, boards: BOARDS, spare: BOARDS, late });
  const bare = await startBare(zone);
  const missing = zone.db.query<[], { n: number | null }>(
    'SELECT sum(to_index - from_index + 1) AS n FROM board_gap',
  );
  const left = () => missing.get()?.n ?? 0;
  let endedMs = 0;
  const looks = setInterval(() => {
    if (endedMs === 0 && left() === 0) endedMs = performance.now();
  }, LOOK_EVERY_MS);
  try {
    const beganMs = performance.now();
    const before = left();
    const latencies: Latencies = { ours: [], bare: [], missed: 0 };
    for (let part = 0; endedMs === 0; part += 1) {
      await playPart(zone, latencies, part);
      context.say(`${left()} late events left`);
    }
    const seconds = (endedMs - beganMs) / 1000;
    const drained: Figure = {
      ...{ row: 'backlog-drain', unit: 'events/s', better: 'more', bare: null },
      bar: { atLeast: DRAINED_PER_SECOND },
      ...{ value: before / seconds, wrong: before === 0 ? 'there was no backlog' : null },
    };
    return [...figuresOf('badge-to-open-backlog', latencies), drained];
  } finally {
    clearInterval(looks);
    await bare.stop();
    await zone.stop();
  }
}

async function startBare(zone: LiveZone): Promise<BareGateProcess> {
  const bare = new BareGateProcess();
  await bare.start(join(zone.dataDir, 'bare.db'), zone.spare);
  return bare;
}

/** Some seconds of badges, one at the engine's boards, one at the bare limit's, in turn. */
async function playPart(zone: LiveZone, latencies: Latencies, part: number): Promise<void> {
  const each = PER_SECOND * PART_SECONDS;
  const badges = Array.from({ length: 2 * each }, (_, n): Badge => {
    const lane = (n >> 1) % (2 * BOARDS);
    const board = (lane % BOARDS) + (n % 2) * BOARDS;
    const who = (part * each + (n >> 1)) % (HOLDERS / 2);
    const atMs = (n * 1000) / (2 * PER_SECOND);
    const door = lane < BOARDS ? 1 : 3;
    return { atMs, board, door, direction: 'in', card: cardOf(who) };
  });
  const { latencies: taken } = await zone.boards.play(badges);
  for (const [n, latency] of taken.entries()) {
    if (latency === null) latencies.missed += 1;
    else (n % 2 === 0 ? latencies.ours : latencies.bare).push(latency);
  }
}

function figuresOf(row: string, { ours, bare, missed }: Latencies): Figure[] {
  const wrong = missed === 0 ? null : `${missed} badges opened nothing within 5 s`;
  const both = { unit: 'ms', better: 'less', wrong } as const;
  const [p50, bare50] = [median(ours), median(bare)];
  const [p99, bare99] = [percentile(ours, 0.99), percentile(bare, 0.99)];
  return [
    { ...both, row: `${row}-p50`, value: p50, bare: bare50, bar: {} },
    { ...both, row: `${row}-p99`, value: p99, bare: bare99, bar: { atMost: 10 } },
  ];
}
