import type {
  CentreAck,
  CentreBatch,
  CentreFault,
  CentreHello,
  CentrePort,
  JournalHead,
} from '../../../src/main/engine/sync/centre-port.ts';
import type { Result } from '../../../src/shared/lib/result.ts';
import type { Rng } from '../../../src/shared/lib/rng.ts';
import { MemoryCentre } from '../../kit/memory-centre.ts';
import type { VirtualHost } from '../host/virtual-host.ts';

/** How the centre and the line to it are. */
export type CentreMood = 'well' | 'slow' | 'stuck' | 'flaky' | 'away';

const LOST: CentreFault = { kind: 'lost', code: 'broken-off', text: 'the line broke off' };
const BUSY: CentreFault = { kind: 'busy', code: 'serialization', text: 'asked to send less' };

/** A centre by the rules of the real one, behind a line that takes time and may break. */
export class SimCentre {
  readonly store = new MemoryCentre();
  readonly #host: VirtualHost;
  readonly #rng: Rng;
  mood: CentreMood = 'well';
  /** Raised when it is restored to an earlier state: what was under way does not arrive. */
  #restored = 0;

  constructor(host: VirtualHost, rng: Rng) {
    this.#host = host;
    this.#rng = rng;
  }

  /** Restored from a copy that is so many events old. */
  restore(lost: number): void {
    this.#restored += 1;
    this.store.goBack(Math.max(0, this.store.held.length - lost));
  }

  /** A line to it, as one engine has it. */
  connect(): CentrePort {
    return {
      hello: (head: JournalHead) => this.#call<CentreHello>(() => this.store.hello(head)),
      push: (batch: CentreBatch) => this.#call<CentreAck>(() => this.store.push(batch)),
      close: () => this.store.close(),
    };
  }

  async #call<T>(work: () => Promise<Result<T, CentreFault>>): Promise<Result<T, CentreFault>> {
    const { mood } = this;
    const rng = this.#rng;
    if (mood === 'stuck') return new Promise(() => undefined);
    const slow = mood === 'slow' ? 500 + rng.next() * 40_000 : 0;
    await this.#wait(1 + rng.next() * 20 + slow);
    if (mood === 'away' || (mood === 'flaky' && rng.chance(0.25))) {
      return { ok: false, fault: LOST };
    }
    if (mood === 'flaky' && rng.chance(0.2)) return { ok: false, fault: BUSY };
    const before = this.#restored;
    const result = await work();
    if (mood === 'flaky' && rng.chance(0.3)) return { ok: false, fault: LOST };
    await this.#wait(1 + rng.next() * 20);
    return before === this.#restored ? result : { ok: false, fault: LOST };
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#host.after(ms, resolve);
    });
  }
}
