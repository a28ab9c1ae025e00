/**
 * Readers that are attached and that the site file does not name: listed for people to see, with
 * what they are by their descriptor and their numbers. They are looked at from outside only: none
 * is opened, and nothing is sent to one.
 */
import { isUsbReader, type SiteReader, usbDrivers } from '../../../../shared/domain/site-reader.ts';
import type { AttachedReader, AttachedReaders } from '../ports.ts';
import type { Timer, Timers } from '../timers.ts';
import { familyOf } from './families.ts';
import { rowOf } from './family.ts';
import type { Hid, HidRow } from './hid.ts';
import type { Listing } from './listing.ts';

/** More than any desk has; what is attached beyond is left out. */
const MOST_SHOWN = 16;

const NONE: AttachedReaders = { readers: [], fault: null };

export interface AttachedParts {
  readonly site: readonly SiteReader[];
  readonly hid: Hid;
  readonly listing: Listing;
  readonly timers: Timers;
  readonly everyMs: number;
  /** Paths that a reader of the site has open now. */
  readonly taken: ReadonlySet<string>;
  /** It is not what it was any more. */
  readonly onChange: () => void;
}

export class Attached {
  readonly #parts: AttachedParts;
  #now: AttachedReaders = NONE;
  #timer: Timer | null = null;
  #running = false;

  constructor(parts: AttachedParts) {
    this.#parts = parts;
  }

  now(): AttachedReaders {
    return this.#now;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#look();
  }

  stop(): void {
    this.#running = false;
    this.#timer?.cancel();
    this.#now = NONE;
  }

  async #look(): Promise<void> {
    const { everyMs, hid, listing, onChange, site, taken, timers } = this.#parts;
    const listed = await listing.rows();
    let now: AttachedReaders = { readers: [], fault: listed.ok ? null : listed.fault.text };
    if (listed.ok) {
      const rows = othersOf(listed.value, site, taken).slice(0, MOST_SHOWN);
      now = { readers: await Promise.all(rows.map((row) => readerOf(row, hid))), fault: null };
    }
    if (!this.#running) return;
    const changed = JSON.stringify(now) !== JSON.stringify(this.#now);
    this.#now = now;
    if (changed) onChange();
    this.#timer = timers.after(everyMs, () => void this.#look());
  }
}

/** The rows of devices that are a reader of some family, and of no reader of the site. */
export function othersOf(
  rows: readonly HidRow[],
  site: readonly SiteReader[],
  taken: ReadonlySet<string>,
): readonly HidRow[] {
  const used = rows.filter(({ path }) => taken.has(path));
  let free = rows.filter(({ path }) => !taken.has(path));
  for (const reader of site.filter(isUsbReader)) {
    const family = familyOf(reader.driver);
    // One that is open now waits for no other device.
    if (rowOf(reader, family, used) !== undefined) continue;
    const its = rowOf(reader, family, free);
    if (its === undefined) continue;
    used.push(its);
    free = free.filter(({ path }) => path !== its.path);
  }
  const others = new Map<string, HidRow>();
  for (const row of free) {
    if (guessOf(row) === null || used.some((one) => isOneDevice(one, row))) continue;
    if (!others.has(row.path)) others.set(row.path, row);
  }
  return [...others.values()];
}

/** Two parts of one device: it numbers itself. */
function isOneDevice(a: HidRow, b: HidRow): boolean {
  const same = a.vendorId === b.vendorId && a.productId === b.productId;
  return same && a.serialNumber !== '' && a.serialNumber === b.serialNumber;
}

/** What tells most of a device is asked first: pcProx readers, too, say that they are keyboards. */
function guessOf(row: HidRow): AttachedReader['driver'] | null {
  return usbDrivers.find((driver) => familyOf(driver).isOne(row)) ?? null;
}

async function readerOf(row: HidRow, hid: Hid): Promise<AttachedReader> {
  const { path, product, productId, serialNumber, vendorId } = row;
  const rights = await hid.mayOpen(path);
  return {
    driver: guessOf(row) ?? 'wedge',
    path,
    vendor: hex(vendorId),
    product: hex(productId),
    serial: serialNumber,
    model: product,
    text: rights.ok ? null : rights.fault.text,
  };
}

const hex = (number: number): string => number.toString(16).padStart(4, '0');
