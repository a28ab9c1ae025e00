import { w } from './table.ts';

/** The check of origin, the certificate of a consignment, and how long vehicles take. */
export const goodsCheck = {
  origin: w('原產地核算', '原产地核算', 'Check of origin'),
  'origin-text': w(
    '按現行制度核算區域價值成分。以整數分比較；顯示的百分率捨去至小數後兩位，未達標的不會顯示為達標。',
    '按现行制度核算区域价值成分。以整数分比较；显示的百分率舍去至小数后两位，未达标的不会显示为达标。',
    'Regional value content by the regime in force. Compared in whole cents; what is shown is ' +
      'rounded down to the hundredth of a percent.',
  ),
  'not-set': w(
    '現行制度沒有原產地標準。',
    '现行制度没有原产地标准。',
    'The regime in force sets no criterion of origin.',
  ),
  'met-by': w('符合：按{{method}}', '符合：按{{method}}', 'Met, by {{method}}'),
  'not-met': w('兩種方法均未符合', '两种方法均未符合', 'Met by neither method'),
  impossible: w(
    '申報的金額不可能：{{field}}。請更正申報。',
    '申报的金额不可能：{{field}}。请更正申报。',
    'The amounts declared are impossible: {{field}}. Have the declaration corrected.',
  ),
  'build-up': w('累加法', '累加法', 'build-up'),
  'build-down': w('扣減法', '扣减法', 'build-down'),
  'with-mainland': w('計入內地材料', '计入内地材料', 'with mainland materials'),
  'without-mainland': w('不計內地材料', '不计内地材料', 'without mainland materials'),
  'with-partners': w('計入夥伴份額', '计入伙伴份额', 'with partners’ share'),
  'without-partners': w('不計夥伴份額', '不计伙伴份额', 'without partners’ share'),
  needs: w('須達 {{percent}} %', '须达 {{percent}} %', 'needs {{percent}} %'),
  compare: w('僅供比較', '仅供比较', 'for comparison'),
  holds: w('達標', '达标', 'reached'),
  below: w('未達標', '未达标', 'below'),
  figures: w('逐項算式', '逐项算式', 'Every figure'),
  fobCents: w('離岸價', '离岸价', 'Free on board'),
  hongKongCents: w('香港材料', '香港材料', 'Hong Kong materials'),
  mainlandCents: w('內地材料', '内地材料', 'Mainland materials'),
  partnersCents: w('夥伴地材料', '伙伴地材料', 'Partners’ materials'),
  othersCents: w('其他材料', '其他材料', 'Other materials'),
  labourCents: w('人工', '人工', 'Labour'),
  developmentCents: w('研發', '研发', 'Development'),

  certificate: w('認可證書', '认可证书', 'Recognised certificate'),
  'certificate-number': w('證書編號', '证书编号', 'Certificate'),
  laboratory: w('實驗室', '实验室', 'Laboratory'),
  designated: w('雙方指定的實驗室', '双方指定的实验室', 'Laboratory designated'),
  'made-here': w('貨物在區內製造', '货物在区内制造', 'Goods made in the zone'),
  valid: w('有效期', '有效期', 'Valid'),
  'valid-value': w('{{from}} 至 {{to}}', '{{from}} 至 {{to}}', '{{from}} until {{to}}'),
  'not-valid': w('現時無效', '现时无效', 'Not valid now'),
  yes: w('是', '是', 'Yes'),
  no: w('否', '否', 'No'),
  'tax-paid': w('已繳稅款', '已缴税款', 'Tax paid at home'),
  'tax-paid-value': w(
    '增值稅 {{vat}} · 消費稅 {{consumption}}',
    '增值税 {{vat}} · 消费税 {{consumption}}',
    'VAT {{vat}} · consumption tax {{consumption}}',
  ),

  times: w('各步驟時間', '各步骤时间', 'Time per step'),
  'times-text': w(
    '最近 {{n}} 次已通過的車輛',
    '最近 {{n}} 次已通过的车辆',
    'Of the last {{n}} vehicles that went through',
  ),
  step: w('步驟', '步骤', 'Step'),
  median: w('中位數', '中位数', 'Median'),
  p95: w('第 95 百分位', '第 95 百分位', '95th percentile'),
} as const;
