import type {
  CommandInput,
  CommandName,
  CommandOutput,
} from '../../../shared/contract/commands.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { fail, type Result } from '../../../shared/lib/result.ts';
import type { RequestInput, StepCommand } from '../core/input.ts';
import { saltText } from '../journal/typed-text.ts';
import { actorOf } from './actor.ts';
import type { ApiDeps } from './api-deps.ts';
import { loadDataset } from './datasets.ts';
import { paperRequest } from './paper.ts';
import { printCode } from './print-code.ts';
import { draftRegime, enactRegime } from './regime.ts';
import { importSales } from './sales.ts';
import { choosePin, signIn, signInByBadge, signOut } from './sign-in.ts';
import { addUser, giveBadge } from './users.ts';

type Handler = (deps: ApiDeps, input: never, caller: Caller) => Promise<Result<unknown>>;

/** One handler a command. Roles were checked and inputs parsed before they come here. */
const handlers: { readonly [N in CommandName]: Handler } = {
  'session.sign-in': signIn,
  'session.sign-in-badge': signInByBadge,
  'session.choose-pin': choosePin,
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
  'suspension.begin': request('suspension.begin', (input) => input.reason),
  'suspension.end': request('suspension.end', (input) => input.reason),
  'day-return.decide': request('day-return.decide', (input) => input.reason),
  'passage.answer': request('passage.answer', (input) => input.reason),
  'correction.ask': request('correction.ask', (input) => input.reason),
  'correction.confirm': request('correction.confirm', (input) => input.reason),
  'correction.decline': request('correction.decline', (input) => input.reason),
  'joint.give': request('joint.give', (input) => input.reason),
  'area.count': request('area.count', (input) => input.reason),
  'presence.set': request('presence.set', (input) => input.reason),
  'badge.replace': request('badge.replace', (input) => input.reason),
  'permit.print-code': printCode,
  'board.declare-lost': declareLost,
  'person.erase': request('person.erase', (input) => input.reason),
  'lock.report': request('lock.report', (input) => input.reason),
  'custody.record': request('custody.record', (input) => input.reason),
  'goods.record-use': request('goods.record-use', (input) => input.reason),
  'audit.record': request('audit.record', (input) => input.reason),
  'sale.report': request('sale.report', (input) => input.reason),
  'lockdown.propose': request('lockdown.propose', (input) => input.reason),
  'lockdown.confirm': request('lockdown.confirm', (input) => input.reason),
  'lockdown.end': request('lockdown.end', (input) => input.reason),
  'lockdown.withdraw': request('lockdown.withdraw', (input) => input.reason),
  'virtual.declare': request('virtual.declare', (input) => input.reason),
  'filing.send': request('filing.send', (input) => input.reason),
  'filing.answer': request('filing.answer', (input) => input.reason),
  'dataset.load': loadDataset,
  'sales.import': importSales,
  'paper.hand-out': paperRequest('paper.hand-out'),
  'paper.key-in': paperRequest('paper.key-in'),
  'paper.void': paperRequest('paper.void'),
  'regime.draft': draftRegime,
  'regime.enact': enactRegime(request('regime.enact', (input) => input.reason)),
  'regime.withdraw': request('regime.withdraw', (input) => input.reason),
  'user.add': addUser,
  'user.give-badge': giveBadge,
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

/** Besides lockdowns: what a person does on behalf of one side of the first line. */
const FOR_A_SIDE: ReadonlySet<string> = new Set(['regime.enact', 'exception.admit', 'joint.give']);

/**
 * Commands that the step decides: the typed text is salted and hashed here, the step stays pure.
 */
function request<N extends StepCommand>(
  name: N,
  textOf: (input: CommandInput<N>) => string | null,
): (deps: ApiDeps, input: CommandInput<N>, caller: Caller) => Promise<Result<unknown>> {
  return async (deps, input, caller) => {
    const { session, workstation } = caller;
    if (session === null) return fail('signed-out', 'sign in first');
    const body = textOf(input);
    const actor = actorOf(session, workstation);
    const text = body === null ? null : saltText(body, deps.randomBytes);
    const isForSide = FOR_A_SIDE.has(name) || name.startsWith('lockdown.');
    const side = isForSide ? deps.access.authorityOf(session.user) : undefined;
    const asked = { kind: 'request', name, input, actor, role: session.role, text, side };
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
  const answer = await recordLost(deps, input, caller);
  if (answer.ok) {
    const { lost } = answer.value as CommandOutput<'board.declare-lost'>;
    deps.giveUp(input.board, lost);
  }
  return answer;
}
