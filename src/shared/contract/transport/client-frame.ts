import { z } from 'zod';
import { fail, ok, type Result } from '../../lib/result.ts';
import type { ClientFrame } from './protocol.ts';

const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const name = z.string().min(1).max(64);

/** Inputs stay unparsed here: whether the caller may use the operation is looked at first. */
const Frame = z.discriminatedUnion('t', [
  z.object({ t: z.enum(['command', 'query', 'watch']), id, name, input: z.unknown() }),
  z.object({ t: z.literal('cancel'), id }),
  z.object({ t: z.literal('ack'), id, n: z.number().int().min(1) }),
  z.object({ t: z.literal('pong') }),
]);

/** Reads one message of a client. Fails with `bad-message`: what sent it is no client of ours. */
export function readClientFrame(text: string): Result<ClientFrame> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('bad-message', 'the message is not JSON');
  }
  const parsed = Frame.safeParse(value);
  if (!parsed.success) return inputFault(parsed.error, 'bad-message');
  const frame = parsed.data;
  // An input of `undefined` cannot be told from one left out; both mean "none".
  return ok('name' in frame ? { ...frame, input: frame.input } : frame);
}

/** The first thing wrong with a parsed value, named by its field. */
export function inputFault(error: z.ZodError, code = 'bad-input') {
  const issue = error.issues[0];
  const where = issue === undefined ? '' : issue.path.map(String).join('.').slice(0, 200);
  const what = (issue?.message ?? 'not understood').slice(0, 300);
  return where === '' ? fail(code, what) : fail(code, `${where}: ${what}`, where);
}
