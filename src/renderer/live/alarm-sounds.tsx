import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { QueueRow } from '../../shared/contract/views.ts';
import { useWords } from '../words/words.ts';
import { useSession } from './client.tsx';
import { Loudspeaker, type SoundState } from './loudspeaker.ts';
import { ownShell } from './shell.ts';
import { priorityToSound } from './tones.ts';
import { useViewStore } from './use-view.ts';

const loudspeaker = new Loudspeaker({
  makeAudio: () => new AudioContext(),
  stored: sessionStorage,
  nowMs: () => performance.now(),
});

/** Mute, and whether the window may sound yet. */
export function useAlarmSounds(): SoundState & Pick<Loudspeaker, 'toggle' | 'play'> {
  const state = useSyncExternalStore(loudspeaker.subscribe, loudspeaker.state);
  return useMemo(() => ({ ...state, toggle: loudspeaker.toggle, play: loudspeaker.play }), [state]);
}

/** For a person who looks at another program: how many came, and nothing of what they are. */
function tellElsewhere(title: string): void {
  if (document.hasFocus()) return;
  ownShell?.command('shell.notify', { title, body: '', command: 'go-exceptions' });
}

/** Sounds for what comes new into the queue, as long as the component is there. */
export function AlarmSounds() {
  const role = useSession()?.role;
  const queue = useViewStore('queue');
  const { t } = useWords();
  const watches = role === 'operator' || role === 'supervisor';
  const listen = useCallback(() => {
    let known: Set<string> | null = null;
    return queue.patches((patch) => {
      const fresh: QueueRow[] = [];
      const before = known;
      if (before !== null) {
        for (const [key, row] of patch.set) if (!before.has(key)) fresh.push(row);
      }
      known = patch.snapshot || before === null ? new Set(patch.set.keys()) : before;
      for (const key of patch.set.keys()) known.add(key);
      for (const key of patch.drop) known.delete(key);
      const priority = priorityToSound(fresh);
      if (priority === null) return;
      loudspeaker.sound(priority);
      tellElsewhere(t('shell.notice-waiting', { n: fresh.length }));
    });
  }, [queue, t]);
  useEffect(() => (watches ? listen() : undefined), [watches, listen]);
  useEffect(() => {
    addEventListener('keydown', loudspeaker.wake, { capture: true });
    addEventListener('pointerdown', loudspeaker.wake, { capture: true });
    return () => {
      removeEventListener('keydown', loudspeaker.wake, { capture: true });
      removeEventListener('pointerdown', loudspeaker.wake, { capture: true });
    };
  }, []);
  return null;
}
