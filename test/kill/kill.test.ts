import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readHead } from '../../src/main/engine/journal/read.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { verifyJournal } from '../../src/main/engine/journal/verify.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import { segmentFiles } from '../../src/main/engine/store/segment-files.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import type { Opening } from '../../src/training/boards/openings.ts';
import { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { bundleEngine } from '../kit/bundle-engine.ts';
import { value } from '../kit/journal-kit.ts';
import { writeSmallSite } from '../kit/small-zone.ts';
import { faultsOf, type KnownSwipe } from './openings-check.ts';

const CYCLES = Number(process.env.TWOLINE_KILLS ?? 200);
const HOLDERS = 400;
/** Every so many kills a file may be finished first. */
const ROLL_EVERY = 10;
const ROLL_MS = 10_000;
const rng = seededRng(process.env.TWOLINE_SEED ?? 'kill');

interface Engine {
  readonly child: ChildProcess;
  readonly acknowledged: string[];
}

let script: string;
beforeAll(async () => {
  script = await bundleEngine('engine-child');
});

async function startChild(dataDir: string, siteFile: string): Promise<Engine> {
  const child = fork(script, [dataDir, siteFile], { execArgv: [], stdio: 'inherit' });
  const acknowledged: string[] = [];
  child.on('message', (message: { acknowledged?: { incident: string } }) => {
    if (message.acknowledged !== undefined) acknowledged.push(message.acknowledged.incident);
  });
  const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (first !== 'up') throw new Error(`the engine did not come up: ${JSON.stringify(first)}`);
  return { child, acknowledged };
}

/** Ends it in order. */
async function stopChild({ child }: Engine): Promise<void> {
  child.send('stop');
  await once(child, 'exit');
}

type Swipe = Omit<KnownSwipe, 'admitted'>;

/** People at the gates, whatever the engine does: badge, go through when it opens, on and on. */
function traffic(boards: readonly TrainingBoard[]) {
  let going = true;
  const swipes: Swipe[] = [];
  const doors = boards.flatMap((board) => [1, 2, 3, 4].map((door) => ({ board, door })));
  const walkers = doors.map(async ({ board, door }, i) => {
    const chance = rng.fork(`door ${i}`);
    while (going) {
      const card = 100_000 + 1 + chance.below(HOLDERS);
      const swipe = await board.swipe(door, door % 2 === 1 ? 'in' : 'out', card, 250);
      const { index, swipedMonoMs } = swipe;
      swipes.push({ serial: board.serial, door, index, swipedMonoMs });
      if (swipe.opened) await board.personPasses(door, 10);
      await new Promise((resolve) => setTimeout(resolve, 20 + chance.below(40)));
    }
  });
  return {
    swipes,
    async stop() {
      going = false;
      await Promise.all(walkers);
    },
  };
}

/** The badge reads, as `board/index`, that the journal durably admitted. */
const ADMITTED = `SELECT (a.body ->> '$.data.board') || '/' || (a.body ->> '$.data.index') AS id
  FROM journal b JOIN journal a ON a.seq = b.body ->> '$.cause'
  WHERE b.body ->> '$.kind' = 'crossing.admitted'`;
const INCIDENTS = 'SELECT incident AS id FROM incident';

function idsOf({ all }: Segments, sql: string): Set<string> {
  return new Set(
    all.flatMap(({ db }) => db.query<[], { id: string }>(sql).all()).map(({ id }) => id),
  );
}

/** Segments of the journal, and files beside them that were being prepared. */
function filesOf(dataDir: string): { segments: number; prepared: number } {
  const opened = value(Segments.open(dataDir));
  const segments = opened.all.length;
  opened.close();
  return { segments, prepared: segmentFiles(dataDir).length - segments };
}

/**
 * Leaves the engine its time until the journal goes on in another file: on a slow machine every
 * kill would come before, and no file would ever follow another.
 */
async function letItRoll(dataDir: string): Promise<void> {
  const { segments } = filesOf(dataDir);
  const endMs = performance.now() + ROLL_MS;
  while (filesOf(dataDir).segments === segments && performance.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function expectRebuilt({ all }: Segments): void {
  for (const [i, { db }] of all.entries()) {
    const rebuilt = openScratch(':memory:');
    rebuildProjections(db, rebuilt, readHead(db).seq, all[i - 1]?.db);
    expect(compareProjections(db, rebuilt)).toEqual([]);
    rebuilt.close();
  }
}

test(`${CYCLES} times kill -9 in traffic: nothing is lost, no gate opens unheard`, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-kill-'));
  const dataDir = join(dir, 'data');
  const openings: Opening[] = [];
  const onOpening = (opening: Opening) => void openings.push(opening);
  const boards = [405_419_001, 405_419_002].map(
    (serial) => new TrainingBoard({ serial, wallMs: Date.now, onOpening, eventMemory: 4_096 }),
  );
  const at = [];
  for (const board of boards) at.push({ serial: board.serial, port: (await board.start()).port });
  const holders = Array.from({ length: HOLDERS }, (_, i) => ({ n: i + 1 }));
  const siteFile = writeSmallSite(dir, at, holders, [], { segmentMegabytes: 1 });
  const people = traffic(boards);
  const acknowledged: string[] = [];
  let inRoll = 0;
  // Only a program that ends in order keeps what Node compiled of it for those that come after.
  await stopChild(await startChild(dataDir, siteFile));
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const engine = await startChild(dataDir, siteFile);
    await new Promise((resolve) => setTimeout(resolve, 150 + rng.below(650)));
    if (cycle % ROLL_EVERY === ROLL_EVERY - 1) await letItRoll(dataDir);
    engine.child.kill('SIGKILL');
    await once(engine.child, 'exit');
    acknowledged.push(...engine.acknowledged);
    inRoll += filesOf(dataDir).prepared;
  }
  const last = await startChild(dataDir, siteFile);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await people.stop();
  await stopChild(last);
  acknowledged.push(...last.acknowledged);
  for (const board of boards) await board.stop();

  const segments = value(Segments.open(dataDir));
  const verified = verifyJournal(segments);
  expect(verified.fault).toBeNull();
  const known = idsOf(segments, INCIDENTS);
  expect(acknowledged.filter((incident) => !known.has(incident))).toEqual([]);
  const admitted = idsOf(segments, ADMITTED);
  const swipes = people.swipes.map((swipe) => ({
    ...swipe,
    admitted: admitted.has(`${swipe.serial}/${swipe.index}`),
  }));
  expect(faultsOf(openings, swipes)).toEqual([]);
  expectRebuilt(segments);
  // The test would prove nothing if the engine had hardly worked between the kills.
  expect(openings.length).toBeGreaterThan(CYCLES);
  expect(acknowledged.length).toBeGreaterThan(CYCLES);
  expect(verified.segments).toBeGreaterThan(CYCLES / 40);
  expect(inRoll).toBeGreaterThan(CYCLES / 40);
  console.info(
    `${CYCLES} kills, ${inRoll} of them as a file was prepared, ` +
      `${verified.events} events in ${verified.segments} files, ${swipes.length} badges, ` +
      `${openings.length} openings, ${acknowledged.length} acknowledged incidents`,
  );
  segments.close();
  rmSync(dir, { recursive: true, force: true });
}, 1_500_000);
