import { z } from 'zod';
import { Badges37 } from './credential.ts';
import { AreaId, BoardId, CheckpointId, ConsoleId, LaneId } from './ids.ts';
import { Direction, Line, SubjectKind } from './line.ts';
import { DatasetName } from './permit.ts';
import { Place } from './place.ts';
import { Retention } from './retention.ts';
import { SiteBoard } from './site-board.ts';
import { SiteCodes } from './site-codes.ts';
import { SiteReader } from './site-reader.ts';
import { Text3 } from './text.ts';
import { VirtualArea } from './virtual-area.ts';

/** [longitude, latitude], WGS84 degrees. */
export const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
export type Position = z.infer<typeof Position>;

const Area = z.strictObject({
  id: AreaId,
  name: Text3,
  /** Persons: at `soft` it warns, at `hard` a crossing in is referred. */
  capacity: z.strictObject({ soft: z.number().int().min(0), hard: z.number().int().min(0) }),
  outline: z.array(Position).min(3).max(2000),
  /** True where the outline is invented (training): the map says so. */
  fictional: z.boolean(),
});

const Checkpoint = z.strictObject({
  id: CheckpointId,
  name: Text3,
  line: Line,
  position: Position,
});

const Offline = z.enum(['deny', 'roster']);
const OnFailure = z.enum(['shut', 'free']);

/**
 * What a lane does alone unless its site file says otherwise: nobody comes in unseen, nobody is
 * kept in. An inner passage is a way into an area.
 */
const ALONE: Readonly<
  Record<Direction, { offline: z.infer<typeof Offline>; onFailure: z.infer<typeof OnFailure> }>
> = {
  in: { offline: 'deny', onFailure: 'shut' },
  across: { offline: 'deny', onFailure: 'shut' },
  out: { offline: 'roster', onFailure: 'free' },
};

const WrittenLane = z.strictObject({
  id: LaneId,
  name: Text3,
  checkpoint: CheckpointId,
  direction: Direction,
  from: Place,
  to: Place,
  takes: z.array(SubjectKind).min(1),
  board: BoardId,
  door: z.number().int().min(1).max(4),
  /**
   * Its gate and readers are fit for both ways: a supervisor may turn it. A board alone cannot tell
   * which way somebody goes, so such a lane is never opened by cards that its board holds.
   */
  reversible: z.boolean().optional(),
  /** What tells that somebody went through. */
  passage: z.enum(['sensor', 'door', 'relay']),
  /** Seconds the relay stays open for one crossing. */
  openS: z.number().int().min(1).max(60),
  /**
   * At a lane for vehicles: seconds within which the vehicle's tag and its driver's badge must both
   * be read, in either order. Left out: 30.
   */
  pairWithinS: z.number().int().min(1).max(300).optional(),
  /** Which cards the board may decide on alone when the console is silent. */
  offline: Offline.optional(),
  /** What the lane does when the journal cannot be written. */
  onFailure: OnFailure.optional(),
});
const Lane = WrittenLane.transform((lane) => ({
  ...lane,
  offline: lane.offline ?? (lane.reversible ? 'deny' : ALONE[lane.direction].offline),
  onFailure: lane.onFailure ?? ALONE[lane.direction].onFailure,
}));

/** A reversible lane as it is while it is turned: what it does alone is what its way then needs. */
export function turned(lane: SiteLane): SiteLane {
  const direction = lane.direction === 'in' ? 'out' : 'in';
  const { onFailure } = ALONE[direction];
  return { ...lane, direction, from: lane.to, to: lane.from, offline: 'deny', onFailure };
}

const Centre = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  database: z.string().min(1).max(63),
  user: z.string().min(1).max(63),
  /** Loopback training centres only; a real centre knows a console by its certificate. */
  password: z.string().max(200).optional(),
  /** Folder with ca.pem, cert.pem and key.pem, relative to the site file. */
  certificates: z.string().min(1).max(200).optional(),
});

const SiteMap = z.strictObject({
  centre: Position,
  zoom: z.number().min(1).max(22),
  /** The river or coast the first line follows, drawn as background. */
  water: z.array(z.array(Position).min(2)).max(16),
  lines: z.array(z.strictObject({ line: Line, path: z.array(Position).min(2).max(2000) })).max(64),
  attribution: z.string().max(200),
  /** A Mapbox access token switches the map engine to mapbox-gl. */
  mapboxToken: z.string().max(200).optional(),
  styleUrl: z.url().optional(),
  /** Hosts the renderer may load map data from; none by default. */
  hosts: z.array(z.string().max(253)).max(8),
});

