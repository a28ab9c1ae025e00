/**
 * The pcProx driver on a real kernel: node-hid, hidraw, and a reader that the kernel takes for a
 * USB device, in an emulated machine. Left out, and said so, where the bench cannot be had.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { leftOut, prepareBench, runInGuest } from './bench.ts';
import { lineOf } from './line-of.ts';

const why = leftOut() ?? '';

const checks = [
  'without a reader it says what to do',
  'a reader that is plugged in is found',
  'SDK mode is set',
  'a badge gives its credential',
  'a badge that lies there is told once',
  'the same badge again, after it was taken away',
  'another badge, straight after',
  'a badge with a wrong parity is said to be unreadable',
  'no keystroke was typed',
  'a reader that is unplugged is missed within 2 s',
  'plugged in again it is set up and reads',
  'a user without rights is told how to get them',
  'two alike are found, by their serial numbers',
  '1,000 reads are all told, in order, each by the reader that read it',
];

describe('pcProx on a kernel HID device', () => {
  let output = '';

  beforeAll(async () => {
    if (why !== '') return;
    await prepareBench();
    output = (await runInGuest(['check-reader.mjs'])).output;
  });

  test.for(checks)('%s', (name, context) => {
    context.skip(why !== '', why);
    const line = lineOf(output, name);
    expect(line ?? `nothing was said of it:\n${output}`).toMatch(/^ok /);
  });

  test('without libusb it says what to install', async (context) => {
    context.skip(why !== '', why);
    const ended = await runInGuest(['check-reader.mjs', 'library'], 'libusb');
    const line = lineOf(ended.output, 'without libusb it says what to install');
    expect(line ?? ended.output).toMatch(/^ok /);
  });
});
