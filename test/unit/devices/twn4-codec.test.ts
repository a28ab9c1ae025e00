import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeAnswer,
  LineFramer,
  lineOf,
  tagOf,
  versionOf,
} from '../../../src/shared/wire/twn4.ts';

const CR = 0x0d;

test('what was written is read, however the line is cut', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 250 });
  const cuts = fc.array(fc.nat({ max: 500 }), { maxLength: 4 });
  fc.assert(
    fc.property(bytes, cuts, (results, at) => {
      const line = lineOf(Uint8Array.of(0, ...results));
      const framer = new LineFramer();
      const ends = [0, ...at.map((n) => Math.min(n, line.length)).sort((a, b) => a - b)];
      const lines = ends.flatMap((from, i) => framer.push(line.slice(from, ends[i + 1])));
      expect(lines.map((one) => decodeAnswer(one))).toEqual([{ ok: true, value: results }]);
    }),
    { numRuns: 2_000 },
  );
});

test('a line longer than any answer is given up, and the next one is read', () => {
  const framer = new LineFramer();
  const endless = new Uint8Array(5_000).fill(0x30);
  expect(framer.push(endless)).toEqual([]);
  expect(framer.push(Uint8Array.of(CR, 0x30, 0x30, CR))).toEqual([null, '00']);
});

test('no bytes whatever make it throw, or give what is longer than what came', () => {
  // Noise alone is hardly ever an answer: beside it come answers with a byte changed.
  const noise = fc.uint8Array({ maxLength: 40 });
  const bitten = fc.tuple(fc.uint8Array({ maxLength: 12 }), fc.nat(30), fc.nat(255)).map((of) => {
    const [results, at, byte] = of;
    return lineOf(Uint8Array.of(0, ...results)).map((one, i) => (i === at ? byte : one));
  });
  const any = fc.oneof(noise, bitten);
  let answers = 0;
  fc.assert(
    fc.property(any, (bytes) => {
      for (const line of new LineFramer().push(bytes)) {
        const answer = decodeAnswer(line);
        if (!answer.ok) continue;
        answers += 1;
        const [tag, version] = [tagOf(answer.value), versionOf(answer.value)];
        const held = tag.ok ? (tag.value?.id.length ?? 0) : 0;
        const text = version.ok ? version.value.length : 0;
        if (Math.max(held, text) >= Math.max(1, answer.value.length)) throw new Error('too long');
      }
    }),
    { numRuns: 100_000, seed: 6 },
  );
  expect(answers).toBeGreaterThan(1_000);
});
