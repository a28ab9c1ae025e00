import type { z } from 'zod';
import type { Role } from '../../domain/role.ts';
import { type Fault, fail, ok, type Result } from '../../lib/result.ts';
import type { Session } from '../commands.ts';
import { commands } from '../commands.ts';
import { queries } from '../queries.ts';
import { views } from '../views.ts';
import type { CallVerb } from './protocol.ts';

export interface Operation {
  readonly roles: readonly Role[] | 'anyone';
  readonly input: z.ZodType;
}

const tables: Readonly<Record<CallVerb | 'watch', Readonly<Record<string, Operation>>>> = {
  command: commands,
  query: queries,
  watch: views,
};

/** The contract's row of an operation. Fails with `unknown-operation`. */
export function findOperation(verb: CallVerb | 'watch', name: string): Result<Operation> {
  const table = tables[verb];
  const row = Object.hasOwn(table, name) ? table[name] : undefined;
  if (row !== undefined) return ok(row);
  return fail('unknown-operation', `there is no ${verb} of this name`, name);
}

/** Why this person may not use the operation; null when they may. */
export function refusal(operation: Operation, session: Session | null): Fault | null {
  if (operation.roles === 'anyone') return null;
  if (session === null) return { code: 'sign-in-needed', text: 'sign in first' };
  if (operation.roles.includes(session.role)) return null;
  const needed = operation.roles.join(', ');
  return { code: 'not-allowed', text: `your role is ${session.role}; this needs: ${needed}` };
}
