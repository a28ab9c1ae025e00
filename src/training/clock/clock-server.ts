import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { TrainingClock } from './training-clock.ts';

const PUSH_EVERY_MS = 250;
/** Who has not asked for this long is told no more. */
const FORGET_AFTER_MS = 10_000;
/** Who may be told at the same time; further askers are answered once and not remembered. */
const MAX_LISTENERS = 64;
/** Longer datagrams are not requests. */
const MAX_REQUEST_BYTES = 512;

export interface ClockServer {
  readonly address: string;
  readonly port: number;
  /** Real ms since somebody last asked; Infinity before anybody did. */
  readonly quietMs: () => number;
  readonly close: () => Promise<void>;
}

function isRequest(message: Buffer): boolean {
  if (message.length > MAX_REQUEST_BYTES) return false;
  try {
    const value: unknown = JSON.parse(message.toString('utf8'));
    return typeof value === 'object' && value !== null && 'ask' in value && value.ask === true;
  } catch {
    return false;
  }
}

/**
 * Serves the training clock on a free UDP port of 127.0.0.1: `{"v":1,"ask":true}` is answered by
 * `{"v":1,"wallMs":…,"speed":…,"achieved":…,"asked":…}`, and again every 250 ms to whoever asked in
 * the last 10 s. `speed` holds from this moment, `achieved` is the mean of the last 5 s, `asked` is
 * the speed that was wanted. Anything else is ignored. `beat` runs right before each push, so that
 * a speed set in it is told at once. Rejects when no port can be bound.
 */
export async function startClockServer(
  clock: TrainingClock,
  askedSpeed: number,
  beat: () => void = () => undefined,
): Promise<ClockServer> {
  const socket: Socket = createSocket('udp4');
  const listeners = new Map<string, { port: number; address: string; askedAtMs: number }>();
  let lastAskedMs = Number.NEGATIVE_INFINITY;
  const told = () =>
    JSON.stringify({
      v: 1,
      wallMs: Math.floor(clock.wallMs()),
      speed: clock.speed(),
      achieved: Math.round(clock.achieved() * 1000) / 1000,
      asked: askedSpeed,
    });
  const push = () => {
    beat();
    clock.mark();
    const oldestMs = clock.monoMs() - FORGET_AFTER_MS;
    for (const [key, { port, address, askedAtMs }] of listeners) {
      if (askedAtMs < oldestMs) listeners.delete(key);
      else socket.send(told(), port, address);
    }
  };
  socket.on('message', (message, { address, port }) => {
    if (!isRequest(message)) return;
    const key = `${address}:${port}`;
    lastAskedMs = clock.monoMs();
    if (listeners.has(key) || listeners.size < MAX_LISTENERS) {
      listeners.set(key, { port, address, askedAtMs: lastAskedMs });
    }
    socket.send(told(), port, address);
  });
  // A listener that has gone makes the next send fail on some systems; it is forgotten in 10 s.
  socket.on('error', () => undefined);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const timer = setInterval(push, PUSH_EVERY_MS);
  return {
    address: '127.0.0.1',
    port: socket.address().port,
    quietMs: () => clock.monoMs() - lastAskedMs,
    close: async () => {
      clearInterval(timer);
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
