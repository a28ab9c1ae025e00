import { spawnSync } from 'node:child_process';
import { fail, ok, type Result } from '../../shared/lib/result.ts';

/** How to start a PostgreSQL program: as whom, and through which program if any. */
export interface RunAs {
  /** The user that must own the data; null where the programs run as ourselves. */
  readonly ids: { readonly uid: number; readonly gid: number } | null;
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
}

const SELF: RunAs = { ids: null, prefix: [] };

/**
 * PostgreSQL refuses to run as root. As root it gets the user `postgres`, or `nobody`, which every
 * system has: no account is added to the machine. That user often cannot pass the folders above
 * the data (a folder made by mkdtemp, a clone below /root); then the one right to pass them is
 * handed on through setpriv.
 * Faults: `postgres-no-user`, `postgres-unreachable`.
 */
export function whoRuns(program: string, folder: string): Result<RunAs> {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return ok(SELF);
  const ids = idsOf('postgres') ?? idsOf('nobody');
  if (ids === null) {
    const text =
      'PostgreSQL refuses to run as root and there is neither a user postgres nor nobody';
    return fail('postgres-no-user', text);
  }
  if (reaches(program, folder, ids, [])) return ok({ ids, prefix: [] });
  const prefix = [
    'setpriv',
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  if (reaches(program, folder, null, prefix)) return ok({ ids, prefix });
  const text =
    'PostgreSQL refuses to run as root, and the user it would run as cannot reach its folders: ' +
    'start as an ordinary user, or use a data folder and a clone that others may pass';
  return fail('postgres-unreachable', text, folder);
}

function idsOf(user: string): RunAs['ids'] {
  const ask = (flag: string) => {
    const asked = spawnSync('id', [flag, user], { encoding: 'utf8', timeout: 5000 });
    return asked.status === 0 ? Number.parseInt(asked.stdout, 10) : Number.NaN;
  };
  const ids = { uid: ask('-u'), gid: ask('-g') };
  return Number.isInteger(ids.uid) && ids.uid > 0 && Number.isInteger(ids.gid) ? ids : null;
}

function reaches(
  program: string,
  folder: string,
  ids: RunAs['ids'],
  prefix: readonly string[],
): boolean {
  const script = 'test -x "$1" && cd "$2"';
  const [command, ...args] = [...prefix, 'sh', '-c', script, 'sh', program, folder];
  const tried = spawnSync(command, args, { ...ids, stdio: 'ignore', timeout: 5000 });
  return tried.status === 0;
}
