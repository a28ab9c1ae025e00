import type { Fault } from '../../lib/result.ts';
import type { LinkState } from '../client.ts';
import type { Carrier, LinkTimers } from './carrier.ts';
import { MISSED_HEARTBEATS, PROTOCOL, type ServerFrame } from './protocol.ts';

/** Waits before the tries to reach the engine again; the last one repeats. */
const BACKOFF_MS = [100, 250, 500, 1_000, 2_000] as const;
/** How long a try may take until the engine said hello. */
const HELLO_WITHIN_MS = 10_000;

export const LINK_LOST: Fault = {
  code: 'link-lost',
  text: 'the link to the console was lost before it answered; look whether it was done',
};

export interface ClientLinkParts {
  readonly connect: () => Promise<Carrier>;
  readonly timers: LinkTimers;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly onState: (state: LinkState, why: Fault) => void;
}

/** Keeps one connection to the engine open: tries again for as long as it is not closed. */
export class ClientLink {
  readonly #parts: ClientLinkParts;
  #state: LinkState = 'connecting';
  #carrier: Carrier | null = null;
  #failures = 0;
  #heardMs = 0;
  #why: Fault = LINK_LOST;
  #stopTimer: () => void = () => {};
  /** Counts the tries: whatever an older one still says is void. */
  #epoch = 0;
  #closed = false;

  constructor(parts: ClientLinkParts) {
    this.#parts = parts;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Begins a try; never throws. */
  async open(): Promise<void> {
    this.#epoch += 1;
    const epoch = this.#epoch;
    this.#after(HELLO_WITHIN_MS, () => this.#lost(epoch, LINK_LOST));
    try {
      const carrier = await this.#parts.connect();
      if (epoch !== this.#epoch || this.#closed) {
        carrier.close();
        return;
      }
      this.#carrier = carrier;
      carrier.onClose(() => this.#lost(epoch, this.#why));
      carrier.onText((text) => this.#take(epoch, text));
    } catch {
      this.#lost(epoch, LINK_LOST);
    }
  }

  /** Sends when the link is open; what is sent otherwise is dropped. */
  send(text: string): void {
    if (this.#state === 'open') this.#carrier?.send(text);
  }

  close(): void {
    this.#closed = true;
    this.#drop();
    this.#state = 'lost';
  }

  #take(epoch: number, text: string): void {
    if (epoch !== this.#epoch) return;
    this.#heardMs = this.#parts.timers.nowMs();
    const frame = readServerFrame(text);
    if (frame === null) this.#lost(epoch, LINK_LOST);
    else if (frame.t === 'hello') this.#greeted(epoch, frame.protocol, frame.heartbeatMs);
    else if (frame.t === 'ping') this.#carrier?.send(JSON.stringify({ t: 'pong' }));
    else if (frame.t === 'bye') this.#why = frame.fault;
    else this.#parts.onFrame(frame);
  }

  #greeted(epoch: number, protocol: number, heartbeatMs: number): void {
    if (protocol !== PROTOCOL) {
      const text = 'this page and the console are of different versions: load the page again';
      this.#lost(epoch, { code: 'other-version', text });
      return;
    }
    this.#why = LINK_LOST;
    this.#watch(epoch, heartbeatMs);
    this.#set('open', LINK_LOST);
  }

  /** Hangs up when the engine has been silent for too long. */
  #watch(epoch: number, heartbeatMs: number): void {
    this.#after(heartbeatMs, () => {
      const silentMs = this.#parts.timers.nowMs() - this.#heardMs;
      if (silentMs > MISSED_HEARTBEATS * heartbeatMs) {
        this.#lost(epoch, LINK_LOST);
        return;
      }
      // Only a link that lasted is a good one: an engine that greets and dies is not asked faster.
      this.#failures = 0;
      this.#watch(epoch, heartbeatMs);
    });
  }

  #lost(epoch: number, why: Fault): void {
    if (epoch !== this.#epoch || this.#closed) return;
    this.#drop();
    const waitMs = BACKOFF_MS[Math.min(this.#failures, BACKOFF_MS.length - 1)] ?? 0;
    this.#failures += 1;
    this.#after(waitMs, () => void this.open());
    this.#set('lost', why);
  }

  /** Ends the present try or connection. */
  #drop(): void {
    this.#epoch += 1;
    this.#stopTimer();
    const carrier = this.#carrier;
    this.#carrier = null;
    carrier?.close();
  }

  #after(delayMs: number, run: () => void): void {
    this.#stopTimer();
    this.#stopTimer = this.#parts.timers.after(delayMs, run);
  }

  #set(state: LinkState, why: Fault): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#parts.onState(state, why);
  }
}

/** The engine's frames are trusted beyond being frames. */
function readServerFrame(text: string): ServerFrame | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 't' in value) return value as ServerFrame;
  } catch {
    // Falls through: no frame.
  }
  return null;
}
