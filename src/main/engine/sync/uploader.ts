import type { Clock } from '../../../shared/lib/clock.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { Rng } from '../../../shared/lib/rng.ts';
import { BatchWindow } from './batch-window.ts';
import { asksForLess, timeoutFault } from './centre-faults.ts';
import type { CentreFault, CentrePort, JournalRow, JournalSource } from './centre-port.ts';
import { judgeAck, judgeHello } from './judge.ts';
import { readBatch } from './read-batch.ts';
import { sendEarlier } from './send-earlier.ts';
import type { SyncLimits } from './sync-limits.ts';
import { SyncReport } from './sync-report.ts';
import type { SyncState } from './sync-state.ts';
import type { Timers } from './timers.ts';

export interface UploaderDeps {
  readonly journal: JournalSource;
  readonly centre: CentrePort;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly rng: Rng;
  readonly limits: SyncLimits;
  /** The cursor kept from the last run, 0 at first. For show: the centre says where to go on. */
  readonly ackedSeq: number;
  /** Every change of state or reason at once, changed numbers every tick. */
  readonly onState: (state: SyncState) => void;
  /** The centre holds the journal up to `seq`; less than before when it was restored. */
  readonly onAcked: (seq: number) => void;
}

export interface Uploader {
  /** The journal was committed up to `seq`. Costs next to nothing; called after every commit. */
  committed(seq: number): void;
  state(): SyncState;
  /** Drops the connection and ends; nothing is lost, the centre is asked again next time. */
  stop(): Promise<void>;
}

/** Sends the journal to the centre until stopped, in this thread, in short pieces of work. */
export function startUploader(deps: UploaderDeps): Uploader {
  const loop = new UploadLoop(deps);
  const ended = loop.run();
  return {
    committed: (seq) => loop.committed(seq),
    state: () => loop.report.state(),
    stop() {
      loop.stop();
      return ended;
    },
  };
}

type Batch = Result<readonly JournalRow[], CentreFault>;

/** Why a session ended, and by what. */
interface Broken {
  readonly fault: CentreFault;
  readonly by: 'greeting' | 'batch';
}

class UploadLoop {
  readonly report: SyncReport;
  readonly #deps: UploaderDeps;
  readonly #window: BatchWindow;
  #stopped = false;
  #failures = 0;
  #epoch = 0;
  #greetedMs = 0;
  /** The last batch took all there was, so what comes next is new and may be gathered. */
  #live = false;
  /** The batch after the one that is under way. */
  #ahead: { readonly after: number; readonly batch: Promise<Batch> } | null = null;
  /** Ends the present wait: `wake` for new events, `quit` for the end. */
  #wake: (() => void) | null = null;
  #quit: (() => void) | null = null;

