/**
 * A tiny engine for tests of the processes around it: it answers who is signed in, counts, and
 * fails on demand. Started like the real one.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runEngineProcess } from '../../src/main/launch/engine-child.ts';
import type { Session } from '../../src/shared/contract/commands.ts';
import type { Backend, StartEngine } from '../../src/shared/contract/transport/backend.ts';
import { fail, ok } from '../../src/shared/lib/result.ts';

const operator = { user: 'U', name: 'operator', role: 'operator', workstation: 'w' };

/** What the test wants of this start: the lines of `behaviour` in the data folder. */
function behaviour(dataDir: string): readonly string[] {
  const path = join(dataDir, 'behaviour');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

const startStandIn: StartEngine = async ({ dataDir, siteFile, safe, log }) => {
  const wanted = behaviour(dataDir);
  const note = (line: string) => appendFileSync(join(dataDir, 'engine.log'), `${line}\n`);
  note(`start ${process.pid}${safe ? ' safe' : ''}`);
  if (wanted.includes('refuse')) return fail('data-in-use', 'another console works here', dataDir);
  if (wanted.includes('crash') && !safe) process.exit(7);
  if (wanted.includes('crash-always')) process.exit(7);
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
