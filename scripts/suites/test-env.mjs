import { inRoot } from '../setup/paths.mjs';
import { toolEnv } from '../setup/tool.mjs';

/**
 * The environment of a program that tests. What Node once compiled (types taken out, code parsed)
 * is kept for all programs that tests start: without it that is the most of their starts.
 * @param {import('../setup/ground.mjs').Ground} ground
 * @param {string} counts where the counts are to be written
 * @returns {Record<string, string>}
 */
export function testEnv({ node, browser }, counts) {
  return {
    ...toolEnv(node),
    NODE_COMPILE_CACHE: inRoot('.cache', 'compiled'),
    TWOLINE_COUNTS: counts,
    ...(browser && { TWOLINE_CHROMIUM: browser }),
  };
}
