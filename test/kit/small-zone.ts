import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReaderSink } from '../../src/main/engine/devices/ports.ts';
import { createDevices } from '../../src/main/engine/devices/start-devices.ts';
import type { Hid } from '../../src/main/engine/devices/usb/hid.ts';
import {
  type Operations,
  type OperationsOptions,
  startOperations,
} from '../../src/main/engine/operations.ts';
import { type OperationsParts, realParts } from '../../src/main/engine/operations-parts.ts';
import { loadSite } from '../../src/main/engine/site/load-site.ts';
import { resourcesDir } from '../../src/main/engine/site/resources.ts';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { spaceOf } from '../../src/main/engine/store/disk-space.ts';
import type { LongLog } from '../../src/main/engine/store/wal-watch.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Clock } from '../../src/shared/lib/clock.ts';
import { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { callerOf } from './caller.ts';
import { FakeHid } from './fake-hid.ts';
import { realClock } from './real-clock.ts';
import { type SmallBoard, smallSite } from './small-site.ts';

/** Holder n has permit SP-n, person P-n and the 26-bit badge 1/n. */
export interface Holder {
  readonly n: number;
  readonly class?: string | undefined;
  readonly status?: string | undefined;
  readonly validTo?: string | undefined;
  readonly hours?: string | undefined;
}

export interface SmallZoneOptions {
  readonly boards?: number | undefined;
  readonly watched?: readonly number[] | undefined;
  /** Events that each board keeps. */
  readonly eventMemory?: number | undefined;
  /** Started without drivers. */
  readonly safe?: boolean | undefined;
  /** False where the journal cannot say that the boards are on line. */
  readonly waitsForBoards?: boolean | undefined;
  /** USB with what is plugged in: the site then has a desk reader, `desk-1`. */
  readonly hid?: Hid | undefined;
  /** Further parts of the site file. */
  readonly site?: Parameters<typeof smallSite>[1] | undefined;
  /** The site file otherwise than it would be. */
  readonly change?: ((site: Site) => Site) | undefined;
  /** Another calendar than the zone's own, which runs with real time. */
  readonly clock?: Clock | undefined;
  /** When the journal's write-ahead log counts as long. */
  readonly longLog?: LongLog | undefined;
  /** How often the room on the disk is asked for: real ms. */
  readonly spaceEveryMs?: number | undefined;
  /** Given the journal's writing connection whenever an engine has opened it. */
  readonly onOpened?: ((db: WritableDb) => void) | undefined;
  /** Given what the engine hears its readers by. */
  readonly onReaders?: ((sink: ReaderSink) => void) | undefined;
  /** Called before the first start, when there is no journal yet. */
  readonly prepare?: ((dataDir: string) => void) | undefined;
}

export interface SmallZone {
  readonly dir: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly boards: readonly TrainingBoard[];
  /** What the engine said beside its journal. */
  readonly log: readonly string[];
  engine: Operations;
  /** Badge number of a holder as the boards report it. */
  badge(n: number): number;
  writePermits(holders: readonly Holder[]): void;
  /** Starts an engine on the zone's folder; rejects with the fault where it may not. */
  start(): Promise<Operations>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const PERMITS =
  'permit,person,credential,class,status,validFrom,validTo,areas,hours,enterprise,consentAt,trade';
const AHEAD = '2099-01-01T00:00+08:00';

export function permitsCsv(holders: readonly Holder[]): string {
  const rows = holders.map((holder) => {
    const { n, class: of = 'special-pass', status = 'active' } = holder;
    const { validTo = AHEAD, hours = '00:00-24:00' } = holder;
    const from = '2026-01-01T00:00+08:00';
    const who = `SP-${n},P-${n},h10301/1/${n},${of},${status}`;
    return `${who},${from},${validTo},loop,${hours},E-1,${from},engineer`;
  });
  return [PERMITS, ...rows, ''].join('\r\n');
}

/** Writes the site file and its datasets into a folder; returns the site file's path. */
export function writeSmallSite(
  dir: string,
  boards: readonly SmallBoard[],
  holders: readonly Holder[],
  watched: readonly number[] = [],
  more: Parameters<typeof smallSite>[1] = {},
  change: (site: Site) => Site = (site) => site,
): string {
  const siteFile = join(dir, 'site.json');
  writeFileSync(siteFile, JSON.stringify(change(smallSite(boards, more))));
  writeFileSync(join(dir, 'permits.csv'), permitsCsv(holders));
  writeFileSync(join(dir, 'persons.csv'), personsCsv(holders));
  writeFileSync(join(dir, 'watch-list.csv'), watchCsv(watched));
  writeFileSync(join(dir, 'clearances.csv'), 'person,line,from,to\n');
  return siteFile;
}

/** A whole engine on real boards over real UDP, in this process, without centre or screens. */
export async function startSmallZone(
  holders: readonly Holder[],
  options: SmallZoneOptions = {},
): Promise<SmallZone> {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-zone-'));
  const clock = options.clock ?? realClock();
  const boards: TrainingBoard[] = [];
  for (let i = 0; i < (options.boards ?? 1); i += 1) {
    const { eventMemory } = options;
    const serial = 405_419_001 + i;
    boards.push(new TrainingBoard({ serial, wallMs: () => clock.wallMs(), eventMemory }));
  }
  const at = [];
  for (const board of boards) at.push({ serial: board.serial, port: (await board.start()).port });
  const { hid, longLog } = options;
  const readers = hid === undefined ? [] : [{ id: 'desk-1', driver: 'pcprox', use: 'desk' }];
  const parts: OperationsParts = {
    ...realParts,
    createDevices: (site, historyOf, deps, readerSink) => {
      options.onReaders?.(readerSink);
      return createDevices(site, historyOf, deps, readerSink, { hid: hid ?? new FakeHid() });
    },
    longLog,
    disk: { spaceOf, everyMs: options.spaceEveryMs },
    openJournal(...given) {
      const opened = realParts.openJournal(...given);
      if (opened.ok) options.onOpened?.(opened.value.db);
      return opened;
    },
  };
  const more = { readers, ...options.site };
  const { change, watched = [] } = options;
  const siteFile = writeSmallSite(dir, at, holders, watched, more, change);
  const dataDir = join(dir, 'data');
  const log: string[] = [];
  const { safe = false, waitsForBoards = !safe } = options;
  options.prepare?.(dataDir);
  const start = () => {
    const say = (line: string) => void log.push(line);
    const own = { dataDir, clock, safe, log: say, parts };
    return startEngineIn(siteFile, { ...own, waitsForBoards });
  };
  const zone: SmallZone = {
    ...{ dir, dataDir, clock, boards, log, start },
    engine: await start(),
    badge: (n) => 100_000 + n,
    writePermits: (list) => writeFileSync(join(dir, 'permits.csv'), permitsCsv(list)),
    async restart() {
      await zone.engine.stop();
      zone.engine = await start();
    },
    async close() {
      await zone.engine.stop();
      for (const board of boards) await board.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return zone;
}

type StartOptions = Pick<OperationsOptions, 'dataDir' | 'clock' | 'safe' | 'log' | 'parts'>;

/** Starts an engine on a site file; rejects with the fault where it may not. */
export async function startEngineIn(
  siteFile: string,
  options: StartOptions & { readonly waitsForBoards: boolean },
): Promise<Operations> {
  const loaded = loadSite(siteFile, resourcesDir());
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  const own = { loaded: loaded.value, boot: randomUUID(), randomBytes };
  const started = await startOperations({ ...options, ...own });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  if (options.waitsForBoards) await boardsOnline(started.value);
  return started.value;
}

const NOTE = { checkpoint: null, lane: null, priority: 4, note: 'heard by telephone' };

/** An operator reports something, which is written at once. */
export function raiseIncident({ engine }: Pick<SmallZone, 'engine'>) {
  return engine.backend.command('incident.raise', NOTE, callerOf('operator'));
}

function personsCsv(holders: readonly Holder[]): string {
  const rows = holders.map(({ n }) => `P-${n},陳大文${n},Chan Tai Man ${n},Works Ltd,K${n}`);
  return ['person,nameZh,nameEn,employer,document', ...rows, ''].join('\n');
}

function watchCsv(watched: readonly number[]): string {
  const rows = watched.map((n) => `P-${n},to be spoken to,2026-01-01T00:00+08:00,${AHEAD}`);
  return ['person,reason,from,to', ...rows, ''].join('\n');
}

/** Resolves with the rows of a view once they are as wanted; for waiting on what screens see. */
export function viewUntil<R>(
  engine: Operations,
  name: string,
  wanted: (rows: ReadonlyMap<string, R>) => boolean,
  limitMs = 10_000,
): Promise<ReadonlyMap<string, R>> {
  return new Promise((resolve, reject) => {
    const rows = new Map<string, R>();
    const late = setTimeout(() => {
      reject(new Error(`view ${name} never became so: ${JSON.stringify([...rows.values()])}`));
    }, limitMs);
    const stop = engine.backend.watch(name, {}, callerOf('supervisor'), {
      update(update) {
        if (update.snapshot) rows.clear();
        for (const key of update.drop) rows.delete(key);
        for (const [key, row] of Object.entries(update.set)) rows.set(key, row as R);
        if (!wanted(rows)) return;
        clearTimeout(late);
        setImmediate(() => stop());
        resolve(rows);
      },
      end: () => undefined,
    });
  });
}

/** Resolves once the centre has everything that the console wrote. */
export function centreInStep({ engine }: Pick<SmallZone, 'engine'>): Promise<unknown> {
  return viewUntil<{ centre: { state: string; waiting: number } }>(engine, 'status', (rows) => {
    const now = rows.get('now')?.centre;
    return now?.state === 'in-step' && now.waiting === 0;
  });
}

function boardsOnline(engine: Operations): Promise<unknown> {
  const isOnline = (row: { type: string; online: boolean }) => row.type !== 'board' || row.online;
  return viewUntil<{ type: string; online: boolean }>(engine, 'devices', (rows) =>
    [...rows.values()].every(isOnline),
  );
}

/** Lets the first lane's board decide on its own cards, and starts the engine on that site. */
export async function withRoster(of: SmallZone): Promise<void> {
  const path = join(of.dir, 'site.json');
  const site = JSON.parse(readFileSync(path, 'utf8')) as { lanes: { offline: string }[] };
  must(site.lanes[0], 'lane').offline = 'roster';
  writeFileSync(path, JSON.stringify(site));
  await of.restart();
}