const Training = z.strictObject({
  /** UDP address of the training clock, which tells the calendar time and its speed. */
  clock: z.strictObject({ address: z.ipv4(), port: z.number().int().min(1).max(65_535) }),
});

const Percent = z.number().min(0).max(100);

const Disk = z
  .strictObject({
    lowPercent: Percent,
    veryLowPercent: Percent,
    ballastMegabytes: z.number().int().min(0).max(10_000),
  })
  .refine(({ lowPercent, veryLowPercent }) => veryLowPercent <= lowPercent, {
    path: ['veryLowPercent'],
    message: 'is above lowPercent: very low is the smaller of the two',
  });

/** Released goods that are audited afterwards: which, and within how many days. */
const Goods = z.strictObject({
  /** Stated before the crossings that it decides on, by whoever orders the audits. */
  auditSeed: z.string().min(8).max(64),
  auditWithinDays: z.number().int().min(1).max(365),
});

/** A lane of vehicles alone: it takes a tag and a badge together. */
export function isForVehicles({ takes }: Pick<SiteLane, 'takes'>): boolean {
  return takes.includes('vehicle') && !takes.includes('person');
}

/** Who keeps the key of the data folder. */
const Encryption = z.discriminatedUnion('key', [
  z.strictObject({
    key: z.literal('file'),
    /** Relative to the site file. Left out: beside the data folder, `DIR.key`. */
    keyFile: z.string().min(1).max(200).optional(),
  }),
  /** The operating system's key store, which only the window can ask. */
  z.strictObject({ key: z.literal('system') }),
]);

export const SiteShape = z.strictObject({
  id: z.string().min(1).max(64),
  version: z.number().int().min(1),
  name: Text3,
  /** True only for the training zone: built-in users exist and the screens say so. */
  training: z.union([z.literal(false), Training]),
  console: ConsoleId,
  /** A file in resources/regimes without its ending, or a path relative to the site file. */
  regime: z.string().min(1).max(200),
  areas: z.array(Area).min(1).max(32),
  /** Areas without gates: what is there is declared and filed, never read. */
  virtualAreas: z.array(VirtualArea).max(16).optional(),
  checkpoints: z.array(Checkpoint).min(1).max(128),
  lanes: z.array(Lane).min(1).max(300),
  /**
   * Groups of lanes of which only one may be open or on the way to it, whatever their boards and
   * lines: an airlock. An order to evacuate or to set free on fire goes before it.
   */
  interlocks: z.array(z.array(LaneId).min(2).max(16)).max(64).optional(),
  boards: z.array(SiteBoard).min(1).max(128),
  /**
   * Where boards that this file does not name are asked for: a broadcast address. Left out: the
   * network that the machine is on, and nowhere where all boards are on this machine.
   */
  discovery: z
    .strictObject({ address: z.ipv4(), port: z.number().int().min(1).max(65_535) })
    .nullable()
    .optional(),
  readers: z.array(SiteReader).max(32),
  /** Which format its badges of 37 bits have. Left out: such a badge is refused, in words. */
  badges37: Badges37.optional(),
  /**
   * Folder of the log that is kept while the journal cannot be written, relative to the site file:
   * on another disk than the data. Left out: beside the data folder.
   */
  emergencyFolder: z.string().min(1).max(200).optional(),
  /**
   * The disk that the journal lies on: at which free percent a person is told, and how many MB are
   * kept in reserve for when it is full. Left out: 20, 10 and 64.
   */
  disk: Disk.optional(),
  /**
   * The journal goes on in another file each month, and where a file has grown to so many MB. Left
   * out: 16,384.
   */
  segmentMegabytes: z.number().int().min(1).max(1_000_000).optional(),
  /** Permits shown as a signed QR code. Left out: none is taken. */
  codes: SiteCodes.optional(),
  /** How long personal data is kept, and by what law. Left out: until somebody erases it. */
  retention: Retention.optional(),
  /** Needed where a lane takes vehicles alone. */
  goods: Goods.optional(),
  /** The data folder is encrypted from its first start on. Left out: it is not. */
  encryption: Encryption.optional(),
  /** Files beside the site file that hold the reference data, loaded when they change. */
  datasets: z.partialRecord(DatasetName, z.string().min(1).max(200)),
  centre: Centre.nullable(),
  map: SiteMap,
});
export type Site = z.infer<typeof SiteShape>;
export type SiteArea = z.infer<typeof Area>;
export type SiteCheckpoint = z.infer<typeof Checkpoint>;
export type SiteLane = z.infer<typeof Lane>;
export type SiteCentre = z.infer<typeof Centre>;
export type SiteDisk = z.infer<typeof Disk>;
export type SiteEncryption = z.infer<typeof Encryption>;
