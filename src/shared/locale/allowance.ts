import { type WordTable, w } from './table.ts';

/** What the regime lets somebody do in a period, and what is left of it. */
export const allowance = {
  person: w('本期過關限額', '本期过关限额', 'Crossings allowed in this period'),
  enterprise: w('本期貨值限額', '本期货值限额', 'Goods allowed in this period'),
  used: w('已用', '已用', 'Used'),
  most: w('限額', '限额', 'Most'),
  left: w('餘額', '余额', 'Left'),
  since: w('本期開始', '本期开始', 'Since'),
  crossings: w('{{n}} 次', '{{n}} 次', '{{n}}'),
  none: w('{{left}}：已用盡', '{{left}}：已用尽', '{{left}}: used up'),
} as const satisfies WordTable;
