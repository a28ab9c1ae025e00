import { z } from 'zod';
import { KeyId } from './qr-permit.ts';

/** Permits shown as a signed QR code: whose are taken, and which key this console signs with. */
export const SiteCodes = z
  .strictObject({
    /** Issuers' public keys: Ed25519, `x` as in RFC 8037 (32 bytes in base64url). */
    keys: z
      .array(
        z.strictObject({
          id: KeyId,
          x: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'an Ed25519 key: 43 letters of base64url'),
        }),
      )
      .min(1)
      .max(32),
    /** So long after it was admitted the same code is not taken again. */
    replayMinutes: z.number().int().min(1).max(1_440),
    /** What the desk prints is signed with: one of the keys, its private half in a file. */
    signing: z
      .strictObject({
        key: KeyId,
        /** Relative to the site file. */
        file: z.string().min(1).max(200),
        /** A printed code is valid for so long at most. */
        hours: z.number().int().min(1).max(8_760),
      })
      .optional(),
  })
  .refine(({ keys }) => new Set(keys.map(({ id }) => id)).size === keys.length, {
    path: ['keys'],
    message: 'two keys have the same id: give each its own',
  })
  .refine(({ keys, signing }) => !signing || keys.some(({ id }) => id === signing.key), {
    path: ['signing', 'key'],
    message: 'is none of "keys": what the desk prints would be taken nowhere',
  });
export type SiteCodes = z.infer<typeof SiteCodes>;
