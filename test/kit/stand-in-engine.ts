/**
 * A tiny engine for tests of the processes around it: it answers who is signed in, counts, and
 * fails on demand. Started like the real one.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../../src/shared/contract/commands.ts';
import type { Backend, StartEngine } from '../../src/shared/contract/transport/backend.ts';

const operator = { user: 'U', name: 'operator', role: 'operator', workstation: 'w' };

const args = process.argv.slice(2);
const folder = args[args.indexOf('--data') + 1] ?? '';
const note = (line: string) => appendFileSync(join(folder, 'engine.log'), `${line}\n`);

/** What the test wants of this start: the lines of `behaviour` in the data folder. */
function behaviour(): readonly string[] {
  const path = join(folder, 'behaviour');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

const wanted = behaviour();
const isSafe = args.includes('--safe');
note(`start ${process.pid}${isSafe ? ' safe' : ''}`);
// Before all else is loaded: a test that waits for six crashes waits for six loads otherwise.
if (wanted.includes('crash-always') || (wanted.includes('crash') && !isSafe)) process.exit(7);
const { runEngineProcess } = await import('../../src/main/launch/engine-child.ts');
const { fail, ok } = await import('../../src/shared/lib/result.ts');

const startStandIn: StartEngine = async ({ dataDir, siteFile, safe, log }) => {
  if (wanted.includes('refuse')) return fail('data-in-use', 'another console works here', dataDir);
  log(`the stand-in engine runs ${siteFile}`);
  const backend: Backend = {
    command: () => Promise.resolve(ok({})),
    query: (name, _input, caller) => {
      if (name !== 'session.current') return Promise.resolve(ok(null));
      return Promise.resolve(ok({ pid: process.pid, workstation: caller.workstation, safe }));
    },
    watch: (_name, _input, _caller, sink) => {
      sink.update({ snapshot: true, set: { pid: process.pid }, drop: [], seq: 1 });
      return () => {};
    },
    sessionOf: () => operator as Session,
  };
  return ok({
    backend,
    stop: async () => {
      if (wanted.includes('hang')) await new Promise(() => {});
      note(`stop ${process.pid}`);
    },
  });
};

await runEngineProcess(startStandIn);
