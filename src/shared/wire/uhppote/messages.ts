/**
 * Every function of a UT0311-L0x board: opcode, request and reply, field by field, one row a
 * function. Source: uhppote-core, messages/*.go. What is not named is unused: 0.
 */
import {
  bool,
  date,
  dateTime,
  type Field,
  hourMinute,
  ipv4,
  mac,
  magic,
  pin,
  port,
  splitClock,
  u8,
  u8In,
  u8Of,
  u32,
  version,
} from './fields.ts';

export type Layout = Readonly<Record<string, Field<unknown>>>;
export type FieldsOf<L> = {
  readonly [K in keyof L]: L[K] extends Field<infer T> ? T : never;
};

const none = {};
const done = { ok: bool(8) };
const door = (at: number): Field<number> => u8In(at, 1, 4, 'a door');
/** 1 normally open, 2 normally closed, 3 controlled. */
const mode = (at: number): Field<number> => u8In(at, 1, 3, 'a door mode');

const doorControl = { door: door(8), mode: mode(9), delayS: u8(10) };

/** Door permissions: 0 no, 1 yes, 2-254 a time profile. */
const storedCard = {
  card: u32(8),
  from: date(12),
  to: date(16),
  door1: u8(20),
  door2: u8(21),
  door3: u8(22),
  door4: u8(23),
  pin: pin(24),
  /** Bit 0-3: the card is a first card at door 1-4. */
  firstCard: u8(27),
};

/** Seven yes or no, from Monday on. */
function days(at: number) {
  return {
    monday: bool(at),
    tuesday: bool(at + 1),
    wednesday: bool(at + 2),
    thursday: bool(at + 3),
    friday: bool(at + 4),
    saturday: bool(at + 5),
    sunday: bool(at + 6),
  };
}

const timeProfile = {
  from: date(9),
  to: date(13),
  ...days(17),
  start1: hourMinute(24),
  end1: hourMinute(26),
  start2: hourMinute(28),
  end2: hourMinute(30),
  start3: hourMinute(32),
  end3: hourMinute(34),
  /** The profile that is looked at where this one does not let through; 0 for none. */
  linked: u8(36),
};

/** 0 off, 1 (1:2);(3:4), 2 (1,3):(2,4), 3 1:(2,3), 4 1:(2,3,4). */
const antiPassback = { mode: u8In(8, 0, 4, 'an anti-passback mode') };
const guarded = { magic: magic(8) };

const firstCard = {
  door: door(8),
  start: hourMinute(9),
  /** What the door does once a first card came, and after the end. */
  startMode: u8(11),
  end: hourMinute(12),
  endMode: u8(14),
  ...days(15),
};

const task = {
  from: date(8),
  to: date(12),
  ...days(16),
  at: hourMinute(23),
  door: door(25),
  /**
   * 0 controlled, 1 unlocked, 2 locked, 3 and 4 time profiles off and on, 5-7 card with or without
   * code, 8 and 9 more cards off and on, 10 opens once, 11 and 12 button off and on.
   */
  task: u8In(26, 0, 12, 'a task'),
  moreCards: u8(27),
};

/** The event part shared by get-event, get-status and the pushed event. */
const event = {
  index: u32(8),
  /** 0 none, 1 swipe, 2 door, 3 alarm, 0xFF overwritten. */
  type: u8(12),
  granted: bool(13),
  door: u8(14),
  /** 1 in, 2 out. */
  direction: u8(15),
  card: u32(16),
  at: dateTime(20),
  reason: u8(27),
};

const status = {
  ...event,
  door1Open: bool(28),
  door2Open: bool(29),
  door3Open: bool(30),
  door4Open: bool(31),
  button1: bool(32),
  button2: bool(33),
  button3: bool(34),
  button4: bool(35),
  systemError: u8(36),
  clock: splitClock(37, 51),
  sequence: u32(40),
  specialInfo: u8(48),
  /** Bit 0-3: door 1-4 is unlocked. */
  relays: u8(49),
  /** Bit 0 force lock, bit 1 fire alarm. */
  inputs: u8(50),
};

function row<R extends Layout, A extends Layout>(opcode: number, request: R, reply: A) {
  return { opcode, request, reply };
}

