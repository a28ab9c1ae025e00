/**
 * What a device driver must do and what it may say. Drivers know nothing of the journal: they take
 * commands, and report what they heard through one sink. The engine turns reports into inputs.
 */
import type { Credential } from '../../../shared/domain/credential.ts';
import type { GateReport, ReaderReport } from '../../../shared/domain/device-report.ts';
import type { DoorMode, GateAction } from '../../../shared/domain/gate.ts';
import type { BoardId, CommandId, ReaderId } from '../../../shared/domain/ids.ts';
import type { FoundReader } from '../../../shared/domain/site-reader.ts';
import type { Clock } from '../../../shared/lib/clock.ts';

export type * from '../../../shared/domain/device-report.ts';

/** What the engine offers a driver. */
export interface GateSink {
  /**
   * Hands a report in. Resolves once it is durable in the journal (or recognised as a repeat), so a
   * backlog reader that awaits it can never run ahead of the disk.
   */
  report(report: GateReport): Promise<void>;
  /**
   * One more answer is awaited from a board while somebody stands at its gate, or one less: till
   * then whatever nobody waits for keeps out of the way.
   */
  awaited(change: 1 | -1): void;
}

export interface GateCommand {
  readonly id: CommandId;
  readonly door: number;
  readonly action: GateAction;
  /** Past this moment (monotonic ms) nothing may be sent any more. */
  readonly deadlineMonoMs: number;
  /** Seconds the relay stays open for `open`. */
  readonly openS: number;
}

export interface BoardDoor {
  readonly door: number;
  readonly openS: number;
  readonly passage: 'sensor' | 'door' | 'relay';
  /** The mode to bring the door to when the board comes online; without it, its own stays. */
  readonly mode?: DoorMode | undefined;
}

export interface StoredCard {
  readonly credential: Credential;
  /** Doors the card may open while the board decides alone. */
  readonly doors: readonly number[];
  /** `YYYY-MM-DD`, both days included. */
  readonly fromDay: string;
  readonly toDay: string;
}

/** A board's cards, compared with what was last asked for. */
export interface CardListHeld {
  /** When the list that it holds was made, on the zone's calendar; null where not known. */
  readonly madeMs: number | null;
  /** Real ms since a list that it does not hold yet was asked for; null where it is in step. */
  readonly behindMs: number | null;
}

/** Live health of a board, from memory, never journalled. */
export interface BoardHealth {
  readonly board: BoardId;
  /** Monotonic ms of the last valid answer, or null when there was none. */
  readonly lastHeardMonoMs: number | null;
  /**
   * Until which monotonic ms it last may have missed who went through: nobody looked at one that
   * remembers nothing, or one that records had forgotten to. Null or absent where it never was.
   */
  readonly blindMonoMs?: number | null | undefined;
  /**
   * Of a board that records by itself: all that it had seen at this monotonic ms is in the journal.
   * Absent where `lastHeardMonoMs` says so.
   */
  readonly toldMonoMs?: number | null | undefined;
  readonly driftMs: number | null;
  readonly version: string | null;
  /** Last event index handed in, and how many indexes are still being asked for. */
  readonly lastIndex: number;
  readonly missing: number;
  /** Datagrams dropped: wrong size or content, wrong sender. */
  readonly garbage: number;
  readonly strangers: number;
  readonly storedCards: number | null;
  /** Which list the board holds; absent where it stores none. */
  readonly cardList?: CardListHeld | undefined;
  /**
   * Each door's contact as last asked for, door 1 first; absent before the first answer, and
   * undefined where a door has none.
   */
  readonly doors?: readonly ('open' | 'closed' | undefined)[] | undefined;
}

/** How a device answers what it is asked, from memory, never journalled. */
export interface TripFigures {
  /** Questions that left in the last ten minutes. */
  readonly asked: number;
  /** Those of them that got no answer in time. */
  readonly lost: number;
  /** Of the last answers, at most 512: real ms; null where nothing answers. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** A board that answers on the network and that the site file does not name. */
export interface UnlistedBoard {
  readonly serial: string;
  readonly address: string;
  readonly port: number;
  readonly version: string;
  readonly heardMonoMs: number;
}

/** A reader that is attached and that the site file does not name, as it looks from outside. */
export interface AttachedReader extends FoundReader {
  /** Where the system has it, such as `/dev/hidraw0`. */
  readonly path: string;
  /** What it calls itself; '' where it says nothing. */
  readonly model: string;
  /** What stands in the way of using it, in words. */
  readonly text: string | null;
}

export interface AttachedReaders {
  readonly readers: readonly AttachedReader[];
  /** Why nobody can tell what is attached, in words; null where one can. */
  readonly fault: string | null;
}

/** What a traveller before a gate is told: to go, that it stays shut, that a person will decide. */
export type Told = 'admitted' | 'refused' | 'wait';

/** One gate controller ("board") with up to four doors. One per site board. */
export interface GateBoard {
  readonly board: BoardId;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Queues a command ahead of everything else for this board. Progress comes by the sink. */
  send(command: GateCommand): void;
  /** Tells who stands at a door; `admitted` is told by opening. Only where the board can. */
  tell?(door: number, told: Exclude<Told, 'admitted'>): void;
  /**
   * Makes the board's stored cards equal to this list, made at `madeMs` on the zone's calendar (the
   * newest call wins).
   */
  storeCards(cards: readonly StoredCard[], madeMs?: number): void;
  /** Stops asking for these indexes. Absent where a board keeps no log to ask for. */
  giveUp?(ranges: readonly { readonly from: number; readonly to: number }[]): void;
  health(): BoardHealth;
  /** How it answers what it is asked; worked out anew each time. */
  trips(): TripFigures;
}

/** What every driver is told of a board; each adds what its own protocol needs. */
export interface BoardSetUp {
  readonly board: BoardId;
  readonly doors: readonly BoardDoor[];
  /** The last index that is durable in the journal, 0 for none. */
  readonly lastIndex: number;
  /** Index ranges still missing, to be asked for again. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

export interface DriverDeps {
  readonly clock: Clock;
  readonly sink: GateSink;
}

/** Where a reader hands in what it read and how it is. */
export interface ReaderSink {
  report(report: ReaderReport): void;
  /** What is attached beside the site's readers is not what it was. */
  attached?(): void;
}

export interface DeskReader {
  readonly reader: ReaderId;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Shows at a lane what was decided of whoever badged; absent where a reader has no light. */
  tell?(told: Told): void;
}
