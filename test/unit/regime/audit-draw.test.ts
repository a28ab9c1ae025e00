import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type AuditSubject, auditDraw } from '../../../src/shared/regime/audit-draw.ts';

const SUBJECT: AuditSubject = {
  regime: 'cma-buffer-zone',
  regimeVersion: 2,
  seed: '2026-03-09/7f3a',
  crossing: 'X1-42',
};

/** An auditor's own program, from the three steps that `audit-draw.ts` documents. */
function drawnAgain({ regime, regimeVersion, seed, crossing }: AuditSubject): number {
  const text = `twoline-audit-draw-1\n${regime}\n${regimeVersion}\n${seed}\n${crossing}`;
  return createHash('sha256').update(text, 'utf8').digest().readUInt32BE(0);
}

test.each([
  // Made by a few lines of Python from the same three steps.
  [SUBJECT, 3_562_045_149],
  [{ ...SUBJECT, crossing: 'X1-43' }, 420_030_167],
  [{ ...SUBJECT, regime: 'hetao-two-parks', regimeVersion: 1, seed: '種子' }, 3_338_893_914],
])('a draw is a number that any program makes again', (subject, number) => {
  expect(auditDraw(subject, 5).number).toBe(number);
  expect(drawnAgain(subject)).toBe(number);
});

test('is recorded with all it was made from', () => {
  expect(auditDraw(SUBJECT, 5)).toEqual({
    ...SUBJECT,
    percent: 5,
    number: 3_562_045_149,
    isDrawn: false,
  });
  expect(auditDraw({ ...SUBJECT, crossing: 'X1-43' }, 9.77).isDrawn).toBe(false);
  // 420,030,167 / 2^32 = 9.7796 %
  expect(auditDraw({ ...SUBJECT, crossing: 'X1-43' }, 9.78).isDrawn).toBe(true);
});

test('draws the stated share: none, all, and 1,001 of 20,000 at 5 %', () => {
  const drawn = (percent: number) => {
    let count = 0;
    for (let n = 0; n < 20_000; n += 1) {
      const subject = { ...SUBJECT, seed: 's', crossing: `X1-${n}` };
      if (auditDraw(subject, percent).isDrawn) count += 1;
    }
    return count;
  };
  expect(drawn(0)).toBe(0);
  expect(drawn(100)).toBe(20_000);
  expect(drawn(5)).toBe(1_001);
});

test('any part of what it is made from makes another draw', () => {
  const numbers = [
    SUBJECT,
    { ...SUBJECT, regime: 'hengqin' },
    { ...SUBJECT, regimeVersion: 3 },
    { ...SUBJECT, seed: '2026-03-10/7f3a' },
    { ...SUBJECT, crossing: 'X2-42' },
  ].map((subject) => auditDraw(subject, 5).number);
  expect(new Set(numbers).size).toBe(5);
});
