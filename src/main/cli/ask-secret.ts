import { fail, ok, type Result } from '../../shared/lib/result.ts';

const MAX_CHARS = 200;
const ENTER = new Set(['\r', '\n']);
const RUB_OUT = new Set(['\u007f', '\b']);
/** Ctrl+C and Ctrl+D. */
const GIVE_UP = new Set(['\u0003', '\u0004']);

/** Asks at the terminal; nothing that is typed is shown, not even how much. */
export function askSecret(
  prompt: string,
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WriteStream = process.stderr,
): Promise<Result<string>> {
  if (!input.isTTY) {
    const text = 'there is no terminal to ask at: give --secret-file FILE';
    return Promise.resolve(fail('no-terminal', text));
  }
  return new Promise((resolve) => {
    let secret = '';
    const end = (result: Result<string>) => {
      input.setRawMode(false);
      input.off('data', take);
      input.pause();
      output.write('\n');
      resolve(result);
    };
    const take = (chunk: Buffer | string) => {
      for (const key of String(chunk)) {
        if (ENTER.has(key)) return end(ok(secret));
        if (GIVE_UP.has(key)) return end(fail('cancelled', 'nothing was changed'));
        if (RUB_OUT.has(key)) secret = [...secret].slice(0, -1).join('');
        else if (secret.length < MAX_CHARS) secret += key;
      }
    };
    output.write(prompt);
    input.setEncoding('utf8');
    input.setRawMode(true);
    input.on('data', take);
    input.resume();
  });
}
