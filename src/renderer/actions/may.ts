import { useCallback } from 'react';
import { type CommandName, commands } from '../../shared/contract/commands.ts';
import { type QueryName, queries } from '../../shared/contract/queries.ts';
import type { Role } from '../../shared/domain/role.ts';
import { useSession } from '../live/client.tsx';

/** The roles that the contract gives a command or a query; the engine enforces them anyway. */
function rolesOf(name: CommandName | QueryName): readonly Role[] | 'anyone' {
  return name in commands ? commands[name as CommandName].roles : queries[name as QueryName].roles;
}

/** Whether the person who is signed in may use a command or a query. */
export function useMay(): (name: CommandName | QueryName) => boolean {
  const role = useSession()?.role;
  return useCallback(
    (name) => {
      const roles = rolesOf(name);
      return roles === 'anyone' || (role !== undefined && roles.includes(role));
    },
    [role],
  );
}
