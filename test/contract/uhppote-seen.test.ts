/** Up to when a board has told all that it saw, and when it may have missed somebody. */
import { afterEach, describe, expect, test } from 'vitest';
import { type GateZone, type GateZoneOptions, onlineGateZone } from '../kit/gate-zone.ts';

let zone: GateZone | null = null;
async function online(options: GateZoneOptions = {}): Promise<GateZone> {
  zone = await onlineGateZone(options);
  return zone;
}
afterEach(async () => {
  await zone?.stop();
  zone = null;
});

describe('what it has seen', () => {
  const blindOf = ({ board }: GateZone) => board.health().blindMonoMs ?? 0;
  const toldOf = ({ board }: GateZone) => board.health().toldMonoMs ?? 0;

  test('after a power cut it may miss who goes through, until it agreed to all again', async () => {
    const one = await online({ timing: { offlineAfterMs: 60_000 } });
    expect(blindOf(one)).toBe(0);
    // Whatever is sent to it once its start was read is lost.
    one.sink.durable = async ({ kind }) => {
      if (kind === 'alarm') one.device.setFaults({ incoming: { drop: 1 } });
    };
    one.device.powerCut();
    one.device.powerOn();
    await one.sink.first('alarm', (event) => event.alarm === 'power-on');
    const first = blindOf(one);
    const told = one.device.received('record-special-events');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(one.device.hostDecides()).toBe(false);
    expect(blindOf(one)).toBeGreaterThan(first + 400);
    one.device.setFaults({});
    await one.sink.until(() => one.device.hostDecides(), 'remote control');
    await one.sink.until(() => one.device.received('record-special-events') > told, 'its doors');
    await one.sink.until(() => one.device.listener().port > 0, 'the listener');
    const last = blindOf(one);
    await one.sink.until(() => toldOf(one) > last + 300, 'it to have told all');
    expect(blindOf(one)).toBe(last);
  });

  test('what it has told is in the journal, and is asked for after that moment', async () => {
    const one = await online();
    await one.sink.until(() => toldOf(one) > 0, 'two statuses');
    const before = toldOf(one);
    await one.sink.until(() => toldOf(one) > before, 'the next one');
    let written = () => {};
    one.sink.durable = ({ kind }) => {
      if (kind !== 'swipe') return Promise.resolve();
      return new Promise((resolve) => {
        written = resolve;
      });
    };
    void one.device.swipe(1, 'in', 101, 50);
    await one.sink.first('swipe');
    const told = toldOf(one);
    const asked = one.device.received('get-status');
    await one.sink.until(() => one.device.received('get-status') > asked + 3, 'statuses');
    expect(toldOf(one)).toBe(told);
    written();
    await one.sink.until(() => toldOf(one) > told, 'all of it');
  });
});
