import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** What is kept of a captured program's output: its end, where the reason of a failure stands. */
const KEPT_CHARS = 64_000;

/**
 * @typedef {object} ProgramOptions
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env] merged over the process's own
 * @property {number} [timeoutMs] the program is killed after it and `timedOut` is true
 * @property {boolean} [shell]
 *
 * @typedef {object} ProgramEnd
 * @property {number} code exit code; 128 when a signal ended it, 127 when it could not be started
 * @property {string} output stdout and stderr together
 * @property {boolean} timedOut
 */

/**
 * Runs a program to its end. Never throws: a program that cannot be started ends with code 127.
 * @param {string} program
 * @param {string[]} args
 * @param {ProgramOptions} [options]
 * @returns {Promise<ProgramEnd>}
 */
export function runProgram(program, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      shell: options.shell ?? false,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const keep = (chunk) => {
      output = (output + chunk).slice(-KEPT_CHARS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          child.kill('SIGKILL');
        }, options.timeoutMs)
      : undefined;
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: output + error.message, timedOut });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 128, output, timedOut });
    });
  });
}

/**
 * Runs npm: the very one that started us where that is known, else the one in PATH.
 * @param {string[]} args
 * @param {ProgramOptions} [options]
 */
export function runNpm(args, options = {}) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) {
    return runProgram(process.execPath, [script, ...args], options);
  }
  // On Windows npm is a command file, which only a shell can start.
  const windows = process.platform === 'win32';
  return runProgram(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
}

/**
 * The last lines of a program's output, for a message about its failure.
 * @param {string} output
 * @param {number} [count]
 */
export function lastLines(output, count = 12) {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}
