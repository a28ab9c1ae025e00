/**
 * Runs in the bench's guest: one family of readers on node-hid and kernel HID devices. Each check
 * prints one line, `ok NAME` or `not ok NAME: WHY`. `check-family.mjs wedge|scanner|magstripe`.
 */

import type { ReaderReport } from '../../../src/main/engine/devices/ports.ts';
import { createUsbReaders } from '../../../src/main/engine/devices/usb/readers.ts';
import { SiteReader } from '../../../src/shared/domain/site-reader.ts';
import {
  check,
  expect,
  isOnline,
  PATIENT_MS,
  readBy,
  reads,
  reports,
  until,
  VirtualReader,
} from './guest.ts';

interface Family {
  readonly site: object;
  /** The n-th badge as the reader sends it, and as it is told. */
  show(n: number): string;
  told(n: number): string;
  /** Part of a badge, where one comes in several reports that can be broken off. */
  readonly half: string | null;
}

const decimal = { badge: { as: 'decimal' }, length: 8 };
const number = (n: number): string => String(10_000_000 + n);
/** More than one report holds. */
const long = (n: number): string => `${'permit-'.repeat(15)}${n}`;

const families: Readonly<Record<string, Family>> = {
  wedge: {
    site: { driver: 'wedge', vendor: '076b', product: '5127', ...decimal },
    show: (n) => `show ${number(n)}`,
    told: (n) => `raw/${number(n)}`,
    half: 'half 1000',
  },
  scanner: {
    site: { driver: 'scanner' },
    show: (n) => `show ${long(n)}`,
    told: long,
    half: `half ${long(0)}`,
  },
  magstripe: {
    site: { driver: 'magstripe', ...decimal },
    show: (n) => `show ${number(n)}`,
    told: (n) => `raw/${number(n)}`,
    half: null,
  },
};

const MANY = 1000;
/**
 * So many reads may wait while the next one is shown: the kernel keeps 64 reports of a device and
 * drops what comes beyond, and a read has 18.
 */
const UNDER_WAY = 2;

const kind = process.argv[2] ?? '';
const family = families[kind];
if (family === undefined) throw new Error(`no family ${kind}`);

const readers = ['LEFT', 'RIGHT'].map((serial) => {
  const id = serial.toLowerCase();
  return SiteReader.parse({ ...family.site, id, use: 'desk', serial });
});

const sink = { report: (r: ReaderReport) => void reports.push(r) };
const started = createUsbReaders({ readers, badges: {}, sink }).readers;
await Promise.all(started.map((reader) => reader.start()));

let left = new VirtualReader(kind, 'LEFT');
const right = new VirtualReader(kind, 'RIGHT');
await check('two alike are found, by their serial numbers', async () => {
  await until(() => isOnline('left') && isOnline('right'), 'both', PATIENT_MS);
});
await check('each badge is told by the reader that read it', async () => {
  left.tell(family.show(1));
  await until(() => readBy('left').length === 1, 'the left one’s', PATIENT_MS);
  right.tell(family.show(2));
  await until(() => readBy('right').length === 1, 'the right one’s', PATIENT_MS);
  expect(reads().join() === [family.told(1), family.told(2)].join(), 'the wrong badges');
});
await check('the same badge again is another read', async () => {
  left.tell(family.show(1));
  await until(() => readBy('left').length === 2, 'the second read', PATIENT_MS);
});
await check('unplugged in the middle of a read it is missed within 2 s', async () => {
  if (family.half !== null) left.tell(family.half);
  await left.unplug();
  await until(() => !isOnline('left'), 'it to be missed', 2000);
  expect(isOnline('right'), 'the other one is missed too');
});
await check('plugged in again it reads, and nothing is left of the half', async () => {
  left = new VirtualReader(kind, 'LEFT');
  await until(() => isOnline('left'), 'it to be back', PATIENT_MS);
  left.tell(family.show(3));
  await until(() => readBy('left').length === 3, 'the badge', PATIENT_MS);
  expect(readBy('left')[2] === family.told(3), 'the wrong badge');
});
await check('1,000 reads are all told, in order', async () => {
  const before = readBy('left').length;
  for (let n = 0; n < MANY; n += 1) {
    left.tell(family.show(n));
    await until(() => readBy('left').length > before + n - UNDER_WAY, `read ${n}`, PATIENT_MS);
  }
  await until(() => readBy('left').length >= before + MANY, 'the last one', PATIENT_MS);
  const wrong = readBy('left')
    .slice(before)
    .filter((one, n) => one !== family.told(n));
  if (wrong.length > 0) throw new Error(`${wrong.length} were not what was shown: ${wrong[0]}`);
});
await Promise.all(started.map((reader) => reader.stop()));
await left.unplug();
await right.unplug();
process.exit(process.exitCode ?? 0);
