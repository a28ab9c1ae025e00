import { z } from 'zod';
import { BadgeNumbers } from './credential.ts';
import { BoardId } from './ids.ts';

/** Where a gate controller listens on the network. */
const networkPlace = {
  address: z.ipv4(),
  port: z.number().int().min(1).max(65_535),
};

const UhppoteBoard = z.strictObject({
  /** The number on its label, which it also tells. */
  serial: BoardId.regex(/^\d{1,10}$/, 'a UHPPOTE serial number: digits'),
  driver: z.literal('uhppote'),
  ...networkPlace,
  badgeNumbers: BadgeNumbers,
  /** How many stored cards the board states it holds. */
  cardCapacity: z.number().int().min(0).max(1_000_000),
});

/** A gate controller ("board"), one shape for each driver. */
export const SiteBoard = z.discriminatedUnion('driver', [UhppoteBoard]);
export type SiteBoard = z.infer<typeof SiteBoard>;
export type SiteUhppoteBoard = z.infer<typeof UhppoteBoard>;
