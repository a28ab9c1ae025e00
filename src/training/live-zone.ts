import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../shared/domain/site.ts';
import type { CentreHolder } from './centre-holder.ts';
import { nextSpeed } from './clock/governor.ts';
import type { TrainingClock } from './clock/training-clock.ts';
import { carryOut } from './control/carry-out.ts';
import { startControl } from './control/control-server.ts';
import type { OpeningsFile } from './openings-file.ts';
import type { TrainingOptions } from './options.ts';
import { saveState } from './state-file.ts';
import type { BoardRack } from './world/board-rack.ts';
import type { RealTime } from './world/lane-runner.ts';
import type { World } from './world/world.ts';

/** The calendar stops this long after people stopped, so that what they did is still live. */
const PAUSE_AFTER_MS = 1000;
const SAVE_EVERY_MS = 5000;
/** The centre may take longer to end than the zone may; it is then left to the next run. */
const CENTRE_STOP_MS = 1300;

export interface ZoneRun {
  readonly siteFile: string;
  readonly stop: () => Promise<void>;
}

/** What was started already, to be brought together. */
export interface ZoneParts {
  readonly options: TrainingOptions;
  readonly site: Site;
  readonly world: World;
  readonly rack: BoardRack;
  readonly clock: TrainingClock;
  readonly time: RealTime;
  readonly centre: CentreHolder;
  readonly openings: OpeningsFile;
  /** Runs right before each push of the clock, four times a second. */
  readonly beat: { run: () => void };
  /** Whether somebody follows the clock. */
  readonly engineHere: () => boolean;
  readonly closeClock: () => Promise<void>;
}

function writeWhole(path: string, value: object): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(temporary, path);
}

/** Holds the calendar's speed to what keeps decisions in time. */
function govern({ options, world, clock, engineHere }: ZoneParts): () => void {
  let longestBefore = 0;
  return () => {
    if (world.isPaused()) return;
    const longestQueue = world.longestQueue();
    const p95Ms = world.meter.p95Ms();
    const load = { p95Ms, longestQueue, longestBefore, engineHere: engineHere() };
    longestBefore = longestQueue;
    clock.setSpeed(nextSpeed(options.speed, clock.speed(), load));
  };
}

function pausing({ options, world, clock, time }: ZoneParts) {
  return {
    pause: (stopsCalendar: boolean) => {
      world.pause();
      if (!stopsCalendar) return;
      time.after(PAUSE_AFTER_MS, () => {
        if (world.isPaused()) clock.setSpeed(0);
      });
    },
    resume: () => {
      if (clock.speed() === 0) clock.setSpeed(Math.min(1, options.speed));
      world.resume();
    },
  };
}

/**
 * Everything that runs once all parts stand: the files that tell of them, control, speed, memory,
 * and at last the people. `stop` ends it all within about 1.3 s.
 */
export async function bringToLife(parts: ZoneParts): Promise<ZoneRun> {
  const { options, site, world, rack, clock, centre, openings } = parts;
  const folder = options.data;
  parts.beat.run = govern(parts);
  const controlled = { folder, world, rack, clock, centre, ...pausing(parts) };
  const control = await startControl((order) => carryOut(controlled, order));
  const save = () => {
    const { seed, people } = options;
    const [places, trucksInside] = [world.crowd.bytes(), world.trucksInside()];
    saveState(folder, { wallMs: clock.wallMs(), seed, people, trucksInside, places });
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
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    world.stop();
    clearInterval(saving);
    const centreStopped = centre.stop();
    await Promise.all([control.close(), parts.closeClock(), rack.stop()]);
    openings.close();
    save();
    const tooLong = new Promise((done) => setTimeout(done, CENTRE_STOP_MS).unref());
    await Promise.race([centreStopped, tooLong]);
  };
  return { siteFile, stop };
}
