import { type WordTable, w } from './table.ts';

/** Faults by their code; a code that is not here is shown with the text it came with. */
export const faults = {
  unexpected: w(
    '發生未預期的錯誤。請再試；若持續，請通知系統管理員。',
    '发生未预期的错误。请重试；若持续，请通知系统管理员。',
    'Something unexpected happened. Try again; if it stays, tell the administrator.',
  ),
} as const satisfies WordTable;
