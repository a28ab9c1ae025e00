import type { Segments } from '../../../src/main/engine/journal/segments.ts';
import type { ReadableDb } from '../../../src/main/engine/store/database.ts';
import type { JournalRow } from '../../../src/main/engine/sync/centre-port.ts';
import type { JournalEvent } from '../../../src/shared/journal/events.ts';

/** What must hold of every run, in the order of the design. */
export const INVARIANTS = {
  occupancy: 'occupancy = entries - exits + corrections, in every area',
  'two-places': 'nobody is in two places, nor moves from where they are not unnoticed',
  'open-without-admit': 'no open command reaches a board without a durable admit or order',
  'opened-twice': 'no open command reaches a board twice',
  'opened-late': 'no open command reaches a board after its deadline',
  'acknowledged-lost': 'nothing that was acknowledged is lost',
  late: 'late events move no gate and sound nothing',
  relied: 'a decision relies on what is in force and on where people are',
  centre: 'the centre has every event once, in order, with equal bytes',
  chain: 'the chain verifies',
  projections: 'rebuilt projections equal the incremental ones',
  'board-events': "every board's event is in the journal exactly once, or listed as lost",
  resent: 'the outbox never sends a command again',
  settles: 'once all is mended, everything comes to its end',
  crashed: 'the engine throws nothing that it does not expect',
} as const;
export type InvariantName = keyof typeof INVARIANTS;

export interface Violation {
  readonly invariant: InvariantName;
  /** Virtual ms since the run began. */
  readonly atMs: number;
  readonly text: string;
}

export interface BoardNow {
  readonly serial: string;
  /** The newest index since the memory was last cleared, and how often it was. */
  readonly lastIndex: number;
  readonly clearings: number;
}

/** What the invariants may look at: the journal as it is on the disk, and what really happened. */
export interface Scene {
  /** Virtual ms since the run began. */
  readonly nowMs: number;
  /** The engine that runs now: its boot and its monotonic clock. */
  readonly boot: string;
  readonly monoMs: number;
  /** A connection of its own, so that it sees only what is durable. */
  readonly segments: Segments;
  /** The file of it that is written now. */
  readonly db: ReadableDb;
  readonly centreHeld: readonly JournalRow[];
  /** When a board's event was really made; undefined for one that never was. */
  madeMs(board: string, clearings: number, index: number): number | undefined;
  boards(): readonly BoardNow[];
  report(invariant: InvariantName, text: string): void;
}

/** One rule of the simulation. Each part is called only where the rule has something to say. */
export interface Check {
  /** An event became durable. */
  event?(event: JournalEvent, row: JournalRow): void;
  /** After every step that wrote something. */
  step?(): void;
  /** Now and then, and at the end: what costs more. */
  interval?(): void;
  /** All is mended and nothing happens any more. */
  end?(): void;
}
