/**
 * Runs in the bench's guest: the console's own pcProx driver on node-hid and a kernel HID device.
 * Each check prints one line, `ok NAME` or `not ok NAME: WHY`. `check-reader.mjs library` expects a
 * machine without libusb, `check-reader.mjs rights` a user who may not open the reader.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DeskReader, ReaderReport } from '../../../src/main/engine/devices/ports.ts';
import { createUsbReaders } from '../../../src/main/engine/devices/usb/readers.ts';
import { usbTiming } from '../../../src/main/engine/devices/usb/timing.ts';
import type { ReaderId } from '../../../src/shared/domain/ids.ts';
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

const state = () => reports.filter((report) => report.kind === 'reader-state').at(-1);

function startReader(): DeskReader {
  const readers = [{ id: 'desk-1' as ReaderId, driver: 'pcprox', use: 'desk' }] as const;
  const sink = { report: (r: ReaderReport) => void reports.push(r) };
  const [reader] = createUsbReaders({ readers, badges: {}, sink }).readers;
  if (reader === undefined) throw new Error('no reader');
  void reader.start();
  return reader;
}

/** Long enough for two questions of the driver: it asks every 200 ms. */
const twoPolls = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 700));

async function checkReads(device: VirtualReader): Promise<void> {
  await check('a badge gives its credential', async () => {
    device.tell('hold 123 4567');
    await until(() => reads().length === 1, 'the badge', PATIENT_MS);
    expect(reads()[0] === 'h10301/123/4567', 'the wrong badge');
  });
  await check('a badge that lies there is told once', async () => {
    await twoPolls();
    expect(reads().length === 1, 'it was told again');
  });
  await check('the same badge again, after it was taken away', async () => {
    device.tell('lift');
    await twoPolls();
    device.tell('hold 123 4567');
    await until(() => reads().length === 2, 'the badge', PATIENT_MS);
  });
  await check('another badge, straight after', async () => {
    device.tell('hold 10 1188');
    await until(() => reads().length === 3, 'the badge', PATIENT_MS);
    expect(reads()[2] === 'h10301/10/1188', 'the wrong badge');
  });
  await check('a badge with a wrong parity is said to be unreadable', async () => {
    device.tell('spoil 123 4567');
    await until(() => state()?.text?.includes('again') === true, 'the complaint', PATIENT_MS);
    expect(reads().length === 3, 'it was read');
  });
  await check('no keystroke was typed', async () => {
    expect((await device.ask()).typed === 0, 'it typed');
  });
}

async function checkReader(): Promise<void> {
  const reader = startReader();
  await check('without a reader it says what to do', async () => {
    await until(() => state()?.text?.includes('plug it in') === true, 'the sentence', PATIENT_MS);
  });
  let device = new VirtualReader('pcprox', 'SN0001');
  await check('a reader that is plugged in is found', async () => {
    await until(() => state()?.online === true, 'the reader', PATIENT_MS);
    expect(state()?.serial === 'SN0001', 'its serial number');
    expect(state()?.model?.includes('7.3.0') === true, 'its firmware');
  });
  await check('SDK mode is set', async () => {
    expect((await device.ask()).halted, 'keystrokes are not halted');
  });
  await checkReads(device);
  await check('a reader that is unplugged is missed within 2 s', async () => {
    await device.unplug();
    await until(() => state()?.online === false, 'it to be missed', 2000);
  });
  await check('plugged in again it is set up and reads', async () => {
    device = new VirtualReader('pcprox', 'SN0001');
    await until(() => state()?.online === true, 'the reader', PATIENT_MS);
    expect((await device.ask()).halted, 'keystrokes are not halted');
    device.tell('hold 123 4567');
    await until(() => reads().length === 4, 'the badge', PATIENT_MS);
  });
  // It takes a while to be there.
  const other = new VirtualReader('pcprox', 'RIGHT');
  await check('a user without rights is told how to get them', async () => {
    const args = [fileURLToPath(import.meta.url), 'rights'];
    const user = spawnSync(process.execPath, args, { uid: 1000, gid: 1000, encoding: 'utf8' });
    expect(user.stdout.includes('70-twoline.rules'), `it said: ${user.stdout}${user.stderr}`);
  });
  await reader.stop();
  // The badge from before is no longer there once it answers.
  device.tell('lift');
  await device.ask();
  await checkTwoAlike(device, other);
  await device.unplug();
  await other.unplug();
}

/** Badges that each of two readers is shown. */
const MANY = 500;

/**
 * Two of one model at once. They are asked for badges more often than at a desk, where a thousand
 * reads take as many times 200 ms: what is looked for is a read that is lost, mixed up or told
 * twice.
 */
async function checkTwoAlike(left: VirtualReader, right: VirtualReader): Promise<void> {
  const readers = ['SN0001', 'RIGHT'].map((serial) => {
    return SiteReader.parse({ driver: 'pcprox', id: serial, use: 'desk', serial });
  });
  const waiting = new Map<string, () => void>();
  const report = (r: ReaderReport): void => {
    reports.push(r);
    if (r.kind === 'read') waiting.get(r.reader)?.();
  };
  // Each list of what is attached takes the guest longer than a read does.
  const timing = { ...usbTiming, pollEveryMs: 10, listEveryMs: 3_000 };
  const started = createUsbReaders({ readers, badges: {}, sink: { report }, timing }).readers;
  await Promise.all(started.map((reader) => reader.start()));
  await check('two alike are found, by their serial numbers', async () => {
    await until(() => isOnline('SN0001') && isOnline('RIGHT'), 'both', PATIENT_MS);
  });
  const show = async (device: VirtualReader, id: string, badge: string): Promise<void> => {
    const told = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${badge} was not told`)), PATIENT_MS);
      waiting.set(id, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    device.tell(`hold ${badge}`);
    await told;
  };
  const ways = [
    { device: left, id: 'SN0001', facility: 7 },
    { device: right, id: 'RIGHT', facility: 8 },
  ] as const;
  await check('1,000 reads are all told, in order, each by the reader that read it', async () => {
    await Promise.all(
      ways.map(async ({ device, facility, id }) => {
        for (let n = 1; n <= MANY; n += 1) await show(device, id, `${facility} ${n}`);
      }),
    );
    for (const { facility, id } of ways) {
      const read = readBy(id);
      const wrong = read.filter((one, at) => one !== `h10301/${facility}/${at + 1}`);
      expect(read.length === MANY, `${id} read ${read.length}`);
      expect(wrong.length === 0, `${wrong.length} were not what was shown: ${wrong[0]}`);
    }
  });
  await Promise.all(started.map((reader) => reader.stop()));
}

/** Prints the first sentence that the driver says, and ends. */
async function printSentence(): Promise<void> {
  startReader();
  await until(() => state()?.text !== undefined, 'a sentence', PATIENT_MS);
  process.stdout.write(`${state()?.text}\n`);
  process.exit(0);
}

const what = process.argv[2];
if (what === 'rights') {
  await printSentence();
} else if (what === 'library') {
  startReader();
  await check('without libusb it says what to install', async () => {
    await until(() => state()?.text !== undefined, 'a sentence', PATIENT_MS);
    expect(state()?.text?.includes('apt-get install libusb-1.0-0') === true, 'no such sentence');
  });
} else {
  await checkReader();
}
process.exit(process.exitCode ?? 0);
