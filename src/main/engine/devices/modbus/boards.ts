import type { DriverDeps, GateBoard } from '../ports.ts';
import { realTimers, type Timers } from '../timers.ts';
import type { ModbusSetUp } from './context.ts';
import { ModbusBoard } from './driver.ts';
import { type ModbusTiming, modbusTiming } from './timing.ts';

export interface ModbusOptions {
  readonly setUps: readonly ModbusSetUp[];
  readonly deps: DriverDeps;
  readonly timers?: Timers | undefined;
  readonly timing?: ModbusTiming | undefined;
}

/**
 * All Modbus modules of a site, each over a connection of its own, so that a slow or silent one
 * takes no turn from another; their looks are spread out in time.
 */
export function createModbusBoards({ setUps, deps, ...options }: ModbusOptions): GateBoard[] {
  const timing = options.timing ?? modbusTiming;
  const timers = options.timers ?? realTimers;
  return setUps.map((setUp, i) => {
    const offsetMs = Math.floor((i * timing.lookEveryMs) / setUps.length);
    return new ModbusBoard({ setUp, deps, timers, timing, offsetMs });
  });
}
