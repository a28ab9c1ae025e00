import { existsSync } from 'node:fs';
import { aptInstall, isDebianRoot } from './debian.mjs';
import { say } from './say.mjs';

const PROGRAM = '/usr/bin/socat';

/**
 * Makes sure that tests can have two serial ports that are joined. Without them those tests are
 * skipped, and say so.
 */
export async function ensureSerialPair() {
  if (process.platform !== 'linux' || existsSync(PROGRAM)) return;
  const failure = isDebianRoot() ? await aptInstall(['socat']) : undefined;
  if (failure) say(failure);
  if (existsSync(PROGRAM)) return;
  say('no pair of serial ports for the tests: install socat, as with "sudo apt-get install socat"');
}
