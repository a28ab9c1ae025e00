import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { findPostgres } from './binaries.ts';
import {
  type ClusterPlace,
  clearOrphan,
  createCluster,
  dataFolder,
  type RunningCluster,
  resetAdmin,
  startCluster,
  stopCluster,
} from './cluster.ts';
import {
  type AdminAddress,
  applyDefinitions,
  CENTRE_DATABASE,
  enrolConsole,
  ensurePartitions,
  folderOfServer,
} from './definitions.ts';
import { isOurs, readPostmaster } from './postmaster.ts';
import { whoRuns } from './run-as.ts';
import { loadSecrets, type Secrets, saveSecrets } from './secrets.ts';

const HOST = '127.0.0.1';
const UPKEEP_MS = 3_600_000;
/** A server that is still recovering after a kill answers within this. */
const ADOPT_TIMEOUT_MS = 8000;

export interface TrainingCentreOptions {
  /** The centre's own folder inside the data folder; made when missing. */
  readonly folder: string;
  /** resources/central. */
  readonly ddlFolder: string;
  readonly consoleId: string;
  /** Commits wait for the disk; false only in tests. */
  readonly durable?: boolean | undefined;
  readonly log: (text: string) => void;
}

/** What a site file's `centre` holds. */
export interface CentreLogin {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

export interface TrainingCentre {
  /** For the site file: where the console signs in and as whom. The same after a restart. */
  readonly login: CentreLogin;
  readonly admin: AdminAddress;
  /** True when the server was running already, left by a run that was killed. */
  readonly adopted: boolean;
  readonly pid: number;
  /** One more console at the same centre. */
  enrol(consoleId: string): Promise<CentreLogin>;
  /** Ends the server within about two seconds, whatever it is doing. */
  stop(): Promise<void>;
}

/**
 * Starts the training zone's own PostgreSQL in a folder, or takes over the one that a killed run
 * left there, and makes it a centre. About one second in an empty folder, a quarter on an old one.
 * Faults: `postgres-…` with a text a person can act on.
 */
export async function startTrainingCentre(
  options: TrainingCentreOptions,
): Promise<Result<TrainingCentre>> {
  const programs = findPostgres();
  if (!programs.ok) return programs;
  mkdirSync(options.folder, { recursive: true });
  const runAs = whoRuns(programs.value.postgres, options.folder);
  if (!runAs.ok) return runAs;
  const place: ClusterPlace = {
    // PostgreSQL names its folder by the real path.
    folder: realpathSync(options.folder),
    programs: programs.value,
    runAs: runAs.value,
    durable: options.durable ?? true,
  };
  const { secrets, fresh } = loadSecrets(place.folder);
  const adopted = fresh ? null : await adopt(place, secrets);
  const running = adopted ? ok(adopted) : await startNew(place, secrets, fresh, options.log);
  if (!running.ok) return running;
  const admin = adminAt(running.value.port, secrets);
  saveSecrets(place.folder, { ...secrets, port: running.value.port });
  try {
    const login = await define(options, admin, secrets.console);
    return ok(centreOf(place, running.value, admin, login, adopted !== null, options.log));
  } catch (error) {
    await stopCluster(place, running.value.pid);
    const why = error instanceof Error ? error.message : String(error);
    return fail('postgres-define', `the centre could not be set up: ${why}`, place.folder);
  }
}

function adminAt(port: number, secrets: Secrets): AdminAddress {
  return { host: HOST, port, user: 'postgres', password: secrets.admin };
}

/** The server that runs on this folder and answers to our password, if there is one. */
async function adopt(place: ClusterPlace, secrets: Secrets): Promise<RunningCluster | null> {
  const pollMs = 100;
  for (let waited = 0; waited < ADOPT_TIMEOUT_MS; waited += pollMs) {
    const note = readPostmaster(dataFolder(place));
    if (!note || !isOurs(note.pid, dataFolder(place))) return null;
    try {
      const folder = await folderOfServer(adminAt(note.port, secrets));
      return folder === dataFolder(place) ? { pid: note.pid, port: note.port } : null;
    } catch (error) {
      const starting = error instanceof Error && 'code' in error && error.code === '57P03';
      if (!starting) return null;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return null;
}

async function startNew(
  place: ClusterPlace,
  secrets: Secrets,
  fresh: boolean,
  log: (text: string) => void,
): Promise<Result<RunningCluster>> {
  if (existsSync(dataFolder(place))) {
    await clearOrphan(place);
    if (fresh) {
      log('the centre is there but its passwords are not: new ones are set');
      const reset = await resetAdmin(place, secrets.admin);
      if (!reset.ok) return reset;
    }
  } else {
    log('making the training centre (PostgreSQL)');
    const created = await createCluster(place, secrets.admin);
    if (!created.ok) return created;
  }
  return startCluster(place, secrets.port);
}

async function define(
  options: TrainingCentreOptions,
  admin: AdminAddress,
  password: string,
): Promise<CentreLogin> {
  await applyDefinitions(admin, options.ddlFolder);
  await ensurePartitions(admin);
  const user = await enrolConsole(admin, options.consoleId, password);
  return { host: HOST, port: admin.port, database: CENTRE_DATABASE, user, password };
}

function centreOf(
  place: ClusterPlace,
  running: RunningCluster,
  admin: AdminAddress,
  login: CentreLogin,
  adopted: boolean,
  log: (text: string) => void,
): TrainingCentre {
  const upkeep = setInterval(() => {
    ensurePartitions(admin).catch((error: unknown) => {
      log(`partitions of the centre: ${error instanceof Error ? error.message : String(error)}`);
    });
  }, UPKEEP_MS);
  upkeep.unref();
  return {
    login,
    admin,
    adopted,
    pid: running.pid,
    async enrol(consoleId) {
      const user = await enrolConsole(admin, consoleId, login.password);
      return { ...login, user };
    },
    async stop() {
      clearInterval(upkeep);
      await stopCluster(place, running.pid);
    },
  };
}
