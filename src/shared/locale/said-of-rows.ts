import { type WordTable, w } from './table.ts';

/** Why a row of a dataset was refused. See `sayings`. */
export const saidOfRows = {
  'row-fields': w(
    '有 {{n}} 個欄位，標題行有 {{header}} 個',
    '有 {{n}} 个字段，标题行有 {{header}} 个',
    '{{n}} fields, the header has {{header}}',
  ),
  'row-twice': w('{{key}} 重複出現', '{{key}} 重复出现', '{{key}} comes twice'),
  'row-none': w('不是一筆資料', '不是一行数据', 'not a row'),
  'row-time': w(
    '須為連時區的時間，例如 2026-11-23T08:30+08:00',
    '须为带时区的时间，例如 2026-11-23T08:30+08:00',
    'a time with its zone, such as 2026-11-23T08:30+08:00',
  ),
  'row-hours': w(
    '須為時段，例如 07:00-23:00，介乎 00:00 至 24:00',
    '须为时段，例如 07:00-23:00，介于 00:00 至 24:00',
    'hours such as 07:00-23:00, from 00:00 to 24:00',
  ),
  'row-backwards': w('結束早於開始', '结束早于开始', 'ends before it begins'),
  'row-credential': w(
    '須為卡號，例如 h10301/FACILITY/CARD、csn/HEX 或 raw/NUMBER，前面不加零',
    '须为卡号，例如 h10301/FACILITY/CARD、csn/HEX 或 raw/NUMBER，前面不加零',
    'a badge such as h10301/FACILITY/CARD, csn/HEX or raw/NUMBER, no zeros in front',
  ),
  'row-id': w(
    '須為編號：字母、數字、. _ : / -',
    '须为编号：字母、数字、. _ : / -',
    'an id: letters, digits, . _ : / -',
  ),
  'row-choice': w(
    '須為下列之一：{{detail}}',
    '须为下列之一：{{detail}}',
    'Invalid option: expected one of {{detail}}',
  ),
  'row-kind': w(
    '資料類別不正確：{{detail}}',
    '数据类型不正确：{{detail}}',
    'Invalid input: {{detail}}',
  ),
  'row-long': w('過長或過大：{{detail}}', '过长或过大：{{detail}}', 'Too big: {{detail}}'),
  'row-short': w('過短或過小：{{detail}}', '过短或过小：{{detail}}', 'Too small: {{detail}}'),
  'row-pattern': w(
    '格式不正確：{{detail}}',
    '格式不正确：{{detail}}',
    'Invalid string: {{detail}}',
  ),
} as const satisfies WordTable;
