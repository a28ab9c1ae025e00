import { useMemo } from 'react';
import type { CommandName } from '../../shared/contract/commands.ts';
import type { LockdownNow } from '../../shared/contract/lockdown-view.ts';
import { useSession } from '../live/client.tsx';
import { useViewRow } from '../live/use-view.ts';
import { useWords } from '../words/words.ts';
import { type Asked, useActions } from './actions.ts';
import { type ConsoleCommand, useCommands } from './commands.ts';
import type { LockdownAct } from './lockdown-dialogs.tsx';
import { useMay } from './may.ts';

type May = (name: CommandName) => boolean;

/** What somebody can do about a lockdown now: propose one only while none is open. */
export function lockdownActs(
  now: Pick<LockdownNow, 'proposedBy' | 'state'> | undefined,
  user: string | undefined,
  may: May,
): readonly (LockdownAct | 'begin')[] {
  const isOpen = now !== undefined && now.state !== 'ended' && now.state !== 'withdrawn';
  if (!isOpen) return may('lockdown.propose') ? ['begin'] : [];
  if (now.state === 'in-force') return may('lockdown.end') ? ['end'] : [];
  const confirm = now.state === 'proposed' ? 'confirm' : 'confirm-end';
  const mayConfirm = may('lockdown.confirm') && user !== now.proposedBy;
  return [
    ...(mayConfirm ? ([confirm] as const) : []),
    ...(may('lockdown.withdraw') ? (['withdraw'] as const) : []),
  ];
}

export interface ZoneAct extends ConsoleCommand {
  readonly id: 'evacuate' | `lockdown-${LockdownAct | 'begin'}`;
  /** On a button, where it stands under what it is about. */
  readonly word: string;
}

/** Evacuation and lockdown, for whoever may: the palette and the buttons read the same list. */
export function useZoneActs(): readonly ZoneAct[] {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const user = useSession()?.user;
  const now = useViewRow('lockdown', 'now');
  return useMemo(() => {
    const acts: ZoneAct[] = [];
    const add = (act: Omit<ZoneAct, 'group' | 'run'>, asked: Asked) => {
      acts.push({ ...act, group: 'actions', run: () => ask(asked) });
    };
    const evacuate = t('actions.evacuate');
    const also = 'evacuate evacuation fire';
    if (may('zone.evacuate')) {
      add({ id: 'evacuate', title: evacuate, word: evacuate, also }, { act: 'evacuate' });
    }
    for (const what of lockdownActs(now, user, may)) {
      const word = t(`lockdown.${what}`);
      const of = { id: `lockdown-${what}`, word, also: 'lockdown lock down' } as const;
      if (what === 'begin') add({ ...of, title: word }, { act: 'lockdown-propose' });
      else if (now !== undefined) {
        const title = `${t('lockdown.title')} · ${word}`;
        add({ ...of, title }, { act: 'lockdown', what, lockdown: now.lockdown });
      }
    }
    return acts;
  }, [t, may, ask, user, now]);
}

/** Offers them on every screen. */
export function useZoneCommands(): void {
  useCommands(useZoneActs());
}
