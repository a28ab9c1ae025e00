import type { SiteUsbReader } from '../../../../shared/domain/site-reader.ts';
import { magstripeFamily } from '../magstripe/driver.ts';
import { pcproxFamily } from '../pcprox/driver.ts';
import { scannerFamily } from '../scanner/driver.ts';
import { twn4Family } from '../twn4/driver.ts';
import { wedgeFamily } from '../wedge/driver.ts';
import type { ReaderFamily } from './family.ts';
import type { Closable } from './hid.ts';
import type { SerialHandle } from './serial.ts';

type Driver = SiteUsbReader['driver'];
type Of<D extends Driver> = Extract<SiteUsbReader, { driver: D }>;
type Families = { readonly [D in Exclude<Driver, 'twn4'>]: ReaderFamily<Of<D>> } & {
  readonly twn4: ReaderFamily<Of<'twn4'>, SerialHandle>;
};

const families: Families = {
  twn4: twn4Family,
  pcprox: pcproxFamily,
  wedge: wedgeFamily,
  scanner: scannerFamily,
  magstripe: magstripeFamily,
};

/** The family that a driver of the site file names. */
export function familyOf(driver: Driver): ReaderFamily<SiteUsbReader, Closable> {
  return families[driver];
}
