/**
 * Every function of a UT0311-L0x board that the console uses: opcode, request and reply, field by
 * field, one row a function. Source: uhppote-core, messages/*.go. What is not named is unused: 0.
 */
import {
  bool,
  date,
  dateTime,
  type Field,
  ipv4,
  mac,
  magic,
  pin,
  port,
  splitClock,
  u8,
  u8In,
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
  'delete-cards': row(0x54, { magic: magic(8) }, done),
  'count-cards': row(0x58, none, { count: u32(8) }),
  /** Card 0 in the reply: not stored. */
  'get-card': row(0x5a, { card: u32(8) }, storedCard),
  /** Slots count from 1. Card 0: past the last; 0xFFFFFFFF: a deleted slot. */
  'get-card-at': row(0x5c, { slot: u32(8) }, storedCard),
  'set-door': row(0x80, doorControl, doorControl),
  'get-door': row(0x82, { door: door(8) }, doorControl),
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
  'set-pc-control': row(0xa0, { magic: magic(8), on: bool(12) }, done),
  /** Index 0 asks for the first event kept, 0xFFFFFFFF for the last. */
  'get-event': row(0xb0, { index: u32(8) }, event),
  /** A number that the board only keeps for its user; it does not move by itself. */
  'set-event-index': row(0xb2, { index: u32(8), magic: magic(12) }, { changed: bool(8) }),
  'get-event-index': row(0xb4, none, { index: u32(8) }),
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

/** What `get-event` is asked for the first and the last event kept. */
export const FIRST_EVENT = 0;
export const LAST_EVENT = 0xffffffff;
/** The event type of an index that the board has overwritten. */
export const OVERWRITTEN = 0xff;
/** The card number of a deleted slot. */
export const DELETED_SLOT = 0xffffffff;
