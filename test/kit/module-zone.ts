import { createModbusBoards } from '../../src/main/engine/devices/modbus/boards.ts';
import type { ModbusSetUp } from '../../src/main/engine/devices/modbus/context.ts';
import { type ModbusTiming, modbusTiming } from '../../src/main/engine/devices/modbus/timing.ts';
import type { GateBoard, GateCommand } from '../../src/main/engine/devices/ports.ts';
import type { CommandId } from '../../src/shared/domain/ids.ts';
import { modbusMap } from '../../src/shared/domain/modbus-modules.ts';
import type { SiteModbusBoard } from '../../src/shared/domain/site-board.ts';
import { SiteBoard } from '../../src/shared/domain/site-board.ts';
import type { Clock } from '../../src/shared/lib/clock.ts';
import {
  TrainingModule,
  type TrainingModuleOptions,
} from '../../src/training/modbus/training-module.ts';
import { RecordingSink } from './gate-sink.ts';
import { realClock } from './real-clock.ts';

/** Times shortened where a test would otherwise wait; what is measured stays as in the product. */
export const quickModbus: ModbusTiming = {
  ...modbusTiming,
  lookEveryMs: 20,
  connectTimeoutMs: 200,
  requestTimeoutMs: 100,
  confirmTimeoutMs: 600,
  confirmEveryMs: 20,
  offlineAfterMs: 300,
  retryAfterMs: 50,
  graceMs: 100,
  leftAfterMs: 150,
  closePulseMs: 100,
};

/** Inputs of a training module by their channel, as the module has them. */
export const channel = (n: number) => ({ table: 'coil', at: 32 + n }) as const;

type Written = Record<string, unknown>;

/** A board of a site file on ICP DAS tM with these doors, read as the site file is. */
export function moduleBoard(doors: readonly Written[], more: Written = {}): SiteModbusBoard {
  const place = { serial: 'north-gate', driver: 'modbus', address: '127.0.0.1', port: 502 };
  const board = { ...place, unit: 1, module: 'icp-das-tm', doors, ...more };
  return SiteBoard.parse(board) as SiteModbusBoard;
}

/** A turnstile on channel 0 and a board fire input on channel 8. */
export const turnstile: Written = {
  door: 1,
  open: { channel: 0 },
  opening: 'until-passage',
  inputs: { contact: { channel: 1 } },
};

export interface ModuleZone {
  readonly board: GateBoard;
  readonly device: TrainingModule;
  readonly sink: RecordingSink;
  readonly clock: Clock;
  command(action: GateCommand['action'], more?: Partial<GateCommand>): GateCommand;
  stop(): Promise<void>;
}

export interface ModuleZoneOptions {
  readonly doors?: readonly Written[] | undefined;
  /** Further parts of the board in the site file. */
  readonly board?: Written | undefined;
  readonly passage?: 'sensor' | 'door' | 'relay' | undefined;
  readonly setUp?: Partial<ModbusSetUp> | undefined;
  readonly freeAlone?: boolean | undefined;
  readonly timing?: Partial<ModbusTiming> | undefined;
  readonly device?: TrainingModuleOptions | undefined;
  /** Called on the device before the driver starts. */
  readonly before?: ((device: TrainingModule) => void) | undefined;
}

let commandCount = 0;

/** One byte-level module on a free port of this machine, and the driver on it. */
export async function startModuleZone(options: ModuleZoneOptions = {}): Promise<ModuleZone> {
  const clock = realClock();
  const device = new TrainingModule({ monoMs: () => clock.monoMs(), ...options.device });
  const place = await device.start();
  options.before?.(device);
  const sink = new RecordingSink();
  const written = moduleBoard(options.doors ?? [turnstile], options.board);
  const { map } = modbusMap(written);
  const { passage = 'door', freeAlone = false } = options;
  const doors = map.doors.map(({ door }) => {
    return { door, openS: 1, passage, own: 'passageIn' as const, freeAlone };
  });
  const [board] = createModbusBoards({
    setUps: [
      {
        ...{ board: written.serial, ...place, unit: written.unit, doors, map },
        ...{ lastIndex: 0, gaps: [], ...options.setUp },
      },
    ],
    deps: { clock, sink },
    timing: { ...quickModbus, ...options.timing },
  });
  if (board === undefined) throw new Error('no board');
  await board.start();
  return {
    ...{ board, device, sink, clock },
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
export async function onlineModuleZone(options: ModuleZoneOptions = {}): Promise<ModuleZone> {
  const zone = await startModuleZone(options);
  await zone.sink.first('board-state', (state) => state.online);
  return zone;
}
