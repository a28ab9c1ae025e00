import { z } from 'zod';
import { LaneId, ReaderId } from './ids.ts';

const placed = {
  id: ReaderId,
  /**
   * At a `desk` a read finds a person and is never a crossing; at a `lane` it asks to cross; at a
   * `muster` point it marks its holder as safe, opens nothing and fills in nothing.
   */
  use: z.enum(['desk', 'lane', 'muster']),
  /** The lane that it stands at. */
  lane: LaneId.optional(),
  /** At a lane that can be turned: which way they go who badge here. Left out: the lane's own. */
  direction: z.enum(['in', 'out']).optional(),
};

/** A vendor's or product's number as `lsusb` prints it. */
const UsbNumber = z.string().regex(/^[0-9a-f]{4}$/, 'four hexadecimal digits, such as 0c27');

/** Which of the attached devices it is. */
const onUsb = {
  ...placed,
  /** Left out: any device that says that it is of this family. */
  vendor: UsbNumber.optional(),
  product: UsbNumber.optional(),
  /** The reader's own serial number where two of a model are attached. */
  serial: z.string().max(64).optional(),
};

/** Formats whose numbers a reader may give without their parities. */
const Format = z.enum(['h10301', 'h10302', 'h10304', 'h10306', 'c1000-35', 'c1000-48']);

const bits = z.number().int().min(1).max(64).optional();

/** What the text is that a reader gives for a badge. */
export const BadgeText = z.discriminatedUnion('as', [
  /** The badge's bits as one number. Without their count it is a number of no known format. */
  z.strictObject({ as: z.literal('decimal'), bits }),
  z.strictObject({ as: z.literal('hex'), bits }),
  /** How many filler bits, then the bits from the left (OMNIKEY with its leading byte). */
  z.strictObject({ as: z.literal('filler-hex') }),
  /** HID's raw number, with sentinel bits above the badge. */
  z.strictObject({ as: z.literal('sentinel-hex') }),
  /** The card's own serial number. */
  z.strictObject({ as: z.literal('csn-hex') }),
  /** Facility and card: a separator between them, or so many digits of facility. */
  z.strictObject({
    as: z.literal('facility-card'),
    format: Format,
    separator: z.string().length(1).optional(),
    facilityDigits: z.number().int().min(1).max(8).optional(),
  }),
  /** The card's number alone, of a facility that the site states where its format has one. */
  z.strictObject({
    as: z.literal('card'),
    format: Format,
    facility: z.number().int().min(0).max(4_194_303).optional(),
  }),
]);
export type BadgeText = z.infer<typeof BadgeText>;

const PcproxReader = z.strictObject({ ...onUsb, driver: z.literal('pcprox') });

/** A reader that types: which keyboard it is must be named, or it could be the one on the desk. */
const WedgeReader = z.strictObject({
  ...onUsb,
  driver: z.literal('wedge'),
  vendor: UsbNumber,
  product: UsbNumber,
  badge: BadgeText,
  /** Characters of a badge's text; what has more or fewer is refused. */
  length: z.number().int().min(1).max(40).optional(),
  /** What ends a badge: Enter or Tab, or a tenth of a second without a key. */
  ends: z.enum(['key', 'silence']).optional(),
});

/** A bar-code scanner in HID POS mode. */
const ScannerReader = z.strictObject({ ...onUsb, driver: z.literal('scanner') });

/** A reader of magnetic stripes: the number on track 2. */
const MagstripeReader = z.strictObject({
  ...onUsb,
  driver: z.literal('magstripe'),
  badge: BadgeText,
  /** Digits of the site's numbers: any other stripe, such as a bank card's, is refused unread. */
  length: z.number().int().min(1).max(19),
});

/** Elatec TWN4 as a serial port (CDC mode): the chip's own number. */
const Twn4Reader = z.strictObject({
  ...onUsb,
  driver: z.literal('twn4'),
  /** The number's bytes stand the other way round on the site's list. */
  reversed: z.boolean().optional(),
});
export type SiteTwn4Reader = z.infer<typeof Twn4Reader>;

/** Readers attached by USB, one shape for each driver. */
const SiteUsbReader = z.discriminatedUnion('driver', [
  Twn4Reader,
  PcproxReader,
  WedgeReader,
  ScannerReader,
  MagstripeReader,
]);
export type SiteUsbReader = z.infer<typeof SiteUsbReader>;
export type SiteWedgeReader = z.infer<typeof WedgeReader>;
export type SiteMagstripeReader = z.infer<typeof MagstripeReader>;

/** A badge reader attached to this machine, one shape for each driver. */
export const SiteReader = z.discriminatedUnion('driver', [...SiteUsbReader.options]);
export type SiteReader = z.infer<typeof SiteReader>;

/** Their drivers; what says least of a device (that it types) stands last. */
export const usbDrivers = [
  'twn4',
  'pcprox',
  'scanner',
  'magstripe',
  'wedge',
] as const satisfies readonly [...SiteUsbReader['driver'][]];

export function isUsbReader(reader: SiteReader): reader is SiteUsbReader {
  return (usbDrivers as readonly string[]).includes(reader.driver);
}

/** A device that the site file does not name, as far as it can be told from outside. */
export interface FoundReader {
  readonly driver: SiteUsbReader['driver'];
  readonly vendor: string;
  readonly product: string;
  /** Its own serial number; '' where it has none. */
  readonly serial: string;
}

/** What only the site knows of its badges: the commonest, to be put right. */
const UNSAID: Readonly<Record<SiteUsbReader['driver'], object>> = {
  twn4: {},
  pcprox: {},
  scanner: {},
  magstripe: { badge: { as: 'decimal' }, length: 8 },
  wedge: { badge: { as: 'decimal' } },
};

/** What to write under `readers` in the site file to use it at a desk. */
export function siteLinesOf(found: FoundReader, ids: readonly string[]): string {
  const { driver, vendor, product, serial } = found;
  let n = 1;
  while (ids.includes(`desk-${n}`)) n += 1;
  const own = serial === '' ? {} : { serial };
  const reader = { id: `desk-${n}`, use: 'desk', driver, vendor, product, ...own };
  return JSON.stringify({ ...reader, ...UNSAID[driver] }, null, 2);
}
