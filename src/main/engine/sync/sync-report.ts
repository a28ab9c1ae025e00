import type { Clock } from '../../../shared/lib/clock.ts';
import type { CentreFault, CentreNotice, JournalSource } from './centre-port.ts';
import { CommitMarks } from './commit-marks.ts';
import { type Phase, type SyncState, stateName } from './sync-state.ts';

interface ReportDeps {
  readonly journal: JournalSource;
  readonly clock: Clock;
  readonly behindMs: number;
  readonly onState: (state: SyncState) => void;
  /** The cursor that was kept: what the centre had acknowledged when last heard. */
  readonly ackedSeq: number;
}

/** Keeps what is known of the upload and tells it, once per change. */
export class SyncReport {
  readonly #deps: ReportDeps;
  readonly #marks = new CommitMarks();
  readonly #startMs: number;
  readonly #startSeq: number;
  #phase: Phase = 'starting';
  #fault: CentreFault | null = null;
  #notices: readonly CentreNotice[] = [];
  #ackedSeq: number;
  /** The most that was ever acknowledged: a centre that answers less was restored from a copy. */
  #highestAcked: number;
  /** False while what was acknowledged is only known from the cursor that was kept. */
  #ackedHere = false;
  #headSeq: number;
  #lastAnswerMs: number | null = null;
  #batchRefused = false;
  #told: SyncState | null = null;
  #writtenAt: { readonly seq: number; readonly atMs: number | null } | null = null;

  constructor(deps: ReportDeps) {
    this.#deps = deps;
    this.#startMs = deps.clock.monoMs();
    this.#startSeq = deps.journal.headSeq();
    this.#headSeq = this.#startSeq;
    this.#ackedSeq = deps.ackedSeq;
    this.#highestAcked = deps.ackedSeq;
    this.#marks.committed(this.#startSeq, this.#startMs);
  }

  /** The journal now ends at `seq`. Cheap: called after every commit. */
  committed(seq: number): void {
    if (seq <= this.#headSeq) return;
    this.#headSeq = seq;
    this.#marks.committed(seq, this.#deps.clock.monoMs());
  }

  waiting(): number {
    return Math.max(0, this.#headSeq - this.#ackedSeq);
  }

  headSeq(): number {
    return this.#headSeq;
  }

  ackedSeq(): number {
    return this.#ackedSeq;
  }

  /** The centre said something, be it a refusal. */
  heard(): void {
    this.#lastAnswerMs = this.#deps.clock.monoMs();
  }

  /** What the centre's answer to a greeting told besides where to go on. */
  noticed(notices: readonly CentreNotice[]): void {
    this.#notices = notices;
  }

  /** The centre holds nothing of a later epoch: the cursor that was kept is of the one before. */
  newEpoch(): void {
    if (!this.#ackedHere) this.#highestAcked = 0;
  }

  /**
   * The centre holds the journal up to `seq`. A greeting alone does not end a refusal of what was
   * sent: that ends when something is taken, or when nothing is left to send.
   */
  acknowledged(seq: number, by: 'greeting' | 'batch'): void {
    this.#ackedSeq = seq;
    this.#highestAcked = Math.max(this.#highestAcked, seq);
    this.#ackedHere = true;
    this.#marks.acknowledged(seq);
    if (by === 'batch' || this.waiting() === 0) this.#batchRefused = false;
    if (!this.#batchRefused) {
      this.#phase = 'connected';
      this.#fault = null;
    }
    this.tell(false);
  }

  faulted(fault: CentreFault, by: 'greeting' | 'batch'): void {
    const { kind } = fault;
    const stops = kind === 'fork' || kind === 'refused';
    if (stops || kind === 'lost') this.#phase = kind;
    this.#batchRefused = stops && by === 'batch';
    this.#fault = fault;
    this.tell(false);
  }

  /** Tells a change of state or reason at once; with `numbers` also a change of numbers. */
  tell(numbers: boolean): void {
    const state = this.state();
    const told = this.#told;
    const turned =
      !told ||
      told.state !== state.state ||
      told.code !== state.code ||
      codesOf(told) !== codesOf(state);
    if (!turned && !(numbers && !sameNumbers(told, state))) return;
    this.#told = state;
    this.#deps.onState(state);
  }

  state(): SyncState {
    const oldestUnackedMs = this.#oldestMs();
    const rule = { behindMs: this.#deps.behindMs, wasBehind: this.#told?.state === 'behind' };
    const wentBack = this.#wentBack();
    return {
      state: stateName(this.#phase, oldestUnackedMs, rule),
      ackedSeq: this.#ackedSeq,
      waiting: this.waiting(),
      oldestUnackedMs,
      lastAnswerMonoMs: this.#lastAnswerMs,
      code: this.#fault?.code ?? null,
      text: this.#fault?.text ?? null,
      notices: wentBack === null ? this.#notices : [wentBack, ...this.#notices],
    };
  }

  /** Nothing is wrong here: the centre is obeyed, and the person told why old events go again. */
  #wentBack(): CentreNotice | null {
    if (this.#phase !== 'connected' || this.#ackedSeq >= this.#highestAcked) return null;
    const text =
      `the centre went back to ${this.#ackedSeq} after it had acknowledged ` +
      `${this.#highestAcked}: the events between are sent again`;
    return { code: 'centre-went-back', text };
  }

  #oldestMs(): number | null {
    if (this.waiting() === 0) return null;
    const seq = this.#ackedSeq + 1;
    const { clock } = this.#deps;
    const nowMs = clock.monoMs();
    const sinceMs = this.#marks.sinceOf(seq);
    if (sinceMs !== null && seq > this.#startSeq) return nowMs - sinceMs;
    // Older than this run, or acknowledged once and taken back: the calendar tells, which may have
    // been set since. What is older than this run is never shown younger than this run.
    const atMs = this.#writtenMs(seq);
    if (atMs === null) return nowMs - this.#startMs;
    const least = seq <= this.#startSeq ? nowMs - this.#startMs : 0;
    return Math.max(least, (clock.wallMs() - atMs) / clock.speed());
  }

  #writtenMs(seq: number): number | null {
    if (this.#writtenAt?.seq !== seq) {
      this.#writtenAt = { seq, atMs: this.#deps.journal.atOf?.(seq) ?? null };
    }
    return this.#writtenAt.atMs;
  }
}

function codesOf({ notices }: SyncState): string {
  return notices.map(({ code }) => code).join();
}

function sameNumbers(a: SyncState, b: SyncState): boolean {
  return (
    a.ackedSeq === b.ackedSeq &&
    a.waiting === b.waiting &&
    a.oldestUnackedMs === b.oldestUnackedMs &&
    a.lastAnswerMonoMs === b.lastAnswerMonoMs &&
    a.text === b.text
  );
}
