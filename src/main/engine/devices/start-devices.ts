import type { BoardId } from '../../../shared/domain/ids.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { SiteBoard } from '../../../shared/domain/site-board.ts';
import { createPcproxReaders } from './pcprox/driver.ts';
import type { Hid } from './pcprox/hid.ts';
import type { BoardSetUp, DriverDeps, GateBoard, ReaderSink, UnlistedBoard } from './ports.ts';
import { createUhppoteBoards } from './uhppote/boards.ts';
import type { OpenSocket } from './uhppote/transport.ts';

/** Where real boards push to: one port that a firewall can name, and not the boards' own 60000. */
const LISTEN_PORT = 60_001;

/** Every machine on the network that this one is on, and the port that boards listen on. */
const EVERYWHERE = { address: '255.255.255.255', port: 60_000 };

/** What the journal already holds of a board's events. */
export interface BoardHistory {
  readonly lastIndex: number;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

export interface Devices {
  readonly boards: ReadonlyMap<string, GateBoard>;
  /** Boards that answered a look round and that the site file does not name. */
  unlisted(): readonly UnlistedBoard[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Another USB and another network than this machine's. */
export interface Outside {
  readonly hid?: Hid | undefined;
  readonly openSocket?: OpenSocket | undefined;
}

/** Every driver that a site file names, not yet started. */
export function createDevices(
  site: Site,
  historyOf: (board: string) => BoardHistory,
  deps: DriverDeps,
  readerSink: ReaderSink,
  { hid, openSocket }: Outside = {},
): Devices {
  const common = (serial: BoardId): BoardSetUp => {
    const lanes = site.lanes.filter(({ board }) => board === serial);
    const doors = lanes.map(({ door, openS, passage }) => ({ door, openS, passage }));
    return { board: serial, doors, ...historyOf(serial) };
  };
  const setUps = boardsOf(site, 'uhppote').map((board) => {
    const { address, port, badgeNumbers, cardCapacity } = board;
    return { ...common(board.serial), address, port, badgeNumbers, cardCapacity };
  });
  const loopback = isLoopback(site);
  const bindAddress = loopback ? '127.0.0.1' : '0.0.0.0';
  const bindPort = loopback ? 0 : LISTEN_PORT;
  const options = { setUps, bindAddress, bindPort, deps, openSocket, discovery: discoveryAt(site) };
  const { boards, discovery } = createUhppoteBoards(options);
  const desk = site.readers.map(({ id, serial }) => ({ reader: id, serial }));
  const badges = { badges37: site.badges37 };
  const readers = createPcproxReaders({ setUps: desk, sink: readerSink, badges, hid });
  return {
    boards: new Map(boards.map((board) => [board.board, board])),
    unlisted: () => discovery?.found() ?? [],
    async start() {
      await Promise.all([...boards, ...readers].map((device) => device.start()));
      discovery?.start();
    },
    async stop() {
      discovery?.stop();
      await Promise.all([...boards, ...readers].map((device) => device.stop()));
    },
  };
}

/** The site's boards that one driver drives. */
function boardsOf<D extends SiteBoard['driver']>({ boards }: Site, driver: D) {
  return boards.filter((board): board is Extract<SiteBoard, { driver: D }> => {
    return board.driver === driver;
  });
}

function isLoopback({ boards }: Site): boolean {
  return boards.every((board) => board.address.startsWith('127.'));
}

/** Where boards that the site file does not name are asked for; null for nowhere. */
export function discoveryAt(site: Site): { address: string; port: number } | null {
  if (site.discovery !== undefined) return site.discovery;
  return isLoopback(site) ? null : EVERYWHERE;
}
