import { useMemo, useSyncExternalStore } from 'react';
import { useLive } from './context.ts';

/** What users are called: by their id, which is shown where there is no name; a dash for nobody. */
export function useUserName(): (user: string | null) => string {
  const { userNames } = useLive();
  const known = useSyncExternalStore(userNames.subscribe, userNames.known);
  return useMemo(
    () => (user) => {
      if (user === null) return '–';
      userNames.want(user);
      return known.get(user) ?? user;
    },
    [userNames, known],
  );
}
