import type {
  CommandInput,
  CommandName,
  CommandOutput,
} from '../../../shared/contract/commands.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { RequestInput, StepCommand } from '../core/input.ts';
import { saltText } from '../journal/typed-text.ts';
import type { ApiDeps } from './api-deps.ts';
import { note } from './note.ts';
import { printCode } from './print-code.ts';

type Handler = (deps: ApiDeps, input: never, caller: Caller) => Promise<Result<unknown>>;

/** One handler a command. Roles were checked and inputs parsed before they come here. */
const handlers: { readonly [N in CommandName]: Handler } = {
  'session.sign-in': signIn,
  'session.sign-out': signOut,
  'gate.command': request('gate.command', (input) => input.reason),
  'zone.evacuate': request('zone.evacuate', (input) => input.reason),
  'muster.begin': request('muster.begin', (input) => input.reason),
  'muster.mark': request('muster.mark', (input) => input.reason),
  'muster.end': request('muster.end', (input) => input.reason),
  'exception.admit': request('exception.admit', (input) => input.reason),
  'exception.refuse': request('exception.refuse', (input) => input.reason),
  'incident.raise': request('incident.raise', (input) => input.note),
  'incident.acknowledge': request('incident.acknowledge', () => null),
  'incident.resolve': request('incident.resolve', (input) => input.reason),
  'permit.suspend': request('permit.suspend', (input) => input.reason),
  'permit.reinstate': request('permit.reinstate', (input) => input.reason),
  'presence.set': request('presence.set', (input) => input.reason),
  'badge.replace': request('badge.replace', (input) => input.reason),
  'permit.print-code': printCode,
  'board.declare-lost': declareLost,
  'person.erase': request('person.erase', (input) => input.reason),
  'dataset.load': loadDataset,
  'user.add': addUser,
};

export function runCommand(
  deps: ApiDeps,
  name: string,
  input: unknown,
  caller: Caller,
): Promise<Result<unknown>> {
  if (!Object.hasOwn(handlers, name)) {
    return Promise.resolve(fail('unknown-operation', `there is no command ${name}`));
  }
  return handlers[name as CommandName](deps, input as never, caller);
}

/**
 * Commands that the step decides: the typed text is salted and hashed here, the step stays pure.
 */
function request<N extends StepCommand>(
  name: N,
  textOf: (input: CommandInput<N>) => string | null,
): Handler {
  return async (deps, input: CommandInput<N>, caller) => {
    const { session, workstation } = caller;
    if (session === null) return fail('signed-out', 'sign in first');
    const body = textOf(input);
    const actor = { type: 'person', user: session.user, role: session.role, workstation } as const;
    const text = body === null ? null : saltText(body, deps.randomBytes);
    const asked = { kind: 'request', name, input, actor, role: session.role, text };
    const answer = await deps.submit(asked as RequestInput);
    return answer ?? fail('no-answer', 'the command was not answered');
  };
}

const recordLost = request('board.declare-lost', (input) => input.reason);

/** Once it is written down, the board is not asked for it any more. */
async function declareLost(
  deps: ApiDeps,
  input: CommandInput<'board.declare-lost'>,
  caller: Caller,
): Promise<Result<unknown>> {
  const answer = await recordLost(deps, input as never, caller);
  if (answer.ok) {
    const { lost } = answer.value as CommandOutput<'board.declare-lost'>;
    deps.giveUp(input.board, lost);
  }
  return answer;
}

async function signIn(
  deps: ApiDeps,
  input: CommandInput<'session.sign-in'>,
  caller: Caller,
): Promise<Result<unknown>> {
  const { workstation } = caller;
  const result = await deps.access.signIn(input.name, input.secret, workstation);
  if (!result.ok) {
    await noteRefused(deps, input.name, result.fault.code, caller);
    return result;
  }
  const { user, role } = result.value;
  const kept = await note(
    deps,
    { workstation, session: result.value },
    { kind: 'access.signed-in', data: { user, role, workstation } },
  );
  if (kept.ok) return result;
  // Nobody acts here whose sign-in does not stand in the journal.
  deps.access.signOut(workstation);
  return kept;
}

/** What nobody is called may be a secret typed into the wrong field: it is never written down. */
async function noteRefused(
  deps: ApiDeps,
  typed: string,
  code: string,
  caller: Caller,
): Promise<void> {
  // Nothing was tried: too many others wait for their turn.
  if (code === 'sign-in-busy') return;
  const { workstation } = caller;
  const isUser = deps.access.isUser(typed);
  const name = isUser ? typed.slice(0, 64) : '';
  const tried = isUser ? 'wrong-secret' : 'unknown';
  const why = code === 'sign-in-locked' ? 'locked-out' : tried;
  await note(deps, caller, { kind: 'access.refused', data: { name, why, workstation } });
}

async function signOut(deps: ApiDeps, _input: object, caller: Caller): Promise<Result<unknown>> {
  const { session, workstation } = caller;
  if (session === null) return ok({});
  deps.access.signOut(workstation);
  const { user, role } = session;
  await note(deps, caller, { kind: 'access.signed-out', data: { user, role, workstation } });
  return ok({});
}

async function loadDataset(
  deps: ApiDeps,
  input: CommandInput<'dataset.load'>,
): Promise<Result<unknown>> {
  const loaded = await deps.datasets.load({ ...input, path: null });
  if (!loaded.ok) return loaded;
  const { version, rows, changed, refused } = loaded.value;
  return ok({ version, rows, changed, refused });
}

async function addUser(
  deps: ApiDeps,
  input: CommandInput<'user.add'>,
  caller: Caller,
): Promise<Result<unknown>> {
  const added = await deps.access.addUser(input);
  if (!added.ok) return added;
  const data = { user: added.value, role: input.role, change: 'added' };
  const kept = await note(deps, caller, { kind: 'access.user-changed', data });
  return kept.ok ? ok({ user: added.value }) : kept;
}
