import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { QueryInput, QueryOutput } from '../../../shared/contract/queries.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { ApiDeps } from './api-deps.ts';
import { note } from './note.ts';

export async function addUser(
  deps: ApiDeps,
  input: CommandInput<'user.add'>,
  caller: Caller,
): Promise<Result<unknown>> {
  const added = await deps.access.addUser(input);
  if (!added.ok) return added;
  const { authority, role } = input;
  const change = authority === undefined ? 'added' : `added for ${authority}`;
  const data = { user: added.value, role, change };
  const kept = await note(deps, caller, { kind: 'access.user-changed', data });
  return kept.ok ? ok({ user: added.value }) : kept;
}

/** The journal has whose badge it is, and never its number. */
export async function giveBadge(
  deps: ApiDeps,
  { badge, name }: CommandInput<'user.give-badge'>,
  caller: Caller,
): Promise<Result<unknown>> {
  const given = deps.access.giveBadge(name, badge);
  if (!given.ok) return given;
  const { id: user, role } = given.value;
  const change = badge === null ? 'badge taken away' : 'badge given';
  const kept = await note(deps, caller, {
    kind: 'access.user-changed',
    data: { user, role, change },
  });
  return kept.ok ? ok({ user }) : kept;
}

/** Everybody who may sign in, and on whose behalf somebody can act under the regime in force. */
export function listUsers(deps: ApiDeps): Result<QueryOutput<'user.list'>> {
  const users = deps.access.listUsers().map(({ id: user, ...row }) => ({ user, ...row }));
  return ok({ users, sides: deps.regimes.at(deps.clock.wallMs()).authorities ?? null });
}

/** What users are called, for the ids that a screen shows. */
export function userNames(
  { access }: Pick<ApiDeps, 'access'>,
  { users }: QueryInput<'user.names'>,
): QueryOutput<'user.names'> {
  const names = users.flatMap((user) => {
    const name = access.nameOf(user);
    return name === null ? [] : [{ user, name }];
  });
  return { names };
}
