import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './setup/paths.mjs';

/** @type {NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 500;

/**
 * npm forwards the signals it gets, but when it is killed outright nobody tells us: then our parent
 * changes. Only under npm, since a shell may well end before what it left in the background.
 * @param {() => void} onGone
 */
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  return timer.unref();
}

/**
 * Runs a program in our place: its standard streams are ours, its exit code becomes ours, and each
 * signal that reaches us is passed on once. The program gets a signal to the whole process group
 * from the system as well and must take the two as one.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env] merged over the process's own
 * @param {string} [cwd]
 * @param {(text: string) => void} [hear] gets what the program says, which is then not shown
 * @returns {Promise<number>} the exit code, 128 + n when signal n ended it
 */
export function runInForeground(program, args, env = {}, cwd = root, hear) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: hear ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      windowsHide: true,
    });
    if (hear)
      for (const out of [child.stdout, child.stderr]) out?.setEncoding('utf8').on('data', hear);
    const passedOn = new Set();
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      if (passedOn.has(signal)) return;
      passedOn.add(signal);
      child.kill(signal);
    };
    // While a listener stands, the signal does not end us: we must outlive the program to hand on
    // its exit code.
    for (const signal of FORWARDED) process.on(signal, forward);
    const watch = watchNpm(() => forward('SIGTERM'));
    child.on('error', reject);
    // What it said is whole only when its streams have closed too.
    child.on(hear ? 'close' : 'exit', (code, signal) => {
      clearInterval(watch);
      for (const name of FORWARDED) process.off(name, forward);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
