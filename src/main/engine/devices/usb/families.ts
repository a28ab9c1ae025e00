import type { SiteUsbReader } from '../../../../shared/domain/site-reader.ts';
import { magstripeFamily } from '../magstripe/driver.ts';
import { pcproxFamily } from '../pcprox/driver.ts';
import { scannerFamily } from '../scanner/driver.ts';
import { wedgeFamily } from '../wedge/driver.ts';
import type { ReaderFamily } from './family.ts';

type Driver = SiteUsbReader['driver'];
type Families = { readonly [D in Driver]: ReaderFamily<Extract<SiteUsbReader, { driver: D }>> };

const families: Families = {
  pcprox: pcproxFamily,
  wedge: wedgeFamily,
  scanner: scannerFamily,
  magstripe: magstripeFamily,
};

/** The family that a driver of the site file names. */
export function familyOf(driver: Driver): ReaderFamily {
  return families[driver];
}
