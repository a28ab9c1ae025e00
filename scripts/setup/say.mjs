/** One plain line of progress. Always on stderr: stdout belongs to the task that is asked for. */
export function say(text) {
  process.stderr.write(`twoline: ${text}\n`);
}

/**
 * A failure a person can act on: it is printed as it is, without a stack trace.
 * `code` is short and stable, `message` says what is wrong and what to do.
 */
export class SetupError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
