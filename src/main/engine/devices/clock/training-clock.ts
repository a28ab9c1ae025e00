import { createSocket, type Socket } from 'node:dgram';
import { z } from 'zod';
import type { Clock, Pace } from '../../../../shared/lib/clock.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';

/** The end of the year 9999: beyond it no calendar can be written. */
const MAX_WALL_MS = 253_402_300_799_999;

const Speed = z.number().min(0).max(10_000);
/** What the training clock tells: the calendar now, how fast it runs, ran, and was asked to. */
const Told = z.object({
  v: z.literal(1),
  wallMs: z.number().min(0).max(MAX_WALL_MS),
  speed: Speed,
  achieved: Speed.optional(),
  asked: Speed.optional(),
});

const ASK_MS = 1_000;
const FIRST_ANSWER_MS = 5_000;
const QUESTION = Buffer.from('{"v":1,"ask":true}');
const MAX_DATAGRAM = 512;

/**
 * The training zone's calendar, told over UDP: runs `speed` times as fast as real time and never
 * backwards. Monotonic time stays this process's own. Garbage is dropped and counted.
 */
export class TrainingClock implements Clock {
  readonly #socket: Socket;
  readonly #address: { address: string; port: number };
  #base = { wallMs: 0, monoMs: 0, speed: 1 };
  #pace: Pace = { now: 1, asked: 1, achieved: 1 };
  #newest = 0;
  #timer: NodeJS.Timeout | undefined;
  #told: (() => void) | undefined;
  garbage = 0;

  private constructor(address: { address: string; port: number }) {
    this.#address = address;
    this.#socket = createSocket('udp4');
    this.#socket.on('message', (bytes, from) => this.#heard(bytes, from));
    this.#socket.on('error', () => undefined);
  }

  /** Asks until the first answer; fails with `training-clock-silent` after 5 s. */
  static async connect(address: { address: string; port: number }): Promise<Result<TrainingClock>> {
    const clock = new TrainingClock(address);
    const answered = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), FIRST_ANSWER_MS);
      clock.#told = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
    await new Promise<void>((resolve) => clock.#socket.bind(0, address.address, resolve));
    clock.#ask();
    clock.#timer = setInterval(() => clock.#ask(), ASK_MS);
    if (await answered) return ok(clock);
    clock.stop();
    const where = `${address.address}:${address.port}`;
    return fail(
      'training-clock-silent',
      'the training zone does not tell the time: see that it runs',
      where,
    );
  }

  wallMs(): number {
    const { wallMs, monoMs, speed } = this.#base;
    this.#newest = Math.max(this.#newest, wallMs + (performance.now() - monoMs) * speed);
    return this.#newest;
  }

  monoMs(): number {
    return performance.now();
  }

  /** At least 1: while the zone is paused, real ms are what ages are told in. */
  speed(): number {
    return Math.max(1, this.#base.speed);
  }

  pace(): Pace {
    return this.#pace;
  }

  /** The local port that answers come to. */
  get port(): number {
    return this.#socket.address().port;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #ask(): void {
    this.#socket.send(QUESTION, this.#address.port, this.#address.address);
  }

  #heard(bytes: Buffer, from: { address: string; port: number }): void {
    const known = from.address === this.#address.address && from.port === this.#address.port;
    const told = known && bytes.length <= MAX_DATAGRAM ? parse(bytes) : null;
    if (told === null) {
      this.garbage += 1;
      return;
    }
    this.#base = { wallMs: told.wallMs, monoMs: performance.now(), speed: told.speed };
    const { speed: now, asked = now, achieved = now } = told;
    this.#pace = { now, asked, achieved };
    this.#told?.();
    this.#told = undefined;
  }
}

function parse(bytes: Buffer): z.infer<typeof Told> | null {
  try {
    return Told.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
