import { type WordTable, w } from './table.ts';

/** What each incident of what is done with the other side means and asks for. */
export const incidentsOfSides = {
  'what-joint-slow': w(
    '合作查驗由讀卡至放行用了 {{seconds}} 秒，超過 {{most}} 秒。',
    '合作查验由刷卡至放行用了 {{seconds}} 秒，超过 {{most}} 秒。',
    'A joint inspection took {{seconds}} s from the first read to the release, over {{most}} s.',
  ),
  'next-joint-slow': w(
    '查看通道是否擠塞，或需加開通道。',
    '查看通道是否拥堵，或需加开通道。',
    'See what holds the lane up; open another one where people wait.',
  ),
  'what-filing-overdue': w(
    '備案 {{filing}}（{{reference}}）逾期，對方仍未答覆。',
    '备案 {{filing}}（{{reference}}）逾期，对方仍未答复。',
    'Filing {{filing}} ({{reference}}) was to be answered by now, and is not.',
  ),
  'next-filing-overdue': w(
    '聯絡對方機關；收到答覆後記錄，事件即告完結。',
    '联系对方机关；收到答复后记录，事件即告完结。',
    'Ask the authority; once its answer is recorded this incident ends.',
  ),
} as const satisfies WordTable;
