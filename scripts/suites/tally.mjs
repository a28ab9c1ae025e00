import { stripVTControlCharacters } from 'node:util';

/**
 * What a suite came to.
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {{ name: string, why: string }[]} skipped each with its reason
 * @property {string[]} notes each failed test, and what failed outside of a test
 * @property {string[]} retried each test that passed only at the second try
 */

const LONGEST_LINE = 200;

/** @returns {Tally} */
export function emptyTally() {
  return { passed: 0, failed: 0, skipped: [], notes: [], retried: [] };
}

/**
 * The first line that says anything, without colours and no longer than one can read at a glance.
 * @param {string | undefined} text such as an error's message
 */
export function firstLine(text) {
  const lines = stripVTControlCharacters(text ?? '').split('\n');
  const line = lines.map((each) => each.trim()).find((each) => each !== '') ?? 'no message';
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}

/**
 * One failure that no test counted.
 * @param {string} note
 * @returns {Tally}
 */
export function failure(note) {
  return { ...emptyTally(), failed: 1, notes: [note] };
}

/**
 * @param {Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, tally) => total + tally.passed, 0),
    failed: tallies.reduce((total, tally) => total + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
    notes: tallies.flatMap((tally) => tally.notes),
    retried: tallies.flatMap((tally) => tally.retried),
  };
}

/**
 * What stands just before the last line, where it is seen even when a log's middle is cut: every
 * test that did not simply pass, by name.
 * @param {Tally} tally
 */
export function exceptions(tally) {
  return [
    ...tally.skipped.map(({ name, why }) => `skipped: ${name}: ${why || 'no reason given'}`),
    ...tally.retried.map((name) => `passed only at the second try: ${name}`),
    ...tally.notes.map((note) => `failed: ${note}`),
  ];
}

/**
 * `12 passed, 0 failed`, and `, 3 skipped` where anything was.
 * @param {Tally} tally
 */
export function inWords(tally) {
  const skipped = tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : '';
  return `${tally.passed} passed, ${tally.failed} failed${skipped}`;
}

/**
 * A suite without a single test is a failure: a check that cannot fail is no check.
 * @param {string} suite
 * @param {Tally} tally
 * @returns {Tally}
 */
export function settle(suite, tally) {
  if (tally.passed + tally.failed + tally.skipped.length > 0) return tally;
  return sum([tally, failure(`${suite}: no test ran`)]);
}

/**
 * A test program that fails although every test passed has failed outside of them.
 * @param {string} suite
 * @param {Tally} tally
 * @param {number} exitCode
 * @returns {Tally}
 */
export function settleEnd(suite, tally, exitCode) {
  if (exitCode === 0 || tally.failed > 0) return tally;
  return sum([tally, failure(`${suite}: ended with ${exitCode} although no test failed`)]);
}
