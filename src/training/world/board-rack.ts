import { seededRng } from '../../shared/lib/rng.ts';
import type { Opening } from '../boards/openings.ts';
import { TrainingBoard } from '../boards/training-board.ts';
import { boardsFor, trainingSerial } from '../site/lanes.ts';
import type { Fault } from './faults.ts';
import type { WorldBoard } from './lane-door.ts';

/** Events that a training board keeps: an hour of the busiest board, so that a backlog is one. */
const EVENT_MEMORY = 50_000;
/** A fault shorter than this would not be noticed, real ms. */
const LEAST_FAULT_MS = 4000;

export interface RackOptions {
  readonly lanes: number;
  readonly trucks: number;
  readonly seed: string;
  readonly wallMs: () => number;
  /** Calendar ms per real ms. */
  readonly speed: () => number;
  readonly onOpening: (opening: Opening) => void;
}

export interface BoardRack {
  readonly boards: readonly WorldBoard[];
  /** Where they listen, in the order of their serials. */
  readonly addresses: readonly {
    readonly serial: WorldBoard['serial'];
    readonly address: string;
    readonly port: number;
  }[];
  readonly board: (serial: string) => WorldBoard | null;
  readonly befall: (fault: Fault) => void;
  readonly powerCut: (board: WorldBoard, forMs: number) => void;
  readonly networkCut: (board: WorldBoard, forMs: number) => void;
  readonly stop: () => Promise<void>;
}

/** Starts the zone's boards, each on a free UDP port of 127.0.0.1. Rejects where one cannot. */
export async function startBoards(options: RackOptions): Promise<BoardRack> {
  const boards: WorldBoard[] = [];
  const addresses: BoardRack['addresses'][number][] = [];
  const timers = new Set<NodeJS.Timeout>();
  for (let i = 0; i < boardsFor(options.lanes, options.trucks); i += 1) {
    const serial = trainingSerial(i);
    const board = new TrainingBoard({
      serial: Number(serial),
      wallMs: options.wallMs,
      eventMemory: EVENT_MEMORY,
      rng: seededRng(`${options.seed}/board/${serial}`),
      onOpening: options.onOpening,
    });
    boards.push({ serial, board, powered: true, plugged: true });
    addresses.push({ serial, ...(await board.start()) });
  }
  const later = (forMs: number, run: () => void) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        run();
      },
      Math.max(LEAST_FAULT_MS, forMs),
    );
    timers.add(timer);
  };
  const powerCut = (at: WorldBoard, forMs: number) => {
    if (!at.powered) return;
    at.powered = false;
    at.board.powerCut();
    later(forMs, () => {
      at.powered = true;
      at.board.powerOn();
      if (!at.plugged) at.board.unplug();
    });
  };
  const networkCut = (at: WorldBoard, forMs: number) => {
    if (!at.plugged) return;
    at.plugged = false;
    at.board.unplug();
    later(forMs, () => {
      at.plugged = true;
      if (at.powered) at.board.plug();
    });
  };
  const befall = (fault: Fault) => {
    if (fault.kind === 'door-forced') return;
    const at = boards[fault.board];
    if (at === undefined) return;
    const speed = Math.max(1, options.speed());
    if (fault.kind === 'clock-drift') at.board.shiftClock(fault.seconds * 1000 * speed);
    else if (fault.kind === 'power-cut') powerCut(at, (fault.minutes * 60_000) / speed);
    else networkCut(at, (fault.minutes * 60_000) / speed);
  };
  const stop = async () => {
    for (const timer of timers) clearTimeout(timer);
    await Promise.all(boards.map(({ board }) => board.stop()));
  };
  const board = (serial: string) => boards.find((one) => one.serial === serial) ?? null;
  return { boards, addresses, board, befall, powerCut, networkCut, stop };
}
