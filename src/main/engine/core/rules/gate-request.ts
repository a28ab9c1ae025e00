import { isTurn, type TurnAction } from '../../../../shared/domain/gate.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { LaneFacts, RequestFacts } from '../facts.ts';
import type { RequestInput } from '../input.ts';

type GateRequest = Extract<RequestInput, { name: 'gate.command' }>;

/** What a supervisor has shut or opened stays so until a supervisor ends it. */
export function refuseCommand(
  { at, interlocked = false, mode, shut = false }: RequestFacts,
  input: GateRequest,
): Result<never> | null {
  const { lane, action } = input.input;
  if (at === null) return fail('not-found', 'there is no such lane', lane);
  if (shut && action !== 'lock' && !letsOut(at, input)) {
    return fail('lockdown', 'a lockdown shuts this lane: two persons end it', lane);
  }
  if (isTurn(action)) return refuseTurn(at, action, input.role);
  if (interlocked && (action === 'open' || action === 'hold')) {
    return fail('interlocked', 'another lane of its interlock is open: shut that first', lane);
  }
  if (input.role === 'supervisor') return null;
  if (action === 'hold') return fail('role', 'holding a gate open needs a supervisor', lane);
  if (mode === null || mode.now === 'controlled') return null;
  if (mode.orderedBy === 'console') {
    return fail('role', 'the fire input ordered this mode, and only a supervisor may end it', lane);
  }
  if (mode.orderedBy !== 'supervisor') return null;
  return fail('role', 'a supervisor ordered this mode, and only a supervisor may end it', lane);
}

/** People's safety comes first: a supervisor can always let somebody out. */
function letsOut({ lane }: LaneFacts, { input, role }: GateRequest): boolean {
  const isOpening = input.action === 'open' || input.action === 'hold';
  return role === 'supervisor' && isOpening && lane.direction !== 'in';
}

/** A lane whose readers or gate serve one way only would let nobody through, or anybody. */
function refuseTurn(
  { isTurned, lane }: LaneFacts,
  action: TurnAction,
  role: GateRequest['role'],
): Result<never> | null {
  const { id } = lane;
  if (role !== 'supervisor') return fail('role', 'turning a lane needs a supervisor', id);
  if (lane.reversible !== true) {
    return fail('not-reversible', 'the site file does not say that this lane is reversible', id);
  }
  if ((action === 'reverse') !== (isTurned === true)) return null;
  return fail('no-change', 'the lane leads that way already', id);
}
