/**
 * Readers that are attached and that the site file does not name: listed for people to see, with
 * what they are by their descriptor and their numbers. They are looked at from outside only: none
 * is opened, and nothing is sent to one.
 */
import {
  isUsbReader,
  type SiteReader,
  type SiteUsbReader,
  usbDrivers,
} from '../../../../shared/domain/site-reader.ts';
import type { AttachedReader, AttachedReaders } from '../ports.ts';
import type { Timer, Timers } from '../timers.ts';
import { familyOf } from './families.ts';
import { rowOf } from './family.ts';
import type { Bus, Closable, HidRow } from './hid.ts';
import type { Listing } from './listing.ts';

/** More than any desk has; what is attached beyond is left out. */
const MOST_SHOWN = 16;

const NONE: AttachedReaders = { readers: [], fault: null };

/** Each place where devices come and go, with what was found there last. */
export type Buses = Readonly<
  Record<'hid' | 'serial', { readonly bus: Bus<Closable>; readonly listing: Listing }>
>;

export interface AttachedParts {
  readonly site: readonly SiteReader[];
  readonly buses: Buses;
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
    const { everyMs, onChange, timers } = this.#parts;
    const [hid, serial] = await Promise.all([this.#on('hid'), this.#on('serial')]);
    const now = { readers: [...serial.readers, ...hid.readers], fault: hid.fault ?? serial.fault };
    if (!this.#running) return;
    const changed = JSON.stringify(now) !== JSON.stringify(this.#now);
    this.#now = now;
    if (changed) onChange();
    this.#timer = timers.after(everyMs, () => void this.#look());
  }

  async #on(on: 'hid' | 'serial'): Promise<AttachedReaders> {
    const { buses, site, taken } = this.#parts;
    const { bus, listing } = buses[on];
    const listed = await listing.rows();
    if (!listed.ok) return { readers: [], fault: listed.fault.text };
    const ours = site.filter(isUsbReader).filter(({ driver }) => familyOf(driver).on === on);
    const rows = othersOf(listed.value, ours, taken, on).slice(0, MOST_SHOWN);
    return { readers: await Promise.all(rows.map((row) => readerOf(row, bus, on))), fault: null };
  }
}

/** The rows of devices that are a reader of some family, and of no reader of the site. */
export function othersOf(
  rows: readonly HidRow[],
  site: readonly SiteUsbReader[],
  taken: ReadonlySet<string>,
  on: 'hid' | 'serial',
): readonly HidRow[] {
  const used = rows.filter(({ path }) => taken.has(path));
  let free = rows.filter(({ path }) => !taken.has(path));
  for (const reader of site) {
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
    if (guessOf(row, on) === null || used.some((one) => isOneDevice(one, row))) continue;
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
function guessOf(row: HidRow, on: 'hid' | 'serial'): AttachedReader['driver'] | null {
  const isIt = (driver: AttachedReader['driver']): boolean => {
    const family = familyOf(driver);
    return family.on === on && family.isOne(row);
  };
  return usbDrivers.find(isIt) ?? null;
}

async function readerOf(
  row: HidRow,
  bus: Bus<Closable>,
  on: 'hid' | 'serial',
): Promise<AttachedReader> {
  const { path, product, productId, serialNumber, vendorId } = row;
  const rights = await bus.mayOpen(path);
  return {
    driver: guessOf(row, on) ?? 'wedge',
    path,
    vendor: hex(vendorId),
    product: hex(productId),
    serial: serialNumber,
    model: product,
    text: rights.ok ? null : rights.fault.text,
  };
}

const hex = (number: number): string => number.toString(16).padStart(4, '0');
