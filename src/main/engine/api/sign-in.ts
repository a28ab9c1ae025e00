import type { CommandInput, Session } from '../../../shared/contract/commands.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { ApiDeps } from './api-deps.ts';
import { note } from './note.ts';

export async function signIn(
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
  return begun(deps, result.value, workstation, {});
}

/** By the badge that was read last at the desk; whatever is wrong is told in the same words. */
export async function signInByBadge(
  deps: ApiDeps,
  { pin }: CommandInput<'session.sign-in-badge'>,
  caller: Caller,
): Promise<Result<unknown>> {
  const { workstation } = caller;
  const badge = deps.badgeReads.last();
  if (badge === null) {
    return fail('badge-unread', 'hold your badge to the reader first, then enter the PIN');
  }
  const result = await deps.access.signInByBadge(badge, pin, workstation);
  if (!result.ok) {
    await noteRefused(deps, deps.access.holderOf(badge)?.name ?? '', result.fault.code, caller);
    return result;
  }
  deps.badgeReads.used();
  return begun(deps, result.value, workstation, { by: 'badge' });
}

async function begun(
  deps: ApiDeps,
  session: Session,
  workstation: string,
  how: { readonly by?: 'badge' },
): Promise<Result<unknown>> {
  const { user, role } = session;
  const kept = await note(
    deps,
    { workstation, session },
    { kind: 'access.signed-in', data: { user, role, workstation, ...how } },
  );
  if (kept.ok) return ok(session);
  // Nobody acts here whose sign-in does not stand in the journal.
  deps.access.signOut(workstation);
  return kept;
}

export async function choosePin(
  deps: ApiDeps,
  { pin, secret }: CommandInput<'session.choose-pin'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const { name, role, user } = caller.session;
  const chosen = await deps.access.choosePin(caller.session, secret, pin);
  if (!chosen.ok) {
    if (chosen.fault.code.startsWith('sign-in')) {
      await noteRefused(deps, name, chosen.fault.code, caller);
    }
    return chosen;
  }
  const data = { user, role, change: 'PIN chosen' };
  const kept = await note(deps, caller, { kind: 'access.user-changed', data });
  return kept.ok ? ok({}) : kept;
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

export async function signOut(
  deps: ApiDeps,
  _input: object,
  caller: Caller,
): Promise<Result<unknown>> {
  const { session, workstation } = caller;
  if (session === null) return ok({});
  deps.access.signOut(workstation);
  const { user, role } = session;
  await note(deps, caller, { kind: 'access.signed-out', data: { user, role, workstation } });
  return ok({});
}
