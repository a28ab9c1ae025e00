import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Site, SiteCentre } from '../shared/domain/site.ts';
import { must } from '../shared/lib/assert.ts';
import { hkDay, hkTime } from '../shared/lib/hk-time.ts';
import { fail, ok, type Result } from '../shared/lib/result.ts';
import { type Opening, machineMonoMs } from './boards/openings.ts';
import { startTrainingCentre, type TrainingCentre } from './centre/training-centre.ts';
import { seedNumber } from './chance.ts';
import { startClockServer } from './clock/clock-server.ts';
import { nextSpeed } from './clock/governor.ts';
import { TrainingClock } from './clock/training-clock.ts';
import { carryOut, type CentreSwitch } from './control/carry-out.ts';
import { startControl } from './control/control-server.ts';
import { OpeningsFile } from './openings-file.ts';
import type { TrainingOptions } from './options.ts';
import { writePeople } from './people/files.ts';
import type { Population } from './people/holder.ts';
import { demandOf, parseDemand } from './plan/demand-file.ts';
import { type DemandSource, weekdayDemand } from './plan/weekday.ts';
import { trainingSite } from './site/training-site.ts';
import { loadState, saveState } from './state-file.ts';
import { type BoardRack, startBoards } from './world/board-rack.ts';
import { laneDoorOf } from './world/lane-door.ts';
import type { RealTime } from './world/lane-runner.ts';
import { World } from './world/world.ts';

/** An engine that has not asked the time for this long is taken to be away, real ms. */
const ENGINE_AWAY_MS = 5000;
/** The calendar stops this long after people stopped, so that what they did is still live. */
const PAUSE_AFTER_MS = 1000;
const SAVE_EVERY_MS = 5000;
/** The centre may take longer to end than the zone may; it is then left to the next run. */
const CENTRE_STOP_MS = 1300;

export interface ZoneDeps {
  /** resources/central. */
  readonly ddlFolder: string;
  readonly progress: (text: string) => void;
}

export interface ZoneRun {
  readonly siteFile: string;
  readonly stop: () => Promise<void>;
}

const realTime: RealTime = {
  monoMs: machineMonoMs,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

function demandFrom(path: string | null, progress: ZoneDeps['progress']): Result<DemandSource> {
  if (path === null) return ok(weekdayDemand);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('demand-file', `the demand file cannot be read: ${why}`, path);
  }
  const table = parseDemand(text, path);
  if (!table.ok) return table;
  for (const { text: told } of table.value.faults) progress(told);
  if (table.value.badRows > 0) progress(`${path}: ${table.value.badRows} rows left out`);
  return demandOf(table.value, path);
}

function writeWhole(path: string, value: object): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(temporary, path);
}

/** The training centre of a zone, which may be absent, stopped and started again. */
class CentreHolder implements CentreSwitch {
  readonly #options: TrainingOptions;
  readonly #deps: ZoneDeps;
  #running: TrainingCentre | null = null;

  constructor(options: TrainingOptions, deps: ZoneDeps) {
    this.#options = options;
    this.#deps = deps;
  }

  login(): SiteCentre | null {
    return this.#running?.login ?? null;
  }

