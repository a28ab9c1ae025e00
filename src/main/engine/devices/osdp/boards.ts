import type { SiteOsdpLine } from '../../../../shared/domain/site-board.ts';
import type { DriverDeps, GateBoard } from '../ports.ts';
import { realTimers, type Timers } from '../timers.ts';
import type { OsdpSetUp } from './context.ts';
import { OsdpBoard } from './driver.ts';
import { Line } from './line.ts';
import { type OsdpTiming, osdpTiming } from './timing.ts';
import { nameOf, type OpenWire, openWire } from './transport.ts';

export interface OsdpOptions {
  readonly setUps: readonly OsdpSetUp[];
  readonly deps: DriverDeps;
  readonly timers?: Timers | undefined;
  readonly timing?: OsdpTiming | undefined;
  readonly openWire?: OpenWire | undefined;
}

/**
 * All OSDP devices of a site. Each is a board of its own: it comes and goes alone, and has its own
 * doors, key and events; the line is only what several of them hang on.
 */
export function createOsdpBoards(options: OsdpOptions): readonly GateBoard[] {
  const timers = options.timers ?? realTimers;
  const timing = options.timing ?? osdpTiming;
  const lines = new Map<string, Line>();
  const lineOf = (place: SiteOsdpLine): Line => {
    const name = nameOf(place);
    const parts = { place, timers, timing, openWire: options.openWire ?? openWire };
    const line = lines.get(name) ?? new Line(parts);
    lines.set(name, line);
    return line;
  };
  const { deps } = options;
  return options.setUps.map((setUp) => {
    return new OsdpBoard({ setUp, deps, timers, timing, line: lineOf(setUp.line) });
  });
}
