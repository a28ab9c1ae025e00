import type { Priority } from '../../shared/domain/incident.ts';
import { TONES } from './tones.ts';

const LOUDNESS = 0.12;
/** Alarms in a flood sound at most this often; a higher priority always gets through. */
const REST_MS = 1_500;
const MUTED_AS = 'twoline.muted';

/** What it needs of the page, passed in so that tests can listen. */
export interface LoudspeakerMeans {
  readonly makeAudio: () => AudioContext;
  readonly stored: Pick<Storage, 'getItem' | 'setItem'>;
  readonly nowMs: () => number;
}

export interface SoundState {
  readonly muted: boolean;
  /** Browsers let a page sound only after a person touched it. */
  readonly ready: boolean;
}

/**
 * The loudspeaker of this window: one audio context, muted or not. It rests while nothing sounds: a
 * context that runs computes silence all day.
 */
export class Loudspeaker {
  #audio: AudioContext | null = null;
  #sounding = 0;
  readonly #means: LoudspeakerMeans;
  #state: SoundState;
  #last: { atMs: number; priority: Priority } | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(means: LoudspeakerMeans) {
    this.#means = means;
    this.#state = { muted: means.stored.getItem(MUTED_AS) === '1', ready: false };
  }

  readonly state = (): SoundState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** To be called from a key press or a click. */
  readonly wake = (): void => {
    if (this.#audio === null) {
      this.#audio = this.#means.makeAudio();
      this.#rest(this.#audio);
    }
    if (!this.#state.ready) this.#set({ ...this.#state, ready: true });
  };

  readonly toggle = (): void => {
    const muted = !this.#state.muted;
    this.#means.stored.setItem(MUTED_AS, muted ? '1' : '0');
    this.#set({ ...this.#state, muted });
  };

  sound(priority: Priority): void {
    if (this.#state.muted) return;
    const nowMs = this.#means.nowMs();
    const last = this.#last;
    if (last && nowMs - last.atMs < REST_MS && priority >= last.priority) return;
    this.#last = { atMs: nowMs, priority };
    this.play(priority);
  }

  /** Sounds now, muted or not: to be called at a person's wish. */
  readonly play = (priority: Priority): void => {
    const audio = this.#audio;
    if (audio === null) return;
    void audio.resume();
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
      this.#sounding += 1;
      tone.addEventListener('ended', () => {
        this.#sounding -= 1;
        this.#rest(audio);
      });
      tone.start(start);
      tone.stop(start + note.forS);
    }
  };

  #rest(audio: AudioContext): void {
    if (this.#sounding === 0) void audio.suspend();
  }

  #set(state: SoundState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
