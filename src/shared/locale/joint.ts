import { type WordTable, w } from './table.ts';

/** What each side says of somebody whom both inspect together. */
export const joint = {
  'own-side': w('你代表{{side}}。', '您代表{{side}}。', 'You act for {{side}}.'),
  'own-none': w(
    '你並不代表其中一方，不能記錄結果：須由{{exit}}或{{entry}}的人員記錄。',
    '您并不代表其中一方，不能记录结果：须由{{exit}}或{{entry}}的人员记录。',
    'You act for neither side and give no result: an officer of {{exit}} or of {{entry}} does.',
  ),
  rule: w(
    '任何一方扣留待查期間，其他人不得放行此人。',
    '任何一方扣留待查期间，其他人不得放行此人。',
    'While one side holds this person, nobody else lets them through.',
  ),
  'held-by': w(
    '{{side}}扣留待查：該方人員放行之前，其他人不得放行此人。',
    '{{side}}扣留待查：该方人员放行之前，其他人不得放行此人。',
    'Held by {{side}}: until an officer of that side releases, nobody else lets them through.',
  ),
  'give-own': w('記錄本方結果', '记录本方结果', 'Give your side’s result'),
  'give-short': w('記錄', '记录', 'Give'),
  'give-title': w('{{side}}的查驗結果', '{{side}}的查验结果', 'Inspection result of {{side}}'),
  'give-text': w(
    '此結果只代表{{side}}，不會開啟閘機。',
    '此结果只代表{{side}}，不会开启闸机。',
    'It is the result of {{side}} alone, and opens no gate.',
  ),
  'give-gone': w(
    '此次過關已不再接受查驗結果。',
    '此次过关已不再接受查验结果。',
    'No result is taken of this crossing any more.',
  ),
  result: w('結果', '结果', 'Result'),
  'do-released': w('記為放行', '记为放行', 'Give as released'),
  'do-held': w('記為扣留待查', '记为扣留待查', 'Give as held'),
  'done-released': w('已記為放行', '已记为放行', 'Given as released'),
  'done-held': w('已記為扣留待查', '已记为扣留待查', 'Given as held'),
  'preset-nothing': w('查驗無異常', '查验无异常', 'Nothing was found'),
  'preset-doubt': w('證件有疑點', '证件存疑', 'Documents are in doubt'),
  'preset-closer': w('須進一步查驗', '需进一步查验', 'Needs a closer inspection'),
} as const satisfies WordTable;
