import { z } from 'zod';
import { ConsoleId } from '../domain/ids.ts';

/** One event's bytes never exceed this: the centre could not take a larger one. */
export const MAX_EVENT_BYTES = 64 * 1024;

/** Who caused an event: the console itself, a device, or a signed-in person at a workstation. */
export const Actor = z.union([
  z.object({ type: z.literal('console') }),
  z.object({ type: z.literal('device'), device: z.string() }),
  z.object({
    type: z.literal('person'),
    user: z.string(),
    role: z.string(),
    workstation: z.string(),
  }),
]);
export type Actor = z.infer<typeof Actor>;

/** The person who caused an event; null for the console and its devices. */
export function userOf(actor: Actor): string | null {
  return actor.type === 'person' ? actor.user : null;
}

/**
 * What stands around every event from the first day on, since hashed bytes can never be changed.
 * `at`, `deviceAt`: ms since 1970 on the zone's calendar. `mono`: real ms since `boot` began.
 * `cause`: seq of the event that led to this one.
 */
export const Envelope = z.object({
  console: ConsoleId,
  epoch: z.number().int().min(1),
  seq: z.number().int().min(1),
  at: z.number().int(),
  deviceAt: z.number().int().nullable(),
  mono: z.number().int(),
  boot: z.string(),
  kind: z.string(),
  v: z.number().int().min(1),
  actor: Actor,
  cause: z.number().int().nullable(),
  data: z.unknown(),
});
export type Envelope = z.infer<typeof Envelope>;
