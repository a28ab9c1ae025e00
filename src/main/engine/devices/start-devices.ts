import type { DoorMode } from '../../../shared/domain/gate.ts';
import type { BoardId } from '../../../shared/domain/ids.ts';
import { modbusMap, ownPassage } from '../../../shared/domain/modbus-modules.ts';
import type { Site } from '../../../shared/domain/site.ts';
import { boardsOf } from '../../../shared/domain/site-board.ts';
import { isUsbReader } from '../../../shared/domain/site-reader.ts';
import { createModbusBoards } from './modbus/boards.ts';
import type { ModbusSetUp } from './modbus/context.ts';
import { createOsdpBoards } from './osdp/boards.ts';
import type { OsdpSetUp } from './osdp/context.ts';
import type { OpenWire } from './osdp/transport.ts';
import type {
  AttachedReaders,
  BoardSetUp,
  DriverDeps,
  GateBoard,
  ReaderSink,
  Told,
  UnlistedBoard,
} from './ports.ts';
import { createUhppoteBoards } from './uhppote/boards.ts';
import type { OpenSocket } from './uhppote/transport.ts';
import type { Hid } from './usb/hid.ts';
import { createUsbReaders } from './usb/readers.ts';
import type { Serial } from './usb/serial.ts';

/** Where real boards push to: one port that a firewall can name, and not the boards' own 60000. */
const LISTEN_PORT = 60_001;

/** Every machine on the network that this one is on, and the port that boards listen on. */
const EVERYWHERE = { address: '255.255.255.255', port: 60_000 };

/** What the journal already holds of a board's events. */
export interface BoardHistory {
  readonly lastIndex: number;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  /** The mode that a door was last shown in; null where that is not known. */
  modeOf?(door: number): DoorMode | null;
  /** True where the lane at that door leads against the direction of the site file. */
  isTurned?(door: number): boolean;
}

export interface Devices {
  readonly boards: ReadonlyMap<string, GateBoard>;
  /** Shows at a lane's own readers what was decided of whoever badged there. */
  tellReaders(lane: string, told: Told): void;
  /** Boards that answered a look round and that the site file does not name. */
  unlisted(): readonly UnlistedBoard[];
  /** Readers on this machine that the site file does not name. */
  attached(): AttachedReaders;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Another USB and another network than this machine's. */
export interface Outside {
  readonly hid?: Hid | undefined;
  readonly serial?: Serial | undefined;
  readonly openSocket?: OpenSocket | undefined;
  readonly openWire?: OpenWire | undefined;
}

/** Every driver that a site file names, not yet started. */
export function createDevices(
  site: Site,
  historyOf: (board: string) => BoardHistory,
  deps: DriverDeps,
  readerSink: ReaderSink,
  { hid, serial, openSocket, openWire }: Outside = {},
): Devices {
  const common = (serial: BoardId): BoardSetUp => {
    const lanes = site.lanes.filter(({ board }) => board === serial);
    const doors = lanes.map(({ door, openS, passage }) => ({ door, openS, passage }));
    const { gaps, lastIndex } = historyOf(serial);
    return { board: serial, doors, lastIndex, gaps };
  };
  const setUps = boardsOf(site, 'uhppote').map((board) => {
    const { address, port, badgeNumbers, cardCapacity, settings } = board;
    return { ...common(board.serial), address, port, badgeNumbers, cardCapacity, settings };
  });
  const loopback = isLoopback(site);
  const bindAddress = loopback ? '127.0.0.1' : '0.0.0.0';
  const bindPort = loopback ? 0 : LISTEN_PORT;
  const options = { setUps, bindAddress, bindPort, deps, openSocket, discovery: discoveryAt(site) };
  const { boards: uhppote, discovery } = createUhppoteBoards(options);
  const osdp = osdpSetUps(site, historyOf);
  const boards = [
    ...uhppote,
    ...createOsdpBoards({ setUps: osdp, deps, openWire }),
    ...createModbusBoards({ setUps: modbusSetUps(site, historyOf), deps }),
  ];
  const badges = { badges37: site.badges37 };
  const { readers, attached } = createUsbReaders({
    readers: site.readers.filter(isUsbReader),
    sink: readerSink,
    badges,
    hid,
    serial,
  });
  return {
    boards: new Map(boards.map((board) => [board.board, board])),
    tellReaders(lane, told) {
      const there = new Set(site.readers.filter((one) => one.lane === lane).map(({ id }) => id));
      for (const reader of readers) if (there.has(reader.reader)) reader.tell?.(told);
    },
    unlisted: () => discovery?.found() ?? [],
    attached: () => attached.now(),
    async start() {
      await Promise.all([...boards, ...readers].map((device) => device.start()));
      attached.start();
      discovery?.start();
    },
    async stop() {
      attached.stop();
      discovery?.stop();
      await Promise.all([...boards, ...readers].map((device) => device.stop()));
    },
  };
}

/** An OSDP device has only the doors that a lane leads through, and holds no mode by itself. */
function osdpSetUps(site: Site, historyOf: (board: string) => BoardHistory): OsdpSetUp[] {
  return boardsOf(site, 'osdp').map(({ channel, doors: parts, inputs, line, pd, serial }) => {
    const history = historyOf(serial);
    const { gaps, lastIndex } = history;
    const doors = parts.flatMap(({ back, door, output, reader }) => {
      const lane = site.lanes.find((one) => one.board === serial && one.door === door);
      if (lane === undefined) return [];
      const { openS, passage } = lane;
      const direction = lane.direction === 'out' ? ('out' as const) : ('in' as const);
      const mode = history.modeOf?.(door) ?? undefined;
      return [{ door, output, reader, back, openS, passage, direction, mode }];
    });
    const badges = { badges37: site.badges37 };
    return { board: serial, badges, channel, doors, inputs, line, pd, gaps, lastIndex };
  });
}

/** A module knows no modes and no lanes: what it is to do with its outputs is all ours. */
function modbusSetUps(site: Site, historyOf: (board: string) => BoardHistory): ModbusSetUp[] {
  return boardsOf(site, 'modbus').map((board) => {
    const { address, port, serial, unit } = board;
    const { gaps, isTurned, lastIndex, modeOf } = historyOf(serial);
    const lanes = site.lanes.filter((lane) => lane.board === serial);
    const doors = lanes.map(({ direction, door, onFailure, openS, passage, reversible }) => {
      const own = ownPassage(direction);
      const mode = modeOf?.(door) ?? undefined;
      // Its outputs' safe values are set once: one that may be turned to a way in stays shut.
      const freeAlone = onFailure === 'free' && reversible !== true;
      return { door, openS, passage, mode, own, freeAlone, isTurned: isTurned?.(door) };
    });
    const { map } = modbusMap(board);
    return { board: serial, address, port, unit, doors, map, gaps, lastIndex };
  });
}

/** True where every board that is asked over UDP is on this machine. */
function isLoopback(site: Site): boolean {
  return boardsOf(site, 'uhppote').every(({ address }) => address.startsWith('127.'));
}

/** Where boards that the site file does not name are asked for; null for nowhere. */
export function discoveryAt(site: Site): { address: string; port: number } | null {
  if (site.discovery !== undefined) return site.discovery;
  return isLoopback(site) ? null : EVERYWHERE;
}
