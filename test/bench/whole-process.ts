import { join, relative } from 'node:path';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import { copyDatabase, scratchDir } from './cache.ts';
import type { Badge } from './children/messages.ts';
import type { BenchContext } from './context.ts';
import { median } from './figures.ts';
import { journalIn, largeJournal } from './large-journal.ts';
import { PEOPLE } from './people.ts';
import { type PermitStore, permitStore } from './permits.ts';
import { BareProcess, BoardsProcess, EngineProcess } from './processes.ts';
import { residentMegabytes } from './resident.ts';
import type { Figure } from './row.ts';
import { absentBoards, cardOf, writeBenchSite } from './zone.ts';

const BOARDS = 20;
/** Other serials than those of the built journal: these boards begin with an empty memory. */
const FIRST_SERIAL = 407_000_001;
const STARTS = 3;
const PER_SECOND = 35;
const SAMPLE_MS = 250;

/** A data folder with the large journal and all permits, and a site whose boards are there. */
interface Prepared {
  readonly dataDir: string;
  readonly siteFile: string;
  readonly permits: PermitStore;
  readonly boards: BoardsProcess;
}

async function prepare(context: BenchContext): Promise<Prepared> {
  const permits = permitStore(context.permits, context.say);
  const built = writeBenchSite(scratchDir('large'), absentBoards(75)).loaded;
  const dataDir = largeJournal(context.events, built, permits, context.say);
  copyDatabase(permits.referencePath, join(dataDir, 'reference.db'));
  const boards = new BoardsProcess();
  const serials = Array.from({ length: BOARDS }, (_, i) => FIRST_SERIAL + i);
  const ports = await boards.start(serials, null);
  const at = serials.map((serial, i) => ({ serial, port: ports[i] ?? 0 }));
  const dir = scratchDir('whole');
  const { siteFile } = writeBenchSite(dir, at, {
    datasets: { permits: relative(dir, permits.csvPath) },
  });
  return { dataDir, siteFile, permits, boards };
}

/** From the engine's process to ready, on the large journal, with its files in memory. */
export async function measureStart(context: BenchContext): Promise<Figure[]> {
  const { dataDir, siteFile, boards } = await prepare(context);
  const times = { ours: [] as number[], bare: [] as number[] };
  // The first start may have to bring the projections to this version.
  for (let start = 0; start <= STARTS; start += 1) {
    const engine = new EngineProcess(dataDir, siteFile);
    const ours = await engine.ready();
    await engine.stop();
    const bare = new BareProcess('bare-start', [journalIn(dataDir)]);
    const least = await bare.told('ready');
    await bare.stop();
    if (start === 0) continue;
    times.ours.push(ours / 1000);
    times.bare.push(least / 1000);
  }
  await boards.stop();
  const [value, bare] = [median(times.ours), median(times.bare)];
  const bar = { atMost: 2 };
  return [{ row: 'start', unit: 's', better: 'less', value, bare, bar, wrong: null }];
}

/** The most that the engine's process holds from its start on, while people cross. */
export async function measureMemory(context: BenchContext): Promise<Figure[]> {
  const { dataDir, siteFile, permits, boards } = await prepare(context);
  const outside = outsiders(journalIn(dataDir));
  const engine = new EngineProcess(dataDir, siteFile);
  let most = 0;
  const look = () => {
    most = Math.max(most, residentMegabytes(engine.pid));
  };
  const timer = setInterval(look, SAMPLE_MS);
  await engine.ready();
  const badges = Array.from({ length: PER_SECOND * context.seconds }, (_, n): Badge => {
    const who = outside[n % outside.length] ?? 0;
    const door = 1 + 2 * (Math.floor(n / BOARDS) % 2);
    const atMs = (n * 1000) / PER_SECOND;
    return { atMs, board: n % BOARDS, door, direction: 'in', card: cardOf(who) };
  });
  const opened = (await boards.play(badges)).latencies.filter((latency) => latency !== null).length;
  look();
  clearInterval(timer);
  await engine.stop();
  await boards.stop();
  const bare = await bareMegabytes(dataDir, permits);
  const wrong = opened > badges.length / 2 ? null : `only ${opened} badges opened a gate`;
  const bar = { atMost: 250 };
  return [{ row: 'memory', unit: 'MB', better: 'less', value: most, bare, bar, wrong }];
}

async function bareMegabytes(dataDir: string, permits: PermitStore): Promise<number> {
  const bare = new BareProcess('bare-memory', [journalIn(dataDir), permits.referencePath]);
  await bare.told('filled');
  const megabytes = residentMegabytes(bare.pid);
  await bare.stop();
  return megabytes;
}

/** People whom the journal has beyond the lines: they come in. */
function outsiders(path: string): number[] {
  const opened = openReader(path, journalSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  const rows = opened.value
    .query<[number], { person: string }>(
      "SELECT person FROM presence WHERE place = 'beyond-first' ORDER BY since_ms LIMIT ?",
    )
    .all(PEOPLE);
  opened.value.close();
  return rows.map(({ person }) => Number(person.slice('P-'.length)));
}
