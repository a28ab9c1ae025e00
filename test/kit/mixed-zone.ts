/** A zone that mixes every driver: UHPPOTE, OSDP over TCP, Modbus TCP with readers on USB. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DriverDeps } from '../../src/main/engine/devices/ports.ts';
import { createDevices } from '../../src/main/engine/devices/start-devices.ts';
import type { Operations } from '../../src/main/engine/operations.ts';
import { realParts } from '../../src/main/engine/operations-parts.ts';
import { h10301 } from '../../src/shared/domain/credential.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Clock } from '../../src/shared/lib/clock.ts';
import type { Rng } from '../../src/shared/lib/rng.ts';
import { badgeOf } from '../../src/shared/wire/badges.ts';
import { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { ModuleGate } from '../../src/training/modbus/module-gate.ts';
import { TrainingModule } from '../../src/training/modbus/training-module.ts';
import { TrainingDevice } from '../../src/training/osdp/training-device.ts';
import { TrainingLine } from '../../src/training/osdp/training-line.ts';
import { KeyboardDevice } from '../../src/training/readers/keyboard-device.ts';
import { PcproxDevice } from '../../src/training/readers/pcprox-device.ts';
import { FakeHid } from './fake-hid.ts';
import { channel, moduleBoard } from './module-zone.ts';
import { smallSite } from './small-site.ts';
import { type Holder, startEngineIn, writeSmallSite } from './small-zone.ts';

const FIRST_SERIAL = 405_419_001;

export interface MixedZoneOptions {
  readonly clock: Clock;
  readonly holders: readonly Holder[];
  /** UHPPOTE boards of four doors. */
  readonly boards?: number | undefined;
  /** For the faults of boards and lines. */
  readonly rng?: Rng | undefined;
  /** Another device than a plain one on the OSDP line. */
  readonly osdp?: TrainingDevice | undefined;
  readonly change?: ((site: Site) => Site) | undefined;
  /** Puts something between the drivers and the engine. */
  readonly between?: ((sink: DriverDeps['sink']) => DriverDeps['sink']) | undefined;
}

export interface MixedZone {
  readonly dataDir: string;
  readonly site: Site;
  readonly boards: readonly TrainingBoard[];
  readonly device: TrainingDevice;
  readonly line: TrainingLine;
  readonly module: TrainingModule;
  readonly gates: { readonly in: ModuleGate; readonly out: ModuleGate };
  readonly readers: { readonly in: KeyboardDevice; readonly out: PcproxDevice };
  engine: Operations;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Which input of its device tells of a leaf of the OSDP gate: door 1's and door 2's. */
export const LEAVES = [0, 1] as const;
/** Which input of its module tells of a passage: of the way in, of the way out. */
const PASSAGES = { in: 2, out: 3 } as const;

/** Badge n as a reader types it: its bits as one number. */
export function typedOf(n: number): string {
  return String(must(badgeOf(h10301(1, n)), 'badge').value);
}

/** Where the devices listen. */
interface Places {
  readonly boards: readonly { serial: number; port: number }[];
  readonly line: { address: string; port: number };
  readonly module: { address: string; port: number };
}

/** The site's lanes of OSDP and Modbus lie beside the first board's, over the first line. */
function siteParts({ boards, line, module }: Places) {
  const plain = smallSite(boards);
  const [wayIn, wayOut] = [must(plain.lanes[0], 'lane'), must(plain.lanes[1], 'lane')];
  const sensor = { board: 'm-gate', passage: 'sensor' };
  const leaf = { board: 'o-gate', passage: 'door' };
  const lanes = [
    ...plain.lanes,
    { ...wayIn, ...leaf, id: 'o-in', door: 1 },
    { ...wayOut, ...leaf, id: 'o-out', door: 2 },
    { ...wayIn, ...sensor, id: 'm-in', door: 1 },
    { ...wayOut, ...sensor, id: 'm-out', door: 2 },
  ];
  const opening = 'until-passage';
  const doors = [
    { door: 1, opening, open: { channel: 0 }, inputs: { passageIn: { channel: PASSAGES.in } } },
    { door: 2, opening, open: { channel: 1 }, inputs: { passageOut: { channel: PASSAGES.out } } },
  ];
  const osdp = {
    ...{ serial: 'o-gate', driver: 'osdp', line, pd: 3, channel: { key: 'none' } },
    doors: [1, 2].map((door) => ({ door, output: door - 1, reader: door - 1 })),
    inputs: LEAVES.map((input) => ({ input, tells: 'contact', door: input + 1 })),
  };
  const at = { use: 'lane', badge: { as: 'decimal', bits: 26 } };
  const readers = [
    { ...at, id: 'r-in', driver: 'wedge', vendor: '076b', product: '5127', lane: 'm-in' },
    { id: 'r-out', use: 'lane', driver: 'pcprox', lane: 'm-out' },
  ];
  return {
    lanes,
    boards: [...plain.boards, osdp, moduleBoard(doors, { ...module, serial: 'm-gate' })],
    readers,
  };
}

export async function startMixedZone(options: MixedZoneOptions): Promise<MixedZone> {
  const { clock, rng, between = (sink) => sink } = options;
  const dir = mkdtempSync(join(tmpdir(), 'twoline-mixed-'));
  const wallMs = () => clock.wallMs();
  const boards = Array.from({ length: options.boards ?? 1 }, (_, i) => {
    return new TrainingBoard({ serial: FIRST_SERIAL + i, wallMs, rng: rng?.fork(`board ${i}`) });
  });
  const at = [];
  for (const board of boards) at.push({ serial: board.serial, port: (await board.start()).port });
  const device = options.osdp ?? new TrainingDevice({ address: 3, wallMs });
  const line = new TrainingLine({ devices: [device], rng: rng?.fork('line') });
  const module = new TrainingModule();
  const places = { boards: at, line: await line.listen(), module: await module.start() };
  const hid = new FakeHid();
  const readers = { in: new KeyboardDevice(), out: new PcproxDevice() };
  hid.plug('/dev/hidraw0', 'IN', readers.in);
  hid.plug('/dev/hidraw1', 'OUT', readers.out);
  const parts: typeof realParts = {
    ...realParts,
    createDevices: (site, historyOf, deps, readerSink) =>
      createDevices(site, historyOf, { ...deps, sink: between(deps.sink) }, readerSink, { hid }),
  };
  const more = siteParts(places);
  const { change, holders } = options;
  const siteFile = writeSmallSite(dir, at, holders, [], more, change);
  const dataDir = join(dir, 'data');
  const own = { dataDir, clock, safe: false, log: () => undefined, parts, waitsForBoards: true };
  const start = () => startEngineIn(siteFile, own);
  const passage = (n: number) => ({ passage: channel(n) });
  const zone: MixedZone = {
    ...{ dataDir, boards, device, line, module, readers },
    site: smallSite(at, more),
    gates: {
      in: new ModuleGate(module, { open: 0, ...passage(PASSAGES.in) }),
      out: new ModuleGate(module, { open: 1, ...passage(PASSAGES.out) }),
    },
    engine: await start(),
    async restart() {
      await zone.engine.stop();
      zone.engine = await start();
    },
    async close() {
      await zone.engine.stop();
      for (const board of boards) await board.stop();
      await line.close();
      await module.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return zone;
}