export const messages = {
  /** A pushed event has the layout of this reply, and byte 0 = 0x19 from firmware 6.62. */
  'get-status': row(0x20, none, status),
  'set-time': row(0x30, { at: dateTime(8) }, { at: dateTime(8) }),
  'get-time': row(0x32, none, { at: dateTime(8) }),
  'open-door': row(0x40, { door: door(8) }, done),
  'put-card': row(0x50, storedCard, done),
  'delete-card': row(0x52, { card: u32(8) }, done),
  'delete-cards': row(0x54, guarded, done),
  'count-cards': row(0x58, none, { count: u32(8) }),
  /** Card 0 in the reply: not stored. */
  'get-card': row(0x5a, { card: u32(8) }, storedCard),
  /** Slots count from 1. Card 0: past the last; 0xFFFFFFFF: a deleted slot. */
  'get-card-at': row(0x5c, { slot: u32(8) }, storedCard),
  'set-door': row(0x80, doorControl, doorControl),
  'get-door': row(0x82, { door: door(8) }, doorControl),
  'set-anti-passback': row(0x84, antiPassback, done),
  'get-anti-passback': row(0x86, none, antiPassback),
  'set-time-profile': row(
    0x88,
    { profile: u8In(8, 2, 254, 'a time profile'), ...timeProfile },
    done,
  ),
  'clear-time-profiles': row(0x8a, guarded, done),
  /** Four codes that open a door for everybody who knows one; 0 for none. */
  'set-passcodes': row(
    0x8c,
    { door: door(8), code1: u32(12), code2: u32(16), code3: u32(20), code4: u32(24) },
    done,
  ),
  'record-special-events': row(0x8e, { on: bool(8) }, done),
  'set-listener': row(0x90, { address: ipv4(8), port: port(12), autoSendS: u8(14) }, done),
  'get-listener': row(0x92, none, { address: ipv4(8), port: port(12), autoSendS: u8(14) }),
  'get-device': row(0x94, none, {
    address: ipv4(8),
    mask: ipv4(12),
    gateway: ipv4(16),
    mac: mac(20),
    version: version(26),
    date: date(28),
  }),
  /** The board answers nothing: it is somewhere else from then on. */
  'set-address': row(
    0x96,
    { address: ipv4(8), mask: ipv4(12), gateway: ipv4(16), magic: magic(20) },
    none,
  ),
  /** Profile 0 in the reply: not stored. */
  'get-time-profile': row(0x98, { profile: u8(8) }, { profile: u8(8), ...timeProfile }),
  'set-pc-control': row(0xa0, { magic: magic(8), on: bool(12) }, done),
  /** 0 none, 1 doors 1 and 2, 2 doors 3 and 4, 3 both pairs, 4 doors 1-3, 8 all. No read-back. */
  'set-interlock': row(0xa2, { doors: u8Of(8, [0, 1, 2, 3, 4, 8], 'an interlock') }, done),
  'set-keypads': row(
    0xa4,
    { reader1: bool(8), reader2: bool(9), reader3: bool(10), reader4: bool(11) },
    done,
  ),
  'clear-tasks': row(0xa6, guarded, done),
  /** In force from the next `refresh-tasks` on. */
  'add-task': row(0xa8, task, done),
  'set-first-card': row(0xaa, firstCard, done),
  'refresh-tasks': row(0xac, guarded, done),
  /** Index 0 asks for the first event kept, 0xFFFFFFFF for the last. */
  'get-event': row(0xb0, { index: u32(8) }, event),
  /** A number that the board only keeps for its user; it does not move by itself. */
  'set-event-index': row(0xb2, { index: u32(8), magic: magic(12) }, { changed: bool(8) }),
  'get-event-index': row(0xb4, none, { index: u32(8) }),
  'restore-defaults': row(0xc8, guarded, done),
} as const;

export type MessageName = keyof typeof messages;
export type RequestFields<N extends MessageName> = FieldsOf<(typeof messages)[N]['request']>;
export type ReplyFields<N extends MessageName> = FieldsOf<(typeof messages)[N]['reply']>;

/** A request as a board receives it. */
export type BoardRequest = {
  readonly [N in MessageName]: {
    readonly name: N;
    readonly serial: number;
    readonly fields: RequestFields<N>;
  };
}[MessageName];

/** A reply (or a pushed event, which reads as a `get-status` reply) as the console receives it. */
export type BoardReply = {
  readonly [N in MessageName]: {
    readonly name: N;
    readonly serial: number;
    /** True where byte 0 is 0x19: certainly pushed. */
    readonly pushed: boolean;
    readonly fields: ReplyFields<N>;
  };
}[MessageName];

export type StatusFields = ReplyFields<'get-status'>;
export type EventFields = ReplyFields<'get-event'>;
export type StoredCardFields = RequestFields<'put-card'>;

export type TimeProfileFields = RequestFields<'set-time-profile'>;
export type FirstCardFields = RequestFields<'set-first-card'>;
export type TaskFields = RequestFields<'add-task'>;

/** What `get-event` is asked for the first and the last event kept. */
export const FIRST_EVENT = 0;
export const LAST_EVENT = 0xffffffff;
/** The event type of an index that the board has overwritten. */
export const OVERWRITTEN = 0xff;
/** The card number of a deleted slot. */
export const DELETED_SLOT = 0xffffffff;
