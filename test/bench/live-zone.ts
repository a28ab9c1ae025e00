import { join } from 'node:path';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import { realClock } from '../kit/real-clock.ts';
import { copyDatabase, scratchDir } from './cache.ts';
import type { LateEvents } from './children/messages.ts';
import type { BenchContext } from './context.ts';
import { type PermitStore, permitStore } from './permits.ts';
import { BoardsProcess, EngineProcess, HostProcess } from './processes.ts';
import { firstInputs, openDeciding } from './route.ts';
import { checkpointsAround, writeBenchSite } from './zone.ts';

/** Holders of the zones that are played: the first half cross, the others have done so already. */
export const HOLDERS = 200_000;
const FIRST_SERIAL = 406_000_001;
const ONLINE_WITHIN_MS = 60_000;

export interface LiveZoneOptions {
  readonly name: string;
  /** Boards that the engine has. */
  readonly boards: number;
  /** Further boards in the same process, for the bare limit. */
  readonly spare?: number | undefined;
  readonly late?: LateEvents | null | undefined;
  /** Checkpoints besides the first one; the boards are spread over all. */
  readonly checkpoints?: number | undefined;
  /** Cards that each board keeps, on which it opens its ways out alone; none by default. */
  readonly roster?: number | undefined;
  /** With the browser host before the engine. */
  readonly host?: boolean | undefined;
  /** What else the data folder needs before the engine starts. */
  readonly prepare?: ((dataDir: string) => Promise<void>) | undefined;
}

/** A whole engine over real UDP: boards in one process, the engine in another. */
export interface LiveZone {
  readonly dataDir: string;
  readonly boards: BoardsProcess;
  /** The engine's process, or the host's where there is one. */
  readonly pid: number;
  /** The link to the page, where there is a host. */
  readonly url: string | null;
  /** Where the boards stand that the engine does not have. */
  readonly spare: readonly { readonly serial: number; readonly port: number }[];
  /** Reads the engine's journal beside it. */
  readonly db: ReadableDb;
  stop(): Promise<void>;
}

export async function startLiveZone(
  context: BenchContext,
  options: LiveZoneOptions,
): Promise<LiveZone> {
  const { name, boards: count, spare: more = 0, late = null, host = false } = options;
  const dataDir = scratchDir(name);
  const permits = permitStore(HOLDERS, context.say);
  const boards = new BoardsProcess();
  const serials = Array.from({ length: count + more }, (_, i) => FIRST_SERIAL + i);
  const ports = await boards.start(serials, late);
  const at = serials.map((serial, i) => ({ serial, port: ports[i] ?? 0 }));
  const { siteFile } = layOut(dataDir, at.slice(0, count), permits, options);
  await options.prepare?.(dataDir);
  const program = new (host ? HostProcess : EngineProcess)(dataDir, siteFile);
  const ready = await program.ready();
  const url = typeof ready === 'string' ? ready : null;
  const opened = openReader(join(dataDir, 'journal.db'), journalSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  const db = opened.value;
  await online(db, count);
  return {
    ...{ dataDir, boards, pid: program.pid, url, db, spare: at.slice(count) },
    async stop() {
      await program.stop();
      await boards.stop();
      db.close();
    },
  };
}

/** A data folder whose permits are in force already, so that no file need be loaded. */
function layOut(
  dataDir: string,
  at: readonly { serial: number; port: number }[],
  permits: PermitStore,
  { checkpoints = 0, roster }: LiveZoneOptions,
) {
  const more = checkpointsAround(checkpoints);
  const { siteFile, loaded } = writeBenchSite(dataDir, at, { checkpoints: more, roster });
  const clock = realClock(Date.now());
  const deciding = openDeciding({ dataDir, loaded, permits, clock, boot: 'first' });
  for (const input of firstInputs(loaded, permits)) {
    deciding.step.run([{ input, settle: () => undefined }], () => null);
  }
  deciding.close();
  copyDatabase(permits.referencePath, join(dataDir, 'reference.db'));
  return { siteFile };
}

async function online(db: ReadableDb, count: number): Promise<void> {
  const query = db.query<[], { n: number }>('SELECT count(*) AS n FROM board WHERE online = 1');
  const endMs = performance.now() + ONLINE_WITHIN_MS;
  while ((query.get()?.n ?? 0) < count) {
    if (performance.now() > endMs) throw new Error('the boards did not all come online');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
