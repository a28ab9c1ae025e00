import { z } from 'zod';

const count = z.number().int();

/**
 * Crossings of the day's badge reads, but `passed` counts the passages made on the day. `asked`
 * were decided live, `late` written down afterwards by the boards, `manual` written on paper and
 * keyed in; the others say what became of them.
 */
export const DayTotals = z.object({
  asked: count,
  passed: count,
  refused: count,
  referred: count,
  notTaken: count,
  unknown: count,
  late: count,
  manual: count,
});
