import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inRoot } from './paths.mjs';
import { SetupError, say } from './say.mjs';

const POLL_MS = 250;
const LIMIT_MS = 20 * 60_000;

/**
 * Whether the process still lives. A process of another user counts as living.
 * @param {number} pid
 */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * @param {string} file
 * @returns {number | undefined} the holder, undefined when the lock is now ours
 */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = Number(readFileSync(file, 'utf8')) || 0;
  if (holder > 0 && lives(holder)) return holder;
  // The holder died in the middle: the next round takes its place.
  rmSync(file, { force: true });
  return take(file);
}

/**
 * Runs `work` while no other set-up of this checkout runs, for instance when `npm start` and
 * `npm test` are typed at the same time in a fresh clone.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [file] names the holder while it works
 * @returns {Promise<T>}
 */
export async function alone(work, file = inRoot('.cache', 'setup.lock')) {
  mkdirSync(dirname(file), { recursive: true });
  const startedAt = Date.now();
  let told = false;
  for (let holder = take(file); holder !== undefined; holder = take(file)) {
    if (!told) say(`waiting for another set-up of this folder (process ${holder})`);
    told = true;
    if (Date.now() - startedAt > LIMIT_MS) {
      throw new SetupError('setup-busy', `Process ${holder} has been setting up for 20 minutes.`);
    }
    await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
