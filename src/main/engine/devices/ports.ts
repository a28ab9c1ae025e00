/**
 * What a device driver must do and what it may say. Drivers know nothing of the journal: they take
 * commands, and report what they heard through one sink. The engine turns reports into inputs.
 */
import type { Credential } from '../../../shared/domain/credential.ts';
import type { CommandStage, DoorMode, GateAction } from '../../../shared/domain/gate.ts';
import type { BoardId, CommandId, ReaderId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../../../shared/lib/clock.ts';

/** How a board's event reached us. Only `pushed` and `polled` can be live. */
export type Delivery = 'pushed' | 'polled' | 'backlog';

interface BoardEventBase {
  readonly board: BoardId;
  /** The board's own event index, dense per board. */
  readonly index: number;
  readonly door: number;
  /** Board time of the event on the zone's calendar, ms since 1970. */
  readonly deviceAtMs: number;
  /** Real ms between the event and now, by the board's clock as corrected by us. */
  readonly ageMs: number;
  readonly delivery: Delivery;
  /** The next index after the last one seen, or part of an unbroken run from it. */
  readonly inOrder: boolean;
}

export interface SwipeEvent extends BoardEventBase {
  readonly kind: 'swipe';
  readonly credential: Credential;
  readonly direction: 'in' | 'out';
  /** True when the board itself opened (it decided alone). */
  readonly granted: boolean;
  /** The board's reason byte. */
  readonly reason: number;
}

/** The board's second event after our open-door command: it carries no person's card. */
export interface RemoteOpenEvent extends BoardEventBase {
  readonly kind: 'remote-open';
  readonly granted: boolean;
}

export interface DoorEvent extends BoardEventBase {
  readonly kind: 'door';
  readonly state: 'opened' | 'closed' | 'forced' | 'open-too-long';
}

export interface ButtonEvent extends BoardEventBase {
  readonly kind: 'button';
}

/** Fire input, threat code, tamper, power on, reset and other alarms of the board. */
export interface AlarmEvent extends BoardEventBase {
  readonly kind: 'alarm';
  readonly alarm: 'fire' | 'threat' | 'tamper' | 'power-on' | 'reset' | 'other';
  readonly reason: number;
}

export type BoardEvent = SwipeEvent | RemoteOpenEvent | DoorEvent | ButtonEvent | AlarmEvent;

/** How a gate command goes on. `confirmed` only by what the gate shows, never by its reply. */
export interface CommandProgress {
  readonly kind: 'command';
  readonly board: BoardId;
  readonly command: CommandId;
  readonly stage: Exclude<CommandStage, 'requested'>;
  /** For `confirmed`: what showed it. */
  readonly shownBy?: 'relay' | 'door' | 'mode' | undefined;
  readonly text?: string | undefined;
}

export interface BoardState {
  readonly kind: 'board-state';
  readonly board: BoardId;
  readonly online: boolean;
  readonly version?: string | undefined;
  readonly text?: string | undefined;
}

export interface ClockDrift {
  readonly kind: 'clock';
  readonly board: BoardId;
  /** Board time minus zone time, in real ms. */
  readonly driftMs: number;
  readonly corrected: boolean;
}

/** Indexes that the board made and we did not get; they are being asked for again. */
export interface GapFound {
  readonly kind: 'gap';
  readonly board: BoardId;
  readonly from: number;
  readonly to: number;
}

/** Indexes that can never be had: overwritten in the board, or the board was cleared. */
export interface EventsLost {
  readonly kind: 'lost';
  readonly board: BoardId;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Mode of a door as read back from the board; reported on change only. */
export interface DoorModeShown {
  readonly kind: 'door-mode';
  readonly board: BoardId;
  readonly door: number;
  readonly mode: DoorMode;
}

/** Fire input and force-lock input levels of a board; reported on change only. */
export interface InputLevels {
  readonly kind: 'input-levels';
  readonly board: BoardId;
  readonly fire: boolean;
  readonly forceLock: boolean;
}

export type GateReport =
  | BoardEvent
  | CommandProgress
  | BoardState
  | ClockDrift
  | GapFound
  | EventsLost
  | DoorModeShown
  | InputLevels;

/** What the engine offers a driver. */
export interface GateSink {
  /**
   * Hands a report in. Resolves once it is durable in the journal (or recognised as a repeat), so a
   * backlog reader that awaits it can never run ahead of the disk.
   */
  report(report: GateReport): Promise<void>;
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
}

export interface StoredCard {
  readonly credential: Credential;
  /** Doors the card may open while the board decides alone. */
  readonly doors: readonly number[];
  /** `YYYY-MM-DD`, both days included. */
  readonly fromDay: string;
  readonly toDay: string;
}

/** Live health of a board, from memory, never journalled. */
export interface BoardHealth {
  readonly board: BoardId;
  /** Monotonic ms of the last valid answer, or null when there was none. */
  readonly lastHeardMonoMs: number | null;
  readonly driftMs: number | null;
  readonly version: string | null;
  /** Last event index handed in, and how many indexes are still being asked for. */
  readonly lastIndex: number;
  readonly missing: number;
  /** Datagrams dropped: wrong size or content, wrong sender. */
  readonly garbage: number;
  readonly strangers: number;
  readonly storedCards: number | null;
}

/** One gate controller ("board") with up to four doors. One per site board. */
export interface GateBoard {
  readonly board: BoardId;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Queues a command ahead of everything else for this board. Progress comes by the sink. */
  send(command: GateCommand): void;
  /** Makes the board's stored cards equal to this list (the newest call wins). */
  storeCards(cards: readonly StoredCard[]): void;
  health(): BoardHealth;
}

export interface BoardSetUp {
  readonly board: BoardId;
  readonly address: string;
  readonly port: number;
  readonly badgeNumbers: 'raw' | '26-bit';
  readonly cardCapacity: number;
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

/** A badge reader at a desk, attached by USB. */
export interface ReaderRead {
  readonly kind: 'read';
  readonly reader: ReaderId;
  readonly credential: Credential;
}

export interface ReaderState {
  readonly kind: 'reader-state';
  readonly reader: ReaderId;
  readonly online: boolean;
  readonly model?: string | undefined;
  readonly serial?: string | undefined;
  readonly text?: string | undefined;
}

export type ReaderReport = ReaderRead | ReaderState;

export interface ReaderSink {
  report(report: ReaderReport): void;
}

export interface DeskReader {
  readonly reader: ReaderId;
  start(): Promise<void>;
  stop(): Promise<void>;
}
