import { z } from 'zod';

/** A number with at most so many digits and no zero in front: each badge has one key. */
const digits = (most: number): string => `(?:0|[1-9]\\d{0,${most - 1}})`;

/** What stands after the name of each format: facility and card, or a card number alone. */
const shapes = [
  `h10301/${digits(3)}/${digits(5)}`,
  `h10302/${digits(11)}`,
  `h10304/${digits(5)}/${digits(6)}`,
  `h10306/${digits(5)}/${digits(5)}`,
  `c1000-35/${digits(4)}/${digits(7)}`,
  `c1000-48/${digits(7)}/${digits(7)}`,
  'csn/(?:[0-9A-F]{2}){4,10}',
  `raw/${digits(20)}`,
  'qr/[A-Za-z0-9._:/-]{1,64}',
];

/**
 * One key for a badge however it was read: `h10301/123/4567` (format, facility, card) for 26-bit
 * badges and so on for each format, `csn/04A1B2C3` for a card's own serial number,
 * `raw/12345678` for a number whose format is not known, `qr/SP-1` for a permit's code.
 */
export const Credential = z
  .string()
  .regex(
    new RegExp(`^(?:${shapes.join('|')})$`),
    'a badge such as h10301/FACILITY/CARD, csn/HEX or raw/NUMBER, no zeros in front',
  )
  .brand<'Credential'>();
export type Credential = z.infer<typeof Credential>;

/** A badge that can be given to somebody: a permit's code is none. */
export const Badge = Credential.refine((credential) => !credential.startsWith('qr/'), {
  message: 'a code is no badge: read the badge itself',
});

/** How a board's u32 card number maps: stated by the site, since the board does not say. */
export const BadgeNumbers = z.enum(['26-bit', 'raw']);
export type BadgeNumbers = z.infer<typeof BadgeNumbers>;

/** Which format a site's badges of 37 bits have: their bits do not tell. */
export const Badges37 = z.enum(['h10302', 'h10304']);
export type Badges37 = z.infer<typeof Badges37>;

export function h10301(facility: number, card: number): Credential {
  return `h10301/${facility}/${card}` as Credential;
}

/**
 * The credential behind a UHPPOTE card number. 26-bit badges are reported as
 * facility × 100000 + card (uhppote-core threads 11 and 15); a number that no 26-bit badge can have
 * stays raw, so that it never matches somebody's badge.
 */
export function credentialOfBoardNumber(cardNumber: number, numbers: BadgeNumbers): Credential {
  const facility = Math.floor(cardNumber / 100_000);
  const card = cardNumber % 100_000;
  if (numbers === '26-bit' && facility <= 255 && card <= 65_535) return h10301(facility, card);
  return `raw/${cardNumber}` as Credential;
}

/** The u32 that a board uses for a credential, or null where the board cannot hold it. */
export function boardNumberOf(credential: Credential, numbers: BadgeNumbers): number | null {
  const [format, first, second] = credential.split('/');
  const number =
    format === 'h10301' && numbers === '26-bit'
      ? Number(first) * 100_000 + Number(second)
      : format === 'raw'
        ? Number(first)
        : Number.NaN;
  return Number.isInteger(number) && number > 0 && number < 0xffffffff ? number : null;
}
