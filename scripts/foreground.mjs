import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './setup/paths.mjs';

/** @type {NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in our place: its standard streams are ours, its signals too, its exit code
 * becomes ours. A signal that reaches the whole process group is passed on a second time; the
 * program must take it as one, which npm's own forwarding asks of it anyway.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env] merged over the process's own
 * @param {string} [cwd]
 * @returns {Promise<number>} the exit code, 128 + n when signal n ended it
 */
export function runInForeground(program, args, env = {}, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'inherit',
      windowsHide: true,
    });
    // While a listener stands, the signal does not end us: we must outlive the program to hand on
    // its exit code.
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    for (const signal of FORWARDED) process.on(signal, forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of FORWARDED) process.off(name, forward);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
