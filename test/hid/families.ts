import { beforeAll, describe, expect, test } from 'vitest';
import { leftOut, prepareBench, runInGuest } from './bench.ts';
import { lineOf } from './line-of.ts';

const why = leftOut() ?? '';

/** The program in the guest prints one line for each of these. */
const checks = [
  'two alike are found, by their serial numbers',
  'each badge is told by the reader that read it',
  'the same badge again is another read',
  'unplugged in the middle of a read it is missed within 2 s',
  'plugged in again it reads, and nothing is left of the half',
  '1,000 reads are all told, in order',
];

describe.each(['wedge', 'scanner', 'magstripe'])('%s on a kernel HID device', (kind) => {
  let output = '';

  beforeAll(async () => {
    if (why !== '') return;
    await prepareBench();
    output = (await runInGuest(['check-family.mjs', kind])).output;
  });

  test.for(checks)('%s', (name, context) => {
    context.skip(why !== '', why);
    const line = lineOf(output, name);
    expect(line ?? `nothing was said of it:\n${output}`).toMatch(/^ok /);
  });
});
