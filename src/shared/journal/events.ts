import type { z } from 'zod';
import { consoleEvents } from './console-events.ts';
import { crossingEvents } from './crossing-events.ts';
import type { Envelope } from './envelope.ts';
import { erasureEvents } from './erasure-events.ts';
import { gateEvents } from './gate-events.ts';
import { goodsEvents } from './goods-events.ts';
import { lockdownEvents } from './lockdown-events.ts';
import { musterEvents } from './muster-events.ts';
import { paperEvents } from './paper-events.ts';
import { peopleEvents } from './people-events.ts';
import { regimeEvents } from './regime-events.ts';
import { unnamedEvents } from './unnamed-events.ts';
import { virtualEvents } from './virtual-events.ts';

/** Every kind the console writes, with the shape of its data. One family a file. */
export const eventSchemas = {
  ...crossingEvents,
  ...gateEvents,
  ...consoleEvents,
  ...erasureEvents,
  ...lockdownEvents,
  ...musterEvents,
  ...goodsEvents,
  ...paperEvents,
  ...peopleEvents,
  ...regimeEvents,
  ...virtualEvents,
  ...unnamedEvents,
} as const;

export type EventKind = keyof typeof eventSchemas;
export type EventData<K extends EventKind> = z.infer<(typeof eventSchemas)[K]>;

/** A known event as read back: envelope and typed data. */
export type JournalEvent = {
  [K in EventKind]: Omit<Envelope, 'kind' | 'data'> & {
    readonly kind: K;
    readonly data: EventData<K>;
  };
}[EventKind];

/** An event of a kind this version does not know: kept, never dropped, changes no projection. */
export interface UnknownEvent extends Omit<Envelope, 'data'> {
  readonly data: unknown;
}

export function isKnownKind(kind: string): kind is EventKind {
  return Object.hasOwn(eventSchemas, kind);
}

/** An event about to be appended: the journal adds the rest of the envelope. */
export type NewEvent = {
  [K in EventKind]: {
    readonly kind: K;
    readonly data: EventData<K>;
    /** Board time of what happened, where a device told it. */
    readonly deviceAt?: number | undefined;
    /** Seq of the event that led to this one, where it is not the input's own first event. */
    readonly cause?: number | undefined;
  };
}[EventKind];
