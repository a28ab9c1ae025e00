import type { GateBoard, GateCommand } from '../../src/main/engine/devices/ports.ts';
import { createUhppoteBoards } from '../../src/main/engine/devices/uhppote/boards.ts';
import type { UhppoteSetUp } from '../../src/main/engine/devices/uhppote/context.ts';
import { type UhppoteTiming, uhppoteTiming } from '../../src/main/engine/devices/uhppote/timing.ts';
import type { BoardId, CommandId } from '../../src/shared/domain/ids.ts';
import type { Clock } from '../../src/shared/lib/clock.ts';
import {
  TrainingBoard,
  type TrainingBoardOptions,
} from '../../src/training/boards/training-board.ts';
import { RecordingSink } from './gate-sink.ts';
import { realClock } from './real-clock.ts';

/** Times shortened where a test would otherwise wait; what is measured stays as in the product. */
export const quickTiming: UhppoteTiming = {
  ...uhppoteTiming,
  statusEveryMs: 100,
  statusTimeoutMs: 80,
  commandTimeoutMs: 200,
  readTimeoutMs: 100,
  confirmTimeoutMs: 600,
  confirmEveryMs: 20,
  offlineAfterMs: 300,
  retryAfterMs: 50,
  doorCheckEveryMs: 200,
};

export interface GateZone {
  readonly board: GateBoard;
  readonly device: TrainingBoard;
  readonly sink: RecordingSink;
  readonly clock: Clock;
  readonly port: number;
  counts(): { readonly garbage: number; readonly strangers: number };
  /** A gate command with a deadline that many ms from now. */
  command(action: GateCommand['action'], more?: Partial<GateCommand>): GateCommand;
  stop(): Promise<void>;
}

export interface GateZoneOptions {
  readonly setUp?: Partial<UhppoteSetUp> | undefined;
  readonly timing?: Partial<UhppoteTiming> | undefined;
  readonly device?: Partial<TrainingBoardOptions> | undefined;
  readonly clock?: Clock | undefined;
  /** Called on the device before the driver starts. */
  readonly before?: ((device: TrainingBoard) => void) | undefined;
}

let commandCount = 0;

/** One byte-level board on a free port of this machine, and the driver on it, online. */
export async function startGateZone(options: GateZoneOptions = {}): Promise<GateZone> {
  const clock = options.clock ?? realClock();
  const device = new TrainingBoard({
    serial: 423187757,
    wallMs: () => clock.wallMs(),
    monoMs: () => clock.monoMs(),
    ...options.device,
  });
  const { address, port } = await device.start();
  options.before?.(device);
  const sink = new RecordingSink();
  const zone = createUhppoteBoards({
    setUps: [
      {
        board: String(device.serial) as BoardId,
        address,
        port,
        badgeNumbers: '26-bit',
        cardCapacity: 1000,
        doors: [1, 2, 3, 4].map((door) => ({ door, openS: 1, passage: 'door' as const })),
        lastIndex: 0,
        gaps: [],
        ...options.setUp,
      },
    ],
    bindAddress: '127.0.0.1',
    bindPort: 0,
    deps: { clock, sink },
    timing: { ...quickTiming, ...options.timing },
  });
  const [board] = zone.boards;
  if (board === undefined) throw new Error('no board');
  await board.start();
  return {
    board,
    device,
    sink,
    clock,
    port,
    counts: () => zone.counts(),
    command: (action, more = {}) => {
      commandCount += 1;
      return {
        id: `G1-${commandCount}` as CommandId,
        door: 1,
        action,
        deadlineMonoMs: clock.monoMs() + 3000,
        openS: 1,
        ...more,
      };
    },
    stop: async () => {
      await board.stop();
      await device.stop();
    },
  };
}

/** The same, waited for until the board is online. */
export async function onlineGateZone(options: GateZoneOptions = {}): Promise<GateZone> {
  const zone = await startGateZone(options);
  await zone.sink.first('board-state', (state) => state.online);
  return zone;
}
