import type { DriverDeps, GateBoard } from '../ports.ts';
import { realTimers, type Timers } from '../timers.ts';
import type { UhppoteSetUp } from './context.ts';
import { Discovery } from './discovery.ts';
import { UhppoteBoard } from './driver.ts';
import { LoopTurns } from './loop-turns.ts';
import { Pace } from './pace.ts';
import { Slots } from './slots.ts';
import { limits, type UhppoteTiming, uhppoteTiming } from './timing.ts';
import { type OpenSocket, type TransportCounts, UhppoteTransport } from './transport.ts';

export interface UhppoteOptions {
  readonly setUps: readonly UhppoteSetUp[];
  /** The interface that boards reach us on; `0.0.0.0` for all of them. */
  readonly bindAddress: string;
  /** A fixed port, so that boards push to the same place after a restart; 0 takes a free one. */
  readonly bindPort: number;
  readonly deps: DriverDeps;
  /** Where boards that the site file does not name are asked for; nowhere by default. */
  readonly discovery?: { readonly address: string; readonly port: number } | null | undefined;
  readonly discoverEveryMs?: number | undefined;
  readonly timers?: Timers | undefined;
  readonly timing?: UhppoteTiming | undefined;
  /** How many requests leave in a second for all boards, commands and live reads apart. */
  readonly requestsPerSecond?: number | undefined;
  readonly openSocket?: OpenSocket | undefined;
}

export interface UhppoteBoards {
  readonly boards: readonly GateBoard[];
  /** Null where nobody is asked for. Started once the boards are. */
  readonly discovery: Discovery | null;
  /** Datagrams that belong to no configured board. */
  counts(): TransportCounts;
}

/** All UHPPOTE boards of a site, over one UDP socket, their status requests spread out in time. */
export function createUhppoteBoards(options: UhppoteOptions): UhppoteBoards {
  const { setUps, deps } = options;
  const timing = options.timing ?? uhppoteTiming;
  const timers = options.timers ?? realTimers;
  const { bindAddress, bindPort, openSocket } = options;
  const transport = new UhppoteTransport(bindAddress, bindPort, openSocket);
  const turns = new LoopTurns();
  const backlogSlots = new Slots(limits.boardsInBacklog);
  const perSecond = options.requestsPerSecond ?? limits.requestsPerSecond;
  const pace = new Pace(deps.clock, timers, perSecond);
  const boards = setUps.map((setUp, i) => {
    const offsetMs = Math.floor((i * timing.statusEveryMs) / setUps.length);
    return new UhppoteBoard({
      setUp,
      deps,
      timers,
      timing,
      transport,
      ...{ turns, backlogSlots, pace },
      offsetMs,
    });
  });
  const at = options.discovery ?? null;
  const { discoverEveryMs: everyMs } = options;
  const { clock } = deps;
  const discovery = at && new Discovery({ transport, at, clock, timers, everyMs });
  return { boards, discovery, counts: () => transport.counts() };
}
