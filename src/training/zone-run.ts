import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { must } from '../shared/lib/assert.ts';
import { hkDay, hkDayTime } from '../shared/lib/hk-time.ts';
import { fail, ok, type Result } from '../shared/lib/result.ts';
import { machineMonoMs, type Opening } from './boards/openings.ts';
import { CentreHolder } from './centre-holder.ts';
import { seedNumber } from './chance.ts';
import { startClockServer } from './clock/clock-server.ts';
import { TrainingClock } from './clock/training-clock.ts';
import { writeFreight } from './freight/files.ts';
import type { Freight } from './freight/trips.ts';
import { bringToLife, type ZoneRun } from './live-zone.ts';
import { OpeningsFile } from './openings-file.ts';
import type { TrainingOptions } from './options.ts';
import { writePeople } from './people/files.ts';
import type { Population } from './people/holder.ts';
import { demandOf, parseDemand } from './plan/demand-file.ts';
import { type DemandSource, dayNumberOf, weekdayDemand } from './plan/weekday.ts';
import { trainingCodeKey } from './site/code-key.ts';
import { trainingSite } from './site/training-site.ts';
import { loadState } from './state-file.ts';
import { startBoards } from './world/board-rack.ts';
import { laneDoorOf } from './world/lane-door.ts';
import type { RealTime } from './world/lane-runner.ts';
import { World } from './world/world.ts';

/** An engine that has not asked the time for this long is taken to be away, real ms. */
const ENGINE_AWAY_MS = 5000;

/** Zones with more people than this tell how far they are. */
const TOLD_FROM = 50_000;

export interface ZoneDeps {
  /** resources/central. */
  readonly ddlFolder: string;
  readonly progress: (text: string) => void;
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

/** Where the calendar begins: where an earlier run in this folder ended, if that is later. */
function startOf(options: TrainingOptions, progress: ZoneDeps['progress']) {
  const saved = loadState(options.data);
  const same = saved?.seed === options.seed && saved.people === options.people;
  const { places, trucksInside } = same ? saved : { places: null, trucksInside: [] };
  if (saved === null || saved.wallMs <= options.fromMs) {
    return { wallMs: options.fromMs, places, trucksInside };
  }
  progress(`the zone goes on at ${hkDayTime(saved.wallMs)}, where it was left`);
  return { wallMs: saved.wallMs, places, trucksInside };
}

/** The trucks that were asked for: they have time slots from the first day of the calendar on. */
function freightOf({ fromMs, trucks }: TrainingOptions, { people, seed }: Population) {
  const freight: Freight = { seed, people, trucks, fromDay: dayNumberOf(fromMs) };
  return trucks === 0 ? null : freight;
}

/** Large zones take a while to make: tells how far it is, ten times. */
function everyTenth(people: number, progress: ZoneDeps['progress']): (made: number) => void {
  let told = 0;
  return (made) => {
    const tenth = Math.floor((10 * made) / people);
    if (people > TOLD_FROM && tenth > told) progress(`people: ${made} of ${people}`);
    told = tenth;
  };
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
    ...{ lanes: options.lanes, trucks: options.trucks, seed: options.seed, onOpening },
    ...{ wallMs: () => clock.wallMs(), speed: () => clock.speed() },
  });
  const population: Population = {
    seed: seedNumber(options.seed),
    people: options.people,
    year: Number(hkDay(start.wallMs).slice(0, 4)),
    regime: options.regime,
  };
  const centre = new CentreHolder(setting, deps.ddlFolder, progress);
  const freight = freightOf(options, population);
  const people = writePeople(data, population, everyTenth(options.people, progress), freight);
  if (options.centre) {
    const started = await centre.start();
    if (!started.ok) progress(`no centre, the zone runs without one: ${started.fault.text}`);
  }
  await people;
  if (freight !== null) await writeFreight(data, freight, population.year);
  const site = trainingSite({
    ...{ consoleId: options.consoleId, lanes: options.lanes, people: options.people },
    trucks: options.trucks,
    ...{ boards: rack.addresses, centre: centre.login() },
    clock: { address: clockServer.address, port: clockServer.port },
    codeKey: trainingCodeKey(data),
    regime: options.regime,
  });
  const boardOf = (serial: string) => must(rack.board(serial), `board ${serial}`);
  world = new World(
    {
      ...{ site, clock, time: realTime, plan: { population, demand: demand.value } },
      ...{ freight, trucksInside: start.trucksInside },
      doors: site.lanes.map((lane) => laneDoorOf(lane, boardOf(lane.board))),
      onFault: rack.befall,
    },
    start.places,
  );
  const engineHere = () => clockServer.quietMs() < ENGINE_AWAY_MS;
  const closeClock = clockServer.close;
  const parts = { world, rack, clock, centre, openings, beat, engineHere, closeClock };
  return ok(await bringToLife({ ...parts, options: setting, site, time: realTime }));
}
