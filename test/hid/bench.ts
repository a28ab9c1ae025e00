import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const benchFolder = join(checkout, '.cache', 'hid-bench');
const programs = join(benchFolder, 'programs');

/** Why this machine cannot run the bench, or null. */
export function leftOut(): string | null {
  const debianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!debianRoot) return 'the virtual reader is set up with apt, on Debian as root only';
  if (process.arch !== 'x64') return 'the virtual reader’s machine is x86-64 only';
  return null;
}

/** A guest that hangs is ended after this; beside other suites a thousand reads take a while. */
const LIMIT_S = '480';

interface Ended {
  readonly code: number;
  readonly output: string;
}

/**
 * What runs in the guest keeps real time, on a processor that is imitated: it goes before others,
 * where one may say so.
 */
function goFirst(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, -10);
  } catch {
    // It needs a right that not every root has.
  }
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  goFirst(child.pid);
  let output = '';
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Bundles the guest's programs, each with all it imports but node-hid. */
async function bundle(): Promise<void> {
  const sources = {
    'check-reader': join(checkout, 'test/hid/guest/check-reader.ts'),
    'check-family': join(checkout, 'test/hid/guest/check-family.ts'),
    'virtual-reader': join(checkout, 'src/training/readers/virtual-reader.ts'),
  };
  for (const [name, source] of Object.entries(sources)) {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: true,
        outDir: programs,
        emptyOutDir: false,
        target: 'node24',
        rolldownOptions: {
          input: { [name]: source },
          output: { entryFileNames: '[name].mjs', codeSplitting: false },
          external: ['node-hid'],
        },
      },
      ssr: { noExternal: true, external: ['node-hid'] },
    });
  }
}

/** Fetches the bench once and bundles what runs in it. Throws with what is missing. */
export async function prepareBench(): Promise<void> {
  await mkdir(benchFolder, { recursive: true });
  const script = join(checkout, 'native', 'hid-bench', 'setup.sh');
  const ended = await run(script, [benchFolder], process.env);
  if (ended.code !== 0) {
    throw new Error(`the HID bench could not be fetched (apt, the network?):\n${ended.output}`);
  }
  await bundle();
}

/** Boots the guest on this Node and runs a program in it. Gives all it printed. */
export async function runInGuest(args: readonly string[], omit?: string): Promise<Ended> {
  const script = join(checkout, 'native', 'hid-bench', 'run.sh');
  const modules = dirname(dirname(fileURLToPath(import.meta.resolve('node-hid/package.json'))));
  const env = { ...process.env, LIMIT_S, ...(omit !== undefined && { OMIT: omit }) };
  return run(script, [benchFolder, process.execPath, modules, programs, ...args], env);
}
