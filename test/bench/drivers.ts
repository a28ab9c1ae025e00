import { must } from '../../src/shared/lib/assert.ts';
import type { Received } from '../../src/shared/wire/osdp/packet.ts';
import { TrainingDevice } from '../../src/training/osdp/training-device.ts';
import { LEAVES, type MixedZone, startMixedZone, typedOf } from '../kit/mixed-zone.ts';
import { badgeBits } from '../kit/osdp-zone.ts';
import { realClock } from '../kit/real-clock.ts';
import type { BenchContext } from './context.ts';
import { median, percentile } from './figures.ts';
import type { Figure } from './row.ts';

/** A badge at each driver's gate in turn takes about so long: a person walks through each. */
const ROUND_MS = 1_000;
/** Rounds that warm the engine and do not count. */
const WARM = 3;
const REACH_MS = 60;
const HELD_MS = 250;
const WAIT_MS = 5_000;
/** Codes on the wire: a badge's bits, and the command to an output. */
const RAW = 0x50;
const OUT = 0x68;

/** Notes when a badge's bytes leave for the console, and when the command to open comes in. */
class TimedDevice extends TrainingDevice {
  heldMs = 0;
  #toldMs = 0;
  onTold: (waitedMs: number) => void = () => undefined;
  onOpen: (tookMs: number) => void = () => undefined;

  override answer(packet: Received): Uint8Array | null {
    const nowMs = performance.now();
    if (packet.code === OUT && this.#toldMs > 0) {
      this.onOpen(nowMs - this.#toldMs);
      this.#toldMs = 0;
    }
    const answer = super.answer(packet);
    // Without a secure channel the code stands behind the five bytes of the head.
    if (answer?.[5] === RAW) {
      this.#toldMs = nowMs;
      this.onTold(nowMs - this.heldMs);
    }
    return answer;
  }
}

/** What one driver's gate took: badge bytes to open bytes, and what its bus took before. */
interface Taken {
  readonly tookMs: number[];
  readonly waitedMs: number[];
}

const nothing = (): Taken => ({ tookMs: [], waitedMs: [] });

/**
 * Badge bytes to open bytes at the gates of every driver, through one whole engine in this process.
 * What the device's own bus takes before, as it is asked for news only so often, stands apart.
 */
export async function measureDrivers(context: BenchContext): Promise<Figure[]> {
  const clock = realClock(Date.now());
  const device = new TimedDevice({ address: 3, wallMs: () => clock.wallMs() });
  const rounds = Math.max(1, Math.floor((context.seconds * 1000) / ROUND_MS));
  const holders = Array.from({ length: 3 * (WARM + rounds) }, (_, i) => ({ n: i + 1 }));
  const zone = await startMixedZone({ clock, holders, osdp: device });
  try {
    let taken = { uhppote: nothing(), modbus: nothing(), osdp: nothing() };
    for (let round = 0; round < WARM + rounds; round += 1) {
      if (round === WARM) taken = { uhppote: nothing(), modbus: nothing(), osdp: nothing() };
      await crossUhppote(zone, 3 * round + 1, taken.uhppote);
      await crossModbus(zone, 3 * round + 2, taken.modbus);
      await crossOsdp(device, 3 * round + 3, taken.osdp);
    }
    return [
      ...figuresOf('uhppote', taken.uhppote, rounds),
      ...figuresOf('modbus', taken.modbus, rounds),
      ...figuresOf('osdp', taken.osdp, rounds),
    ];
  } finally {
    await zone.close();
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function crossUhppote({ boards }: MixedZone, n: number, taken: Taken): Promise<void> {
  const board = must(boards[0], 'board');
  const seen = await board.swipe(1, 'in', 100_000 + n, WAIT_MS);
  if (seen.openedMonoMs === null) return;
  taken.tookMs.push(seen.openedMonoMs - seen.swipedMonoMs);
  await pause(REACH_MS);
  await board.personPasses(1, HELD_MS);
}

async function crossModbus({ gates, module, readers }: MixedZone, n: number, taken: Taken) {
  const beganMs = performance.now();
  const opened = new Promise<void>((resolve) => {
    const stop = module.watch(({ output, on }) => {
      if (output !== 0 || !on) return;
      taken.tookMs.push(performance.now() - beganMs);
      stop();
      resolve();
    });
  });
  readers.in.type(typedOf(n));
  await Promise.race([opened, pause(WAIT_MS)]);
  await pause(REACH_MS);
  await gates.in.personPasses(HELD_MS);
}

async function crossOsdp(device: TimedDevice, n: number, taken: Taken): Promise<void> {
  device.onTold = (waitedMs) => void taken.waitedMs.push(waitedMs);
  const opened = new Promise<void>((resolve) => {
    device.onOpen = (tookMs) => {
      taken.tookMs.push(tookMs);
      resolve();
    };
  });
  device.heldMs = performance.now();
  device.hold(badgeBits(1, n));
  await Promise.race([opened, pause(WAIT_MS)]);
  await pause(REACH_MS);
  device.setInput(LEAVES[0], true);
  await pause(HELD_MS);
  device.setInput(LEAVES[0], false);
}

function figuresOf(driver: string, { tookMs, waitedMs }: Taken, rounds: number): Figure[] {
  const missed = rounds - tookMs.length;
  const wrong = missed === 0 ? null : `${missed} of ${rounds} badges opened nothing within 5 s`;
  const both = { unit: 'ms', better: 'less', bare: null } as const;
  const row = `badge-to-open-${driver}`;
  const figures: Figure[] = [
    { ...both, row: `${row}-p50`, value: median(tookMs), bar: {}, wrong },
    { ...both, row: `${row}-p99`, value: percentile(tookMs, 0.99), bar: { atMost: 10 }, wrong },
  ];
  if (waitedMs.length === 0) return figures;
  const value = percentile(waitedMs, 0.99);
  return [...figures, { ...both, row: `${row}-bus`, value, bar: {}, wrong: null }];
}
