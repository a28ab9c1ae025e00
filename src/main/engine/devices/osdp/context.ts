import type {
  SiteOsdpBoard,
  SiteOsdpInput,
  SiteOsdpLine,
} from '../../../../shared/domain/site-board.ts';
import type { Clock } from '../../../../shared/lib/clock.ts';
import type { BadgeRules } from '../../../../shared/wire/badges.ts';
import type { BoardDoor, BoardSetUp, GateSink } from '../ports.ts';
import type { Timers } from '../timers.ts';
import type { Link } from './link.ts';
import type { OsdpTiming } from './timing.ts';

/** A door, and the parts of the device that belong to it. */
export interface OsdpDoor extends BoardDoor {
  /** Which way its reader's badges go. */
  readonly direction: 'in' | 'out';
  readonly output: number;
  readonly reader: number;
  /** Its reader on the other side, whose badges go the other way. */
  readonly back?: number | undefined;
}

/** What the site file says of a device, and what the journal holds of it. */
export interface OsdpSetUp extends Omit<BoardSetUp, 'doors'> {
  readonly doors: readonly OsdpDoor[];
  readonly line: SiteOsdpLine;
  readonly pd: number;
  readonly channel: SiteOsdpBoard['channel'];
  readonly inputs: readonly SiteOsdpInput[];
  /** What the site says of its badges. */
  readonly badges: BadgeRules;
}

/** What the parts of one device's driver share. */
export interface DeviceContext {
  readonly setUp: OsdpSetUp;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly timing: OsdpTiming;
  readonly sink: GateSink;
  readonly link: Link;
}
