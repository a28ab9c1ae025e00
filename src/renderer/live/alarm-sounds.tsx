import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { QueueRow } from '../../shared/contract/views.ts';
import type { Priority } from '../../shared/domain/incident.ts';
import { useWords } from '../words/words.ts';
import { useSession } from './client.tsx';
import { ownShell } from './shell.ts';
import { priorityToSound, TONES } from './tones.ts';
import { useViewStore } from './use-view.ts';

const LOUDNESS = 0.12;
/** Alarms in a flood sound at most this often; a higher priority always gets through. */
const REST_MS = 1_500;
const MUTED_AS = 'twoline.muted';

interface SoundState {
  readonly muted: boolean;
  /** Browsers let a page sound only after a person touched it. */
  readonly ready: boolean;
}

/** The loudspeaker of this window: one audio context, muted or not. */
class Loudspeaker {
  #audio: AudioContext | null = null;
  #state: SoundState = { muted: sessionStorage.getItem(MUTED_AS) === '1', ready: false };
  #last: { atMs: number; priority: Priority } | null = null;
  readonly #listeners = new Set<() => void>();

  readonly state = (): SoundState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** To be called from a key press or a click. */
  readonly wake = (): void => {
    if (this.#audio === null) this.#audio = new AudioContext();
    if (!this.#state.ready) this.#set({ ...this.#state, ready: true });
  };

  readonly toggle = (): void => {
    const muted = !this.#state.muted;
    sessionStorage.setItem(MUTED_AS, muted ? '1' : '0');
    this.#set({ ...this.#state, muted });
  };

  sound(priority: Priority): void {
    if (this.#state.muted) return;
    const nowMs = performance.now();
    const last = this.#last;
    if (last && nowMs - last.atMs < REST_MS && priority >= last.priority) return;
    this.#last = { atMs: nowMs, priority };
    this.play(priority);
  }

  /** Sounds now, muted or not: to be called at a person's wish. */
  readonly play = (priority: Priority): void => {
    const audio = this.#audio;
    if (audio === null) return;
    for (const note of TONES[priority]) {
      const start = audio.currentTime + note.atS;
      const tone = audio.createOscillator();
      const gain = audio.createGain();
      tone.frequency.value = note.hz;
      tone.type = 'triangle';
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015);
      gain.gain.setValueAtTime(LOUDNESS, start + note.forS - 0.03);
      gain.gain.linearRampToValueAtTime(0, start + note.forS);
      tone.connect(gain).connect(audio.destination);
      tone.start(start);
      tone.stop(start + note.forS);
    }
  };

  #set(state: SoundState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

const loudspeaker = new Loudspeaker();

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
