import { type WordTable, w } from './table.ts';

/** What each incident of goods and vehicles means and asks for. */
export const incidentsOfGoods = {
  'what-lock-tampered': w(
    '有人報告電子鎖被拆動。',
    '有人报告电子锁被拆动。',
    'The electronic lock was reported as tampered with.',
  ),
  'next-lock-tampered': w(
    '截停車輛，檢查鎖及貨物，通知雙方海關。',
    '截停车辆，检查锁及货物，通知双方海关。',
    'Stop the vehicle, examine lock and goods, tell both customs.',
  ),
  'what-route-broken': w(
    '車輛偏離了應行路線。',
    '车辆偏离了应行路线。',
    'The vehicle left the way it was to take.',
  ),
  'next-route-broken': w(
    '聯絡司機，查明去向及貨物狀況。',
    '联系司机，查明去向及货物状况。',
    'Reach the driver; find out where the goods were.',
  ),
  'what-balance-negative': w(
    '離開的貨物多於賬上所有：{{goods}}。',
    '离开的货物多于账上所有：{{goods}}。',
    'More left than the ledger has of it: {{goods}}.',
  ),
  'next-balance-negative': w(
    '向企業查明來源，更正申報。',
    '向企业查明来源，更正申报。',
    'Ask the enterprise where it came from; have the declaration corrected.',
  ),
  'what-custody-impossible': w(
    '過關的監管物品與賬上去向不符：{{items}}。',
    '过关的监管物品与账上去向不符：{{items}}。',
    'Followed things crossed that the ledger has elsewhere, or as no more: {{items}}.',
  ),
  'next-custody-impossible': w(
    '查驗物品，查明之前去向，再補記監管步驟。',
    '查验物品，查明之前去向，再补记监管步骤。',
    'Examine the things, find out what became of them before, then record the step.',
  ),
  'what-audit-overdue': w(
    '貨件 {{consignment}} 已抽中但未按時稽核。',
    '货件 {{consignment}} 已抽中但未按时稽核。',
    'Consignment {{consignment}} was drawn and not audited in time.',
  ),
  'next-audit-overdue': w(
    '完成稽核並記錄結果。',
    '完成稽核并记录结果。',
    'Carry out the audit and record its result.',
  ),
  'what-deferral-overdue': w(
    '貨件 {{consignment}} 的緩繳稅款已逾期。',
    '货件 {{consignment}} 的缓缴税款已逾期。',
    'The deferred tax of consignment {{consignment}} is overdue.',
  ),
  'next-deferral-overdue': w(
    '向企業索取銷售報告。',
    '向企业索取销售报告。',
    'Ask the enterprise for its report of sales.',
  ),
} as const satisfies WordTable;
