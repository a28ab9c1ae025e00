import { type WordTable, w } from './table.ts';

/** Words of the Watch screen and the wallboard. */
export const watch = {
  title: w('總覽', '总览', 'Watch'),
} as const satisfies WordTable;