  constructor(deps: UploaderDeps) {
    this.#deps = deps;
    const { limits, journal, clock, onState, ackedSeq } = deps;
    this.#window = new BatchWindow(
      { rows: limits.maxRows, bytes: limits.maxBytes },
      limits.maxEventBytes,
    );
    this.report = new SyncReport({ journal, clock, behindMs: limits.behindMs, onState, ackedSeq });
  }

  async run(): Promise<void> {
    const stopTicks = this.#startTicks();
    while (!this.#stopped) {
      const broken = await this.#guarded();
      if (broken === null) break;
      this.#blame(broken);
      await this.#wait(this.#pauseMs(broken.fault), false);
    }
    stopTicks();
    this.#deps.centre.close();
  }

  committed(seq: number): void {
    this.report.committed(seq);
    if (this.report.waiting() > 0) this.#wake?.();
  }

  stop(): void {
    this.#stopped = true;
    this.#deps.centre.close();
    this.#quit?.();
  }

  /**
   * The watchdog: looks at the journal itself every tick, so that a lost word of a commit delays
   * an event by a tick at most, and tells the age of what waits.
   */
  #startTicks(): () => void {
    let cancel = () => {};
    const tick = () => {
      cancel = this.#deps.timers.after(this.#deps.limits.tickMs, tick);
      this.#look();
      this.report.tell(true);
      if (this.report.waiting() > 0) this.#wake?.();
    };
    cancel = this.#deps.timers.after(this.#deps.limits.tickMs, tick);
    return () => cancel();
  }

  /** The journal's end; a journal that cannot be read is found out by the session. */
  #look(): void {
    try {
      this.report.committed(this.#deps.journal.headSeq());
    } catch {}
  }

  /** A session, with what the journal throws turned into a refusal: the console goes on. */
  async #guarded(): Promise<Broken | null> {
    try {
      return await this.#session();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const text = `the journal could not be read for the centre: ${why}`.slice(0, 280);
      const fault: CentreFault = { kind: 'refused', code: 'journal-unreadable', text };
      return { fault, by: 'greeting' };
    }
  }

  /** Greets the centre and sends until something breaks; null when stopped. */
  async #session(): Promise<Broken | null> {
    this.#live = false;
    this.#ahead = null;
    let greeted = await this.#greet();
    while (!this.#stopped) {
      if (!greeted.ok) return { fault: greeted.fault, by: 'greeting' };
      if (await this.#idle()) {
        greeted = await this.#greet();
        continue;
      }
      if (this.#stopped) break;
      const sent = await this.#sendNext();
      if (!sent.ok) return { fault: sent.fault, by: 'batch' };
    }
    return null;
  }

  /** `sentEarlier`: nothing is left to send of the epochs before. */
  async #greet(sentEarlier = false): Promise<Result<null, CentreFault>> {
    const { centre, clock, journal } = this.#deps;
    const head = journal.head();
    this.report.committed(head.seq);
    this.#greetedMs = clock.monoMs();
    const hello = await this.#inTime(centre.hello(head));
    if (!hello.ok) return hello;
    this.report.noticed(hello.value.notices);
    const judged = judgeHello(hello.value, head, journal);
    if (!judged.ok) return judged;
    this.#window.allow({ rows: hello.value.maxRows, bytes: hello.value.maxBytes });
    const isNew = hello.value.epochState === 'new' && head.epoch > 1;
    if (isNew) this.report.newEpoch();
    this.#epoch = head.epoch;
    this.#acknowledged(judged.value, 'greeting');
    if (isNew && !sentEarlier) return this.#sendEarlier();
    if (this.report.waiting() === 0) this.#failures = 0;
    return ok(null);
  }

  /** What is left of the epochs before, and then the greeting again. */
  async #sendEarlier(): Promise<Result<null, CentreFault>> {
    const { centre, journal, limits, timers } = this.#deps;
    const inTime: Pick<CentrePort, 'hello' | 'push'> = {
      hello: (head) => this.#inTime(centre.hello(head)),
      push: (batch) => this.#inTime(centre.push(batch)),
    };
    const parts = { journal, centre: inTime, window: this.#window, limits, timers };
    const sent = await sendEarlier({ ...parts, isStopped: () => this.#stopped });
    if (!sent.ok) return sent;
    return this.#greet(true);
  }

  /** Waits until there is something to send; true when the centre should be asked again first. */
  async #idle(): Promise<boolean> {
    const { limits, clock } = this.#deps;
    const leftMs = this.#greetedMs + limits.heartbeatMs - clock.monoMs();
    if (leftMs <= 0) return true;
    if (this.report.waiting() === 0) {
      this.#live = true;
      await this.#wait(leftMs, true);
      if (this.report.waiting() === 0) return !this.#stopped;
    }
    if (this.#live) await this.#wait(limits.lingerMs, false);
    return false;
  }

  async #sendNext(): Promise<Result<null, CentreFault>> {
    const { journal, centre } = this.#deps;
    const read = await this.#read(this.report.ackedSeq());
    if (!read.ok) return read;
    if (this.#stopped) return ok(null);
    if (read.value.length === 0 || journal.head().epoch !== this.#epoch) {
      const text = 'the journal ends before what was said to be committed';
      return { ok: false, fault: { kind: 'resume', code: 'journal-short', text } };
    }
    const batch = { epoch: this.#epoch, rows: read.value };
    const pushing = this.#inTime(centre.push(batch));
    this.#readAhead(read.value.at(-1)?.seq ?? 0);
    const pushed = await pushing;
    if (!pushed.ok) return { ok: false, fault: this.#unsendable(pushed.fault, read.value) };
    const judged = judgeAck(pushed.value, batch, journal);
    if (!judged.ok) return judged;
    this.#failures = 0;
    this.#window.grow();
    this.#acknowledged(judged.value, 'batch');
    this.#live = this.report.waiting() === 0;
    return ok(null);
  }

  #read(after: number): Promise<Batch> {
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead?.after === after) return ahead.batch;
    const { journal, limits, timers } = this.#deps;
    const slice = { rows: limits.sliceRows, bytes: limits.sliceBytes };
    return readBatch(journal, after, this.#window.size(), slice, timers);
  }

  /** While the centre is busy with one full batch the next is read, when it will be full too. */
  #readAhead(after: number): void {
    this.#ahead = null;
    if (this.report.headSeq() - after < this.#window.size().rows) return;
    const batch = this.#read(after);
    // Whoever takes it sees the failure; nobody may take it when the push fails.
    batch.catch(() => {});
    this.#ahead = { after, batch };
  }

  /** A single event that the centre finds too large would be tried for ever. */
  #unsendable(fault: CentreFault, rows: readonly JournalRow[]): CentreFault {
    const only = rows.length === 1 ? rows[0] : undefined;
    if (fault.kind !== 'too-large' || !only) return fault;
    const text = `the centre does not take event ${only.seq} for its size: ${fault.text}`;
    return { kind: 'refused', code: 'event-too-large', text: text.slice(0, 280) };
  }

  #acknowledged(seq: number, by: Broken['by']): void {
    const moved = this.report.ackedSeq() !== seq;
    this.report.acknowledged(seq, by);
    if (moved) this.#deps.onAcked(seq);
  }

  #blame({ fault, by }: Broken): void {
    this.#failures += 1;
    if (by === 'batch' && asksForLess(fault)) this.#window.shrink();
    if (!this.#stopped) this.report.faulted(fault, by);
  }

  #pauseMs({ kind }: CentreFault): number {
    const { limits, rng } = this.#deps;
    if (kind === 'fork' || kind === 'refused') return limits.recheckMs;
    const doubled = limits.backoffMinMs * 2 ** Math.min(this.#failures - 1, 20);
    // Half of it by chance, so that the consoles of a zone do not come back all at once.
    return Math.min(limits.backoffMaxMs, doubled) * (0.5 + rng.next() / 2);
  }

  /** The answer, or a time-out after which the connection is dropped. A late answer is ignored. */
  #inTime<T>(answer: Promise<Result<T, CentreFault>>): Promise<Result<T, CentreFault>> {
    const { timers, limits, centre } = this.#deps;
    return new Promise((resolve) => {
      let open = true;
      const end = (result: Result<T, CentreFault>) => {
        if (!open) return;
        open = false;
        cancel();
        this.#quit = null;
        if (result.ok || result.fault.kind !== 'lost') this.report.heard();
        resolve(result);
      };
      const give = (fault: CentreFault) => end({ ok: false, fault });
      const cancel = timers.after(limits.answerTimeoutMs, () => {
        centre.close();
        give(timeoutFault);
      });
      this.#quit = () => give({ kind: 'lost', code: 'stopped', text: 'the upload was stopped' });
      answer.then(end, (error: unknown) => {
        centre.close();
        give({ kind: 'lost', code: 'broken-off', text: String(error).slice(0, 280) });
      });
    });
  }

  /** Waits for the time, for the end, and with `wakeable` for new events. */
  #wait(ms: number, wakeable: boolean): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#wake = null;
        this.#quit = null;
        resolve();
      };
      const cancel = this.#deps.timers.after(ms, end);
      this.#quit = end;
      if (wakeable) this.#wake = end;
    });
  }
}
