import type { Site } from '../../../shared/domain/site.ts';
import { isUsbReader } from '../../../shared/domain/site-reader.ts';
import type { SiteFault } from './site-fault.ts';

/** What readers must be to their lanes, to each other and in themselves. */
export function readerFaults(site: Site): SiteFault[] {
  return [...placeFaults(site), ...alikeFaults(site), ...badgeTextFaults(site)];
}

function placeFaults({ lanes, readers }: Site): SiteFault[] {
  return readers.flatMap(({ id, use, lane }, n) => {
    const fault = (text: string) => [{ path: `readers[${n}] (${id}).lane`, text }];
    if (use === 'lane' && lane === undefined) return fault('name the lane that it stands at');
    if (use !== 'lane' && lane !== undefined) {
      return fault(`a reader at a ${use} stands at no lane: take it out, or set "use" to "lane"`);
    }
    if (lane === undefined || lanes.some((one) => one.id === lane)) return [];
    return fault(`there is no lane ${lane}: add it or correct the reader`);
  });
}

/** Two readers that could be one device would change places from one start to the next. */
function alikeFaults(site: Site): SiteFault[] {
  const meet = (a: string | undefined, b: string | undefined): boolean =>
    a === undefined || b === undefined || a === b;
  const readers = site.readers.filter(isUsbReader);
  return readers.flatMap((one, n) => {
    const earlier = readers.slice(0, n).find((other) => {
      const sameModel = meet(one.vendor, other.vendor) && meet(one.product, other.product);
      return one.driver === other.driver && sameModel && meet(one.serial, other.serial);
    });
    if (earlier === undefined) return [];
    const text = `could be the device of ${earlier.id} too: give each its own serial number`;
    return [{ path: `readers[${site.readers.indexOf(one)}] (${one.id}).serial`, text }];
  });
}

/** What a reader's number is made of must be said once, and whole. */
function badgeTextFaults({ readers }: Site): SiteFault[] {
  return readers.flatMap((reader, n) => {
    if (!('badge' in reader)) return [];
    const { badge } = reader;
    const fault = (text: string) => [{ path: `readers[${n}] (${reader.id}).badge`, text }];
    const has = 'format' in badge && badge.format !== 'h10302';
    if (badge.as === 'card' && has !== (badge.facility !== undefined)) {
      return fault(`${badge.format} ${has ? 'needs' : 'has no'} "facility"`);
    }
    if (badge.as !== 'facility-card') return [];
    if (!has) return fault('h10302 has no facility: use "card"');
    const isOne = (badge.separator === undefined) !== (badge.facilityDigits === undefined);
    return isOne ? [] : fault('give either "separator" or "facilityDigits"');
  });
}
