import { beforeEach, expect, test } from 'vitest';
import { Loudspeaker } from '../../../src/renderer/live/loudspeaker.ts';
import { TONES } from '../../../src/renderer/live/tones.ts';

interface Tone {
  ended: () => void;
  readonly frequency: { value: number };
}

/** An audio context that notes what it is asked for; its tones end when a test says so. */
class Heard {
  state: 'running' | 'suspended' = 'running';
  readonly tones: Tone[] = [];
  readonly currentTime = 0;
  readonly destination = {};

  async resume(): Promise<void> {
    this.state = 'running';
  }

  async suspend(): Promise<void> {
    this.state = 'suspended';
  }

  createOscillator() {
    const start = () => undefined;
    const connect = <T>(to: T) => to;
    const tone: Tone = { ended: () => undefined, frequency: { value: 0 } };
    const addEventListener = (_name: string, then: () => void) => {
      tone.ended = then;
    };
    this.tones.push(tone);
    return { ...tone, type: '', connect, start, stop: start, addEventListener };
  }

  createGain() {
    const gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
    return { gain, connect: () => undefined };
  }
}

let heard: Heard;
let nowMs: number;
let kept: Map<string, string>;

function speaker(): Loudspeaker {
  return new Loudspeaker({
    makeAudio: () => heard as unknown as AudioContext,
    stored: {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
    },
    nowMs: () => nowMs,
  });
}

beforeEach(() => {
  heard = new Heard();
  nowMs = 10_000;
  kept = new Map();
});

test('it computes nothing while nothing sounds, and rests again after the last note', () => {
  const one = speaker();
  one.wake();
  expect(heard.state).toBe('suspended');
  one.sound(2);
  expect(heard.state).toBe('running');
  const [first, last] = heard.tones;
  first?.ended();
  expect(heard.state).toBe('running');
  last?.ended();
  expect(heard.state).toBe('suspended');
  expect(heard.tones.map(({ frequency }) => frequency.value)).toEqual(TONES[2].map(({ hz }) => hz));
});

test('alarms in a flood rest between sounds; a higher priority gets through', () => {
  const one = speaker();
  one.wake();
  one.sound(3);
  nowMs += 200;
  one.sound(3);
  expect(heard.tones).toHaveLength(TONES[3].length);
  one.sound(1);
  expect(heard.tones).toHaveLength(TONES[3].length + TONES[1].length);
  nowMs += 1_500;
  one.sound(4);
  expect(heard.tones).toHaveLength(TONES[3].length + TONES[1].length + TONES[4].length);
});

test('muted it is silent, also after the page was loaded again, until asked for a sound', () => {
  const one = speaker();
  one.wake();
  one.toggle();
  one.sound(1);
  expect(heard.tones).toEqual([]);
  const again = speaker();
  expect(again.state()).toEqual({ muted: true, ready: false });
  again.wake();
  expect(again.state()).toEqual({ muted: true, ready: true });
  again.play(4);
  expect(heard.tones).toHaveLength(TONES[4].length);
});

test('before a person touched the page nothing sounds', () => {
  const one = speaker();
  one.sound(1);
  expect(heard.tones).toEqual([]);
});
