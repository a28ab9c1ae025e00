import { type WordTable, w } from './table.ts';

/** Why a row of a file of sales was refused. See `sayings`. */
export const saidOfSales = {
  'sale-other': w(
    '{{key}} 早已申報，內容不同：銷售不可更改',
    '{{key}} 早已申报，内容不同：销售不可更改',
    '{{key}} was reported already, and otherwise: a sale is never changed',
  ),
  'sale-all-sold': w('{{key}} 已全部售出', '{{key}} 已全部售出', 'all of {{key}} is sold'),
  'sale-none-by': w(
    '{{key}} 沒有經 {{crossing}} 緩繳的稅款',
    '{{key}} 没有经 {{crossing}} 缓缴的税款',
    'no tax of {{key}} is deferred by {{crossing}}',
  ),
  'sale-none': w(
    '{{key}} 沒有緩繳的稅款',
    '{{key}} 没有缓缴的税款',
    'no tax of {{key}} is deferred',
  ),
  'sale-several': w(
    '{{key}} 的稅款經 {{n}} 次過關緩繳：請指明其一',
    '{{key}} 的税款经 {{n}} 次过关缓缴：请指明其一',
    'tax of {{key}} is deferred by {{n}} crossings: name one',
  ),
  'sale-currency': w(
    '其稅款以 {{currency}} 緩繳',
    '其税款以 {{currency}} 缓缴',
    'its tax is deferred in {{currency}}',
  ),
  'sale-left': w('只餘 {{n}} 分未售', '只余 {{n}} 分未售', 'only {{n}} cents of it are unsold'),
  'row-whole': w(
    '須為整數，無正負號及小數點',
    '须为整数，无正负号及小数点',
    'a whole number, without signs or points',
  ),
  'row-reference': w(
    '字母、數字、. _ / -，最多 64 個',
    '字母、数字、. _ / -，最多 64 个',
    'letters, digits, . _ / -, at most 64',
  ),
  'row-currency': w(
    '三個字母的貨幣，例如 HKD',
    '三个字母的货币，例如 HKD',
    'a currency of three letters, such as HKD',
  ),
} as const satisfies WordTable;
