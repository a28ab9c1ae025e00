import type { BoardEvent, GateCommand } from '../../../src/main/engine/devices/ports.ts';
import { decodeStrict, isKnown } from '../../../src/main/engine/journal/read.ts';
import type { Sent } from '../host/memory-network.ts';
import { BoardEventCheck } from './board-events.ts';
import { GateCheck, openDoorOf } from './gates.ts';
import type { Check, InvariantName, Scene, Violation } from './invariant.ts';
import { LatenessCheck } from './lateness.ts';
import { LedgerCheck } from './ledger.ts';
import { ReliedCheck } from './relied.ts';
import { StorageCheck } from './storage.ts';

const PAGE = 10_000;
const PAGE_BYTES = 64_000_000;
/** More of them say nothing more. */
const MOST_VIOLATIONS = 20;

/** All invariants over one run: reads on in the journal after every step, and asks each. */
export class Watch {
  readonly violations: Violation[] = [];
  readonly checked = new Map<InvariantName, number>();
  readonly #only: InvariantName | null;
  readonly #scene: Scene;
  readonly #gates: GateCheck;
  readonly #events: BoardEventCheck;
  readonly #storage: StorageCheck;
  readonly #checks: readonly Check[];

  /** With `only`, what breaks another invariant is not told: to see that each finds its own. */
  constructor(sceneOf: (report: Scene['report']) => Scene, only: InvariantName | null) {
    this.#only = only;
    this.#scene = sceneOf((invariant, text) => this.#report(invariant, text));
    this.#gates = new GateCheck(this.#scene);
    this.#events = new BoardEventCheck(this.#scene);
    this.#storage = new StorageCheck(this.#scene);
    const ledger = new LedgerCheck(this.#scene);
    const lateness = new LatenessCheck(this.#scene);
    const relied = new ReliedCheck(this.#scene);
    this.#checks = [this.#storage, ledger, this.#gates, this.#events, lateness, relied];
  }

  get seq(): number {
    return this.#storage.rows.length;
  }

  headHash(): string {
    return Buffer.from(this.#storage.rows.at(-1)?.hash ?? []).toString('hex');
  }

  report(invariant: InvariantName, text: string): void {
    this.#report(invariant, text);
  }

  #report(invariant: InvariantName, text: string): void {
    if (this.#only !== null && invariant !== this.#only) return;
    if (this.violations.length >= MOST_VIOLATIONS) return;
    this.violations.push({ invariant, atMs: this.#scene.nowMs, text });
  }

  /** Takes up what became durable since. */
  read(): void {
    const rows = this.#scene.segments.readAfter(1, this.seq, PAGE, PAGE_BYTES);
    for (const row of rows) {
      const event = decodeStrict(row.body);
      if (event.seq !== this.seq + 1) {
        this.report('chain', `event ${event.seq} follows event ${this.seq}`);
      }
      if (!isKnown(event)) continue;
      for (const check of this.#checks) check.event?.(event, row);
    }
  }

  /** After a step of the engine that says it has written up to `seq`. */
  step(seq: number): void {
    this.read();
    if (seq > this.seq) {
      this.report('acknowledged-lost', `events up to ${seq} were committed, ${this.seq} are there`);
    }
    for (const check of this.#checks) check.step?.();
    this.#count(PER_STEP);
  }

  centre(): void {
    this.read();
    this.#storage.centre();
    this.#count(['centre']);
  }

  interval(): void {
    this.read();
    for (const check of this.#checks) check.interval?.();
    this.#count(['chain', 'projections']);
  }

  end(): void {
    this.read();
    this.#storage.centre();
    for (const check of this.#checks) check.end?.();
    this.#count(['board-events', 'centre', 'settles']);
  }

  close(): void {
    this.#storage.close();
  }

  handed(board: string, command: GateCommand): void {
    this.#gates.handed(board, command);
    this.#count(['resent']);
  }

  sent(sent: Sent): void {
    const opens = openDoorOf(sent);
    if (opens === null) return;
    this.read();
    this.#gates.opens(opens);
    this.#count(['open-without-admit', 'opened-twice', 'opened-late']);
  }

  handedIn(event: BoardEvent): () => void {
    const durable = this.#events.handedIn(event);
    return () => {
      this.read();
      durable();
      this.#count(['acknowledged-lost']);
    };
  }

  acknowledged(name: string, answer: unknown): void {
    this.read();
    this.#storage.acknowledged(name, answer);
    this.#count(['acknowledged-lost']);
  }

  #count(names: readonly InvariantName[]): void {
    for (const name of names) this.checked.set(name, (this.checked.get(name) ?? 0) + 1);
  }
}

const PER_STEP: readonly InvariantName[] = [
  ...(['occupancy', 'two-places', 'acknowledged-lost', 'late', 'chain', 'board-events'] as const),
  ...(['crashed', 'relied'] as const),
];
