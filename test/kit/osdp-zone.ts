import { createOsdpBoards } from '../../src/main/engine/devices/osdp/boards.ts';
import type { OsdpSetUp } from '../../src/main/engine/devices/osdp/context.ts';
import { type OsdpTiming, osdpTiming } from '../../src/main/engine/devices/osdp/timing.ts';
import type { GateBoard, GateCommand } from '../../src/main/engine/devices/ports.ts';
import { h10301 } from '../../src/shared/domain/credential.ts';
import type { BoardId, CommandId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Clock } from '../../src/shared/lib/clock.ts';
import { badgeOf, leftJustified } from '../../src/shared/wire/badges.ts';
import {
  TrainingDevice,
  type TrainingDeviceOptions,
} from '../../src/training/osdp/training-device.ts';
import { TrainingLine } from '../../src/training/osdp/training-line.ts';
import { RecordingSink } from './gate-sink.ts';
import { realClock } from './real-clock.ts';

/** Times shortened where a test would otherwise wait. */
export const quickOsdp: OsdpTiming = {
  ...osdpTiming,
  replyTimeoutMs: 40,
  pollEveryMs: 5,
  statusEveryMs: 100,
  offlineAfterMs: 300,
  againAfterMs: 10,
  retryAfterMs: 50,
  busyPauseMs: 10,
  confirmTimeoutMs: 600,
  confirmEveryMs: 20,
  openTooLongMs: 50,
};

/** Inputs of a small zone's devices. */
export const wired = { contact: 0, passage: 1, tamper: 2, emergency: 3, forced: 4 } as const;

export interface OsdpZone {
  readonly boards: readonly GateBoard[];
  readonly devices: readonly TrainingDevice[];
  readonly line: TrainingLine;
  readonly sink: RecordingSink;
  readonly clock: Clock;
  /** The first of them. */
  readonly board: GateBoard;
  readonly device: TrainingDevice;
  command(action: GateCommand['action'], more?: Partial<GateCommand>): GateCommand;
  stop(): Promise<void>;
}

export interface OsdpZoneOptions {
  /** Devices on the line. */
  readonly count?: number | undefined;
  readonly setUp?: Partial<OsdpSetUp> | undefined;
  readonly timing?: Partial<OsdpTiming> | undefined;
  readonly device?: Partial<TrainingDeviceOptions> | undefined;
  /** Called before the driver starts. */
  readonly before?: ((zone: Pick<OsdpZone, 'devices' | 'line'>) => void) | undefined;
}

let commandCount = 0;

/** One or more byte-level devices on a line of this machine, and the driver on them. */
export async function startOsdpZone(options: OsdpZoneOptions = {}): Promise<OsdpZone> {
  const clock = realClock();
  const sink = new RecordingSink();
  const devices = Array.from({ length: options.count ?? 1 }, (_, i) => {
    const own = { wallMs: () => clock.wallMs(), monoMs: () => clock.monoMs() };
    return new TrainingDevice({ address: 5 + i, ...own, ...options.device });
  });
  const line = new TrainingLine({ devices });
  const place = await line.listen();
  options.before?.({ devices, line });
  const boards = createOsdpBoards({
    setUps: devices.map((device, i) => ({
      board: `gate-${i + 1}` as BoardId,
      line: place,
      pd: device.address,
      channel: { key: 'none' },
      doors: [
        { door: 1, openS: 1, passage: 'door', direction: 'in', output: 0, reader: 0 },
        { door: 2, openS: 1, passage: 'relay', direction: 'out', output: 1, reader: 1 },
      ],
      inputs: [
        { input: wired.contact, tells: 'contact', door: 1 },
        { input: wired.tamper, tells: 'tamper' },
        { input: wired.emergency, tells: 'emergency' },
        { input: wired.forced, tells: 'forced', door: 2 },
      ],
      badges: {},
      lastIndex: 0,
      gaps: [],
      ...options.setUp,
    })),
    deps: { clock, sink },
    timing: { ...quickOsdp, ...options.timing },
  });
  await Promise.all(boards.map((board) => board.start()));
  return {
    boards,
    devices,
    line,
    sink,
    clock,
    board: must(boards[0], 'a board'),
    device: must(devices[0], 'a device'),
    command: (action, more = {}) => {
      commandCount += 1;
      const id = `G1-${commandCount}` as CommandId;
      const deadlineMonoMs = clock.monoMs() + 3000;
      return { id, door: 1, action, deadlineMonoMs, openS: 1, ...more };
    },
    stop: async () => {
      await Promise.all(boards.map((board) => board.stop()));
      await line.close();
    },
  };
}

/** The same, waited for until every board is online. */
export async function onlineOsdpZone(options: OsdpZoneOptions = {}): Promise<OsdpZone> {
  const zone = await startOsdpZone(options);
  const up = () => new Set(zone.sink.all('board-state').filter((state) => state.online)).size;
  await zone.sink.until(() => up() >= zone.boards.length, 'every board online');
  return zone;
}

/** The bits of a 26-bit badge as a reader hands them over. */
export function badgeBits(facility: number, card: number) {
  const badge = must(badgeOf(h10301(facility, card)), 'a badge');
  return { count: badge.bits, bytes: leftJustified(badge) };
}
