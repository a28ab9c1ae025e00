import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startClockServer } from '../../../src/training/clock/clock-server.ts';
import { TrainingClock } from '../../../src/training/clock/training-clock.ts';

test('the clock never runs backwards, whatever the speed does', () => {
  const step = fc.record({
    passMs: fc.integer({ min: 0, max: 5000 }),
    speed: fc.integer({ min: -5, max: 2000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      let monoMs = 0;
      const clock = new TrainingClock(1_000_000, 60, () => monoMs);
      let last = clock.wallMs();
      for (const { passMs, speed } of steps) {
        monoMs += passMs;
        expect(clock.wallMs()).toBeGreaterThanOrEqual(last);
        last = clock.wallMs();
        clock.setSpeed(speed);
        expect(clock.wallMs()).toBe(last);
      }
    }),
  );
});

test('the achieved speed is what the calendar made of the last five real seconds', () => {
  let monoMs = 0;
  const clock = new TrainingClock(0, 100, () => monoMs);
  for (; monoMs < 20_000; monoMs += 250) clock.mark();
  expect(clock.achieved()).toBeCloseTo(100, 5);
  clock.setSpeed(20);
  for (let i = 0; i < 10; i += 1) {
    monoMs += 250;
    clock.mark();
  }
  expect(clock.achieved()).toBeCloseTo(60, 0);
});

test('who asks is answered at once and told again; rubbish is ignored', async () => {
  const clock = new TrainingClock(1_750_000_000_000, 60, () => performance.now());
  const server = await startClockServer(clock, 90);
  const asker = createSocket('udp4');
  asker.bind(0, '127.0.0.1');
  await once(asker, 'listening');
  expect(server.quietMs()).toBe(Infinity);
  for (const rubbish of ['', '{', 'null', '[]', '{"ask":false}', 'x'.repeat(2000)]) {
    asker.send(rubbish, server.port, server.address);
  }
  asker.send('{"v":1,"ask":true}', server.port, server.address);
  const told: { wallMs: number; speed: number; achieved: number; asked: number }[] = [];
  while (told.length < 3) {
    const [message] = (await once(asker, 'message')) as [Buffer];
    told.push(JSON.parse(message.toString()));
  }
  expect(told[0]).toMatchObject({ v: 1, speed: 60, asked: 90 });
  expect(told[2]!.wallMs).toBeGreaterThan(told[1]!.wallMs);
  expect(server.quietMs()).toBeLessThan(5000);
  asker.close();
  await server.close();
});
