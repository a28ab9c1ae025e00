import type { Credential } from './credential.ts';
import type { CommandStage, DoorMode } from './gate.ts';
import type { BoardId, CommandId, ReaderId } from './ids.ts';
import type { ShownCode } from './qr-permit.ts';

/** What a board or a reader may say, in the console's own words: plain data, no bytes. */

/** How a board's event reached us. Only `pushed` and `polled` can be live. */
export type Delivery = 'pushed' | 'polled' | 'backlog';

interface BoardEventBase {
  readonly board: BoardId;
  /** The board's own event index, dense per board. */
  readonly index: number;
  readonly door: number;
  /** Board time of the event on the zone's calendar, ms since 1970. */
  readonly deviceAtMs: number;
  /** Real ms between the event and now, by the board's clock as corrected by us; may be < 0. */
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
  /** The console's own reader at the lane, where that read it: it numbers nothing, index is 0. */
  readonly reader?: ReaderId | undefined;
  /** A permit's code that was shown instead of a badge. */
  readonly code?: ShownCode | undefined;
}

/** The board's second event after our open-door command: it carries no person's card. */
export interface RemoteOpenEvent extends BoardEventBase {
  readonly kind: 'remote-open';
  readonly granted: boolean;
  /** Not our command: somebody opened it by a reader at the maker's own program. */
  readonly by?: 'usb-reader' | undefined;
}

export interface DoorEvent extends BoardEventBase {
  readonly kind: 'door';
  /** `followed`: one more went through in an opening than were let through. */
  readonly state: 'opened' | 'closed' | 'forced' | 'open-too-long' | 'followed';
}

export interface ButtonEvent extends BoardEventBase {
  readonly kind: 'button';
}

/** Fire input, threat code, tamper, an opening by code, power on, reset and other alarms. */
export interface AlarmEvent extends BoardEventBase {
  readonly kind: 'alarm';
  readonly alarm: 'fire' | 'threat' | 'tamper' | 'code' | 'power-on' | 'reset' | 'other';
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
  /** For `failed` and `expired`: nobody sees the gate, and it may stand open by itself. */
  readonly unseen?: true | undefined;
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
  /** The board was cleared: after this it counts its events from 1 again. */
  readonly cleared?: true | undefined;
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

/** A badge was read by a reader that is attached to this machine. */
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

/** A QR code holds at most so many characters. */
export const MOST_SCANNED = 4296;

/**
 * A text was scanned, such as a permit's code: what it is worth nobody has looked at. At most
 * `MOST_SCANNED` characters.
 */
export interface ReaderScan {
  readonly kind: 'scan';
  readonly reader: ReaderId;
  readonly text: string;
}

export type ReaderReport = ReaderRead | ReaderScan | ReaderState;

/** A scanned text was a permit's code. */
export interface ReaderCode {
  readonly kind: 'code';
  readonly reader: ReaderId;
  readonly code: ShownCode;
}

/** A scanned text was none. */
export interface ReaderUnread {
  readonly kind: 'unread';
  readonly reader: ReaderId;
  readonly why: 'no-permit';
}

/** What readers say once what was scanned is looked at. */
export type ReaderSaid = ReaderRead | ReaderCode | ReaderUnread | ReaderState;
