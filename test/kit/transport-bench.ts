import type { LinkState, ViewUpdate } from '../../src/shared/contract/client.ts';
import type { Carrier } from '../../src/shared/contract/transport/carrier.ts';
import { createClient, type LinkedClient } from '../../src/shared/contract/transport/client.ts';
import { serve } from '../../src/shared/contract/transport/server.ts';
import type { Fault } from '../../src/shared/lib/result.ts';
import { ManualTimers } from './manual-timers.ts';
import { ScriptBackend } from './script-backend.ts';
import { until } from './waiting.ts';

/** A way to carry connections: tells `accept` of the engine's end of each that is opened. */
export interface TestLink {
  connect(): Promise<Carrier>;
  close(): Promise<void>;
}
export type MakeLink = (accept: (carrier: Carrier) => void) => Promise<TestLink>;

/** What a test needs around one link. */
export class Bench {
  readonly backend = new ScriptBackend();
  readonly serverTimers = new ManualTimers();
  readonly clientTimers = new ManualTimers();
  readonly states: LinkState[] = [];
  readonly defects: unknown[] = [];
  readonly handlerErrors: unknown[] = [];
  readonly ends: ((why: Fault) => void)[] = [];
  readonly serverCarriers: Carrier[] = [];
  buffered: number | null = null;
  link!: TestLink;
  client!: LinkedClient;

  async start(make: MakeLink): Promise<void> {
    this.link = await make((carrier) => this.#accept(carrier));
  }

  #accept(carrier: Carrier): void {
    this.serverCarriers.push(carrier);
    const measured: Carrier = {
      send: (text) => carrier.send(text),
      onText: (listener) => carrier.onText(listener),
      onClose: (listener) => carrier.onClose(listener),
      close: () => carrier.close(),
      bufferedAmount: () => this.buffered ?? carrier.bufferedAmount(),
    };
    this.ends.push(
      serve(measured, {
        backend: this.backend,
        workstation: 'w',
        timers: this.serverTimers,
        onDefect: (error) => this.defects.push(error),
      }),
    );
  }

  async connectClient(): Promise<void> {
    this.client = createClient(() => this.link.connect(), this.clientTimers, {
      onHandlerError: (error) => this.handlerErrors.push(error),
    });
    this.client.onLink((state) => this.states.push(state));
    await until('the link', () => this.states.at(-1) === 'open');
  }

  async close(): Promise<void> {
    this.client?.close();
    await this.link.close();
  }
}

/** A watch whose screen is slow or quick as the test says. */
export class Screen {
  readonly updates: ViewUpdate<'lanes'>[] = [];
  readonly ends: (Fault | null)[] = [];
  lagged = 0;
  slow = false;
  readonly #drawn: (() => void)[] = [];

  readonly onUpdate = (update: ViewUpdate<'lanes'>): Promise<void> | undefined => {
    this.updates.push(update);
    if (!this.slow) return undefined;
    return new Promise((resolve) => this.#drawn.push(resolve));
  };
  readonly onEnd = (fault: Fault | null): void => {
    this.ends.push(fault);
  };
  readonly onLagged = (): void => {
    this.lagged += 1;
  };

  draw(): void {
    this.#drawn.shift()?.();
  }
}

/** A raw connection, for messages that our own client would never send. */
export class RawPeer {
  readonly frames: Record<string, unknown>[] = [];
  closed = false;
  readonly carrier: Carrier;

  constructor(carrier: Carrier) {
    this.carrier = carrier;
    carrier.onText((text) => this.frames.push(JSON.parse(text) as Record<string, unknown>));
    carrier.onClose(() => {
      this.closed = true;
    });
  }

  of(t: string): Record<string, unknown>[] {
    return this.frames.filter((frame) => frame.t === t);
  }
}

export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? 'no code',
  );

export interface CallKit {
  started(): Promise<Bench>;
  raw(): Promise<RawPeer>;
  bench(): Bench;
}

export interface WatchKit extends CallKit {
  watching(slow?: boolean): Promise<Screen>;
  sink(): ScriptBackend['watches'][number]['sink'];
}
