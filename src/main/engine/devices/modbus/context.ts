import type { ModbusMap } from '../../../../shared/domain/modbus-modules.ts';
import type { SiteModbusBoard } from '../../../../shared/domain/site-board.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import type { BoardDoor, BoardSetUp, GateSink } from '../ports.ts';
import type { Timers } from '../timers.ts';
import type { Exchange } from './exchange.ts';
import type { Seen } from './plan.ts';
import type { ModbusTiming } from './timing.ts';

/** What a door's lane says beside what every driver is told. */
export interface ModbusDoorSetUp extends BoardDoor {
  readonly own: 'passageIn' | 'passageOut';
  /** The lane leads the other way: the other sensor is its own. */
  readonly isTurned?: boolean | undefined;
  /** Whether the door is to stand free, not shut, while the module hears nothing of us. */
  readonly freeAlone: boolean;
}

/** What the site file says of a board, and what the journal holds of it. */
export interface ModbusSetUp
  extends Omit<BoardSetUp, 'doors'>,
    Pick<SiteModbusBoard, 'address' | 'port' | 'unit'> {
  readonly doors: readonly ModbusDoorSetUp[];
  readonly map: ModbusMap;
}

/** What the parts of one module's driver share. */
export interface BoardContext {
  readonly setUp: ModbusSetUp;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly timing: ModbusTiming;
  readonly sink: GateSink;
  readonly exchange: Exchange;
  readonly seen: Seen;
}
