import type { Site } from '../../../shared/domain/site.ts';
import { createPcproxReaders } from './pcprox/driver.ts';
import type { Hid } from './pcprox/hid.ts';
import type { BoardSetUp, DriverDeps, GateBoard, ReaderSink } from './ports.ts';
import { createUhppoteBoards } from './uhppote/boards.ts';
import type { OpenSocket } from './uhppote/transport.ts';

/** Where real boards push to: one port that a firewall can name, and not the boards' own 60000. */
const LISTEN_PORT = 60_001;

/** What the journal already holds of a board's events. */
export interface BoardHistory {
  readonly lastIndex: number;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

export interface Devices {
  readonly boards: ReadonlyMap<string, GateBoard>;
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
  const setUps = site.boards.map((board): BoardSetUp => {
    const lanes = site.lanes.filter((lane) => lane.board === board.serial);
    const doors = lanes.map(({ door, openS, passage }) => ({ door, openS, passage }));
    const { serial, address, port, badgeNumbers, cardCapacity } = board;
    const known = historyOf(serial);
    return { board: serial, address, port, badgeNumbers, cardCapacity, doors, ...known };
  });
  const loopback = site.boards.every((board) => board.address.startsWith('127.'));
  const bindAddress = loopback ? '127.0.0.1' : '0.0.0.0';
  const bindPort = loopback ? 0 : LISTEN_PORT;
  const { boards } = createUhppoteBoards({ setUps, bindAddress, bindPort, deps, openSocket });
  const desk = site.readers.map(({ id, serial }) => ({ reader: id, serial }));
  const readers = createPcproxReaders({ setUps: desk, sink: readerSink, hid });
  return {
    boards: new Map(boards.map((board) => [board.board, board])),
    async start() {
      await Promise.all([...boards, ...readers].map((device) => device.start()));
    },
    async stop() {
      await Promise.all([...boards, ...readers].map((device) => device.stop()));
    },
  };
}
