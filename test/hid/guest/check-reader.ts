/**
 * Runs in the bench's guest: the console's own pcProx driver on node-hid and a kernel HID device.
 * Each check prints one line, `ok NAME` or `not ok NAME: WHY`. `check-reader.mjs library` expects a
 * machine without libusb, `check-reader.mjs rights` a user who may not open the reader.
 */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createPcproxReaders } from '../../../src/main/engine/devices/pcprox/driver.ts';
import type { DeskReader, ReaderReport } from '../../../src/main/engine/devices/ports.ts';
import type { ReaderId } from '../../../src/shared/domain/ids.ts';

/** For what has no time of its own to keep: the guest's processor is imitated, and slow. */
const PATIENT_MS = 60_000;
const reports: ReaderReport[] = [];
let failed = 0;

const reads = (): string[] => reports.flatMap((r) => (r.kind === 'read' ? [r.credential] : []));
const state = () => reports.filter((report) => report.kind === 'reader-state').at(-1);

async function until(holds: () => boolean, what: string, withinMs: number): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > endMs) {
      throw new Error(`waited ${withinMs} ms for ${what}; ${JSON.stringify(reports)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function check(name: string, run: () => Promise<void>): Promise<void> {
  try {
    const startMs = performance.now();
    await run();
    process.stdout.write(`ok ${name} (${Math.round(performance.now() - startMs)} ms)\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(
      `not ok ${name}: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`${what}; ${JSON.stringify(reports)}`);
}

class VirtualReader {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    const program = fileURLToPath(new URL('./virtual-reader.mjs', import.meta.url));
    this.#child = spawn(process.execPath, [program]);
    this.#child.stderr.pipe(process.stderr);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  tell(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  async ask(): Promise<{ readonly typed: number; readonly halted: boolean }> {
    this.tell('ask');
    const line = await this.#lines.next();
    return JSON.parse(String(line.value)) as { typed: number; halted: boolean };
  }

  async unplug(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

function startReader(): DeskReader {
  const setUps = [{ reader: 'desk-1' as ReaderId }];
  const [reader] = createPcproxReaders({
    setUps,
    badges: {},
    sink: { report: (r) => void reports.push(r) },
  });
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
  let device = new VirtualReader();
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
    device = new VirtualReader();
    await until(() => state()?.online === true, 'the reader', PATIENT_MS);
    expect((await device.ask()).halted, 'keystrokes are not halted');
    device.tell('hold 123 4567');
    await until(() => reads().length === 4, 'the badge', PATIENT_MS);
  });
  await check('a user without rights is told how to get them', async () => {
    const args = [fileURLToPath(import.meta.url), 'rights'];
    const other = spawnSync(process.execPath, args, { uid: 1000, gid: 1000, encoding: 'utf8' });
    expect(other.stdout.includes('70-twoline.rules'), `it said: ${other.stdout}${other.stderr}`);
  });
  await reader.stop();
  await device.unplug();
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
process.exit(failed > 0 ? 1 : 0);
