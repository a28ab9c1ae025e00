import { ensureBrowser } from './browser.mjs';
import { ensureBuild } from './build.mjs';
import { ensureHid } from './hid.mjs';
import { installPackages } from './install.mjs';
import { alone } from './lock.mjs';
import { ensurePostgres } from './postgres.mjs';
import { ensureRuntime } from './runtime.mjs';
import { ensureSerialPair } from './serial.mjs';

/**
 * @typedef {'postgres' | 'hid' | 'serial' | 'build' | 'browser'} Need
 *
 * @typedef {object} Ground
 * @property {string} node path of Node 24
 * @property {string} [browser] path of a Chromium, where it was asked for
 */

/**
 * Brings the checkout to where a task can run: packages, Node 24, and what else is needed. Does
 * nothing, in well under a second, when all is there.
 * @param {Need[]} needs
 * @returns {Promise<Ground>}
 * @throws {import('./say.mjs').SetupError} saying what cannot be had and what a person can do
 */
export function prepare(needs) {
  return alone(async () => {
    await installPackages();
    /** @type {Ground} */
    const ground = { node: await ensureRuntime() };
    if (needs.includes('postgres')) ensurePostgres();
    if (needs.includes('hid')) await ensureHid(ground.node);
    if (needs.includes('serial')) await ensureSerialPair();
    if (needs.includes('build')) await ensureBuild(ground.node);
    if (needs.includes('browser')) ground.browser = await ensureBrowser(ground.node);
    return ground;
  });
}
