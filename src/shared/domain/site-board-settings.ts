import { z } from 'zod';

const Door = z.number().int().min(1).max(4);
const ProfileNumber = z.number().int().min(2).max(254);
const HourMinute = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day: HH:mm');

const TimeProfile = z.strictObject({
  profile: ProfileNumber,
  /** Doors that a stored card opens only within it. */
  doors: z.array(Door).max(4),
  from: z.iso.date(),
  to: z.iso.date(),
  /** 1 Monday … 7 Sunday. */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  hours: z
    .array(z.strictObject({ from: HourMinute, to: HourMinute }))
    .min(1)
    .max(3),
  /** The profile that is looked at where this one does not let through. */
  otherwise: ProfileNumber.optional(),
});
export type SiteTimeProfile = z.infer<typeof TimeProfile>;

/** Each profile once, each door in at most one, and none that leads to one that is not there. */
function isWhole(profiles: readonly SiteTimeProfile[]): boolean {
  const numbers = profiles.map(({ profile }) => profile);
  const doors = profiles.flatMap((one) => one.doors);
  const isOnce = (list: readonly number[]) => new Set(list).size === list.length;
  const leads = profiles.every(
    ({ otherwise }) => otherwise === undefined || numbers.includes(otherwise),
  );
  return isOnce(numbers) && isOnce(doors) && leads;
}

/** What a UHPPOTE board is brought to when it answers; what is left out stays as it is there. */
export const UhppoteSettings = z.strictObject({
  /** Doors of which only one may stand open. */
  interlock: z.enum(['none', '1-2', '3-4', '1-2,3-4', '1-2-3', '1-2-3-4']).optional(),
  /** Who came in on one side must go out on the other, while the board decides alone. */
  antiPassback: z.enum(['off', '1:2,3:4', '1,3:2,4', '1:2,3', '1:2,3,4']).optional(),
  timeProfiles: z
    .array(TimeProfile)
    .max(32)
    .refine(isWhole, 'a profile or a door stands twice, or `otherwise` leads nowhere')
    .optional(),
  /** No door waits for a first card: none of the cards that are stored is one. */
  firstCard: z.literal('off').optional(),
  /** Readers whose keypad is on; the others' are off. */
  keypads: z.array(Door).max(4).optional(),
  /** No code opens a door: those that the board was given are cleared. */
  codes: z.literal('off').optional(),
});
export type UhppoteSettings = z.infer<typeof UhppoteSettings>;
