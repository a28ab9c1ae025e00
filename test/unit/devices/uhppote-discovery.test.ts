import { expect, test } from 'vitest';
import { discoveryAt } from '../../../src/main/engine/devices/start-devices.ts';
import { Discovery } from '../../../src/main/engine/devices/uhppote/discovery.ts';
import type { Answered } from '../../../src/main/engine/devices/uhppote/transport.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import { ManualClock } from '../../../src/shared/lib/clock.ts';
import { peek } from '../../../src/shared/wire/uhppote/codec.ts';
import { smallSite } from '../../kit/small-site.ts';

const AT = { address: '10.1.255.255', port: 60_000 };
const answered = (serial: number): Answered => ({
  ...{ serial, address: '10.1.0.9', port: 60_000, version: 'v8.92' },
});

function bench() {
  const clock = new ManualClock(0);
  const asked: { to: typeof AT; head: ReturnType<typeof peek> }[] = [];
  let hear: ((one: Answered) => boolean) | null = null;
  let next: (() => void) | null = null;
  const discovery = new Discovery({
    ...{ at: AT, clock, everyMs: 60_000 },
    transport: {
      hearOthers: (call) => {
        hear = call;
      },
      broadcast: (to, bytes) => void asked.push({ to, head: peek(bytes) }),
    },
    timers: {
      after: (_ms, call) => {
        next = call;
        return { cancel: () => (next = null) };
      },
    },
  });
  discovery.start();
  return {
    ...{ clock, discovery, asked },
    answer: (serial: number) => must(hear, 'listener')(answered(serial)),
    round: () => {
      clock.advance(60_000);
      next?.();
    },
  };
}

test('everybody is asked at the start and again and again, by a question to no serial', () => {
  const { asked, discovery, round } = bench();
  round();
  discovery.stop();
  round();
  const head = { opcode: 0x94, serial: 0 };
  expect(asked).toEqual([
    { to: AT, head },
    { to: AT, head },
  ]);
});

test('who answers is listed until it has missed three rounds', () => {
  const { answer, discovery, round } = bench();
  expect(answer(7)).toBe(true);
  expect(answer(7)).toBe(true);
  expect(discovery.found()).toMatchObject([
    { serial: '7', address: '10.1.0.9', port: 60_000, version: 'v8.92', heardMonoMs: 0 },
  ]);
  for (let i = 0; i < 3; i += 1) round();
  expect(discovery.found()).toHaveLength(1);
  round();
  expect(discovery.found()).toEqual([]);
});

test('an answer that nobody asked for is not listed, and a flood of them has an end', () => {
  const { answer, clock, discovery } = bench();
  for (let serial = 1; serial <= 100; serial += 1) expect(answer(serial)).toBe(serial <= 64);
  expect(discovery.found()).toHaveLength(64);
  clock.advance(10_001);
  expect(answer(1)).toBe(false);
});

test('where nothing is said the machine’s own network is asked, and nobody on one machine', () => {
  const here = smallSite([{ serial: 405_419_001, port: 60_001 }]);
  const away = { ...here, boards: here.boards.map((board) => ({ ...board, address: '10.1.0.5' })) };
  expect(discoveryAt(here)).toBeNull();
  expect(discoveryAt(away)).toEqual({ address: '255.255.255.255', port: 60_000 });
  expect(discoveryAt({ ...away, discovery: AT })).toEqual(AT);
  expect(discoveryAt({ ...here, discovery: AT })).toEqual(AT);
  expect(discoveryAt({ ...away, discovery: null })).toBeNull();
});