  readonly start = async (): Promise<Result<object>> => {
    if (!this.#options.centre) return fail('no-centre', 'this zone was started without a centre');
    if (this.#running !== null) return ok({});
    const started = await startTrainingCentre({
      folder: join(this.#options.data, 'centre'),
      ddlFolder: this.#deps.ddlFolder,
      consoleId: this.#options.consoleId,
      log: this.#deps.progress,
    });
    if (!started.ok) return started;
    this.#running = started.value;
    return ok({});
  };

  readonly stop = async (): Promise<Result<object>> => {
    const running = this.#running;
    this.#running = null;
    await running?.stop();
    return ok({});
  };
}

/** Everything that runs once the site file stands: the world, its speed, its control, its memory. */
async function bringToLife(
  options: TrainingOptions,
  site: Site,
  parts: {
    readonly world: World;
    readonly rack: BoardRack;
    readonly clock: TrainingClock;
    readonly centre: CentreHolder;
    readonly openings: OpeningsFile;
    readonly beat: { run: () => void };
    readonly engineHere: () => boolean;
    readonly closeClock: () => Promise<void>;
  },
): Promise<ZoneRun> {
  const { world, rack, clock, centre, openings } = parts;
  const folder = options.data;
  let stopped = false;
  let longestBefore = 0;
  parts.beat.run = () => {
    if (world.isPaused()) return;
    const longestQueue = world.longestQueue();
    const p95Ms = world.meter.p95Ms();
    const load = { p95Ms, longestQueue, longestBefore, engineHere: parts.engineHere() };
    longestBefore = longestQueue;
    clock.setSpeed(nextSpeed(options.speed, clock.speed(), load));
  };
  const pause = () => {
    world.pause();
    realTime.after(PAUSE_AFTER_MS, () => {
      if (world.isPaused()) clock.setSpeed(0);
    });
  };
  const resume = () => {
    if (clock.speed() === 0) clock.setSpeed(Math.min(1, options.speed));
    world.resume();
  };
  const controlled = { folder, world, rack, clock, centre, pause, resume };
  const control = await startControl((order) => carryOut(controlled, order));
  const save = () => {
    const { seed, people } = options;
    saveState(folder, { wallMs: clock.wallMs(), seed, people, places: world.crowd.bytes() });
  };
  const siteFile = join(folder, 'site.json');
  writeWhole(siteFile, site);
  writeWhole(join(folder, 'training.json'), {
    v: 1,
    pid: process.pid,
    control: { address: control.address, port: control.port },
    openings: openings.path,
    siteFile,
  });
  const saving = setInterval(save, SAVE_EVERY_MS);
  world.start();
  return {
    siteFile,
    stop: async () => {
      if (stopped) return;
      stopped = true;
      world.stop();
      clearInterval(saving);
      const centreStopped = centre.stop();
      await Promise.all([control.close(), parts.closeClock(), rack.stop()]);
      openings.close();
      save();
      await Promise.race([
        centreStopped,
        new Promise((done) => setTimeout(done, CENTRE_STOP_MS).unref()),
      ]);
    },
  };
}

/** The day the calendar begins with: where an earlier run in this folder ended, if that is later. */
function startOf(options: TrainingOptions, progress: ZoneDeps['progress']) {
  const saved = loadState(options.data);
  if (saved === null || saved.wallMs <= options.fromMs) {
    const same = saved?.seed === options.seed && saved.people === options.people;
    return { wallMs: options.fromMs, places: same ? saved.places : null };
  }
  const { wallMs, seed, people } = saved;
  progress(`the zone goes on at ${hkDay(wallMs)} ${hkTime(wallMs)}, where it was left`);
  const same = seed === options.seed && people === options.people;
  return { wallMs, places: same ? saved.places : null };
}

/**
 * Starts the whole training zone in its folder: boards, clock, centre, people, site file, world.
 * Resolves when all of them stand. Faults name what is missing; where no PostgreSQL can be had the
 * zone runs without a centre and says so.
 */
export async function startZone(
  options: TrainingOptions,
  deps: ZoneDeps,
): Promise<Result<ZoneRun>> {
  const { progress } = deps;
  const data = resolve(options.data);
  mkdirSync(data, { recursive: true });
  const setting = { ...options, data };
  const demand = demandFrom(options.demand, progress);
  if (!demand.ok) return demand;
  const start = startOf(setting, progress);
  const clock = new TrainingClock(start.wallMs, Math.min(1, options.speed), machineMonoMs);
  const beat: { run: () => void } = { run: () => undefined };
  const clockServer = await startClockServer(clock, options.speed, () => beat.run());
  const openings = new OpeningsFile(data);
  let world: World | null = null;
  const onOpening = (opening: Opening) => {
    openings.add(opening);
    world?.onOpening(opening);
  };
  const rack = await startBoards({
    ...{ lanes: options.lanes, seed: options.seed, onOpening },
    ...{ wallMs: () => clock.wallMs(), speed: () => clock.speed() },
  });
  const population: Population = {
    seed: seedNumber(options.seed),
    people: options.people,
    year: Number(hkDay(start.wallMs).slice(0, 4)),
  };
  const centre = new CentreHolder(setting, deps);
  const people = writePeople(data, population, (made) => {
    if (options.people > 50_000) progress(`people: ${made} of ${options.people}`);
  });
  if (options.centre) {
    const started = await centre.start();
    if (!started.ok) progress(`no centre, the zone runs without one: ${started.fault.text}`);
  }
  await people;
  const site = trainingSite({
    ...{ consoleId: options.consoleId, lanes: options.lanes, people: options.people },
    ...{ boards: rack.addresses, centre: centre.login() },
    clock: { address: clockServer.address, port: clockServer.port },
  });
  const boardOf = (serial: string) => must(rack.board(serial), `board ${serial}`);
  world = new World(
    {
      ...{ site, clock, time: realTime, plan: { population, demand: demand.value } },
      doors: site.lanes.map((lane) => laneDoorOf(lane, boardOf(lane.board))),
      onFault: rack.befall,
    },
    start.places,
  );
  const engineHere = () => clockServer.quietMs() < ENGINE_AWAY_MS;
  const closeClock = clockServer.close;
  const parts = { world, rack, clock, centre, openings, beat, engineHere, closeClock };
  return ok(await bringToLife(setting, site, parts));
}
