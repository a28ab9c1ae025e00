import type { Authority } from '../domain/authority.ts';
import type { ConsignmentClass, VehicleClass } from '../domain/line.ts';
import type { Text3 } from '../domain/text.ts';
import type { RegimeSettings } from '../regime/regime-shape.ts';
import type { ObligationName } from '../regime/requirement.ts';
import { w } from './table.ts';

/** What each obligation is called in tables and reports. */
export const OBLIGATION_NAMES: Readonly<Record<ObligationName, Text3>> = {
  'joint-record': w(
    '一次查驗、一次放行，兩地各作紀錄',
    '合作查验、一次放行，两地各作记录',
    'One inspection, one release, a record for each side',
  ),
  'due-back': w('須按時離區', '须按时离区', 'Due back out in time'),
  'presence-day': w('計算在區日數', '计算在区天数', 'Counted as a day of presence'),
  'file-with': w('備案', '备案', 'Filed with the authority'),
  'post-release-audit': w(
    '先放行，事後抽查審核',
    '先放行，事后抽查稽核',
    'Released first, drawn for audit afterwards',
  ),
  'export-refund': w(
    '退還增值稅及消費稅',
    '退还增值税和消费税',
    'VAT and consumption tax refunded',
  ),
  'vat-deferral': w('增值稅先銷售後徵收', '增值税先销售后征收', 'VAT deferred until sold'),
  'import-tax-rate': w(
    '按優惠綜合稅率徵稅',
    '按优惠综合税率征税',
    'Combined preferential tax rate',
  ),
  custody: w(
    '列入監管，直至運回、用罄或銷毀',
    '纳入监管，直至运回、用完或销毁',
    'In custody until it comes out again, is used or is destroyed',
  ),
  'inspection-exempt': w(
    '憑獲兩地承認的證書免檢',
    '凭两地互认的证书免检',
    'Exempt from inspection on a certificate that both sides recognise',
  ),
  allowance: w(
    '計入限期內的額度',
    '计入周期内的额度',
    'Counts against the allowance of the period',
  ),
};

export const AUTHORITY_WORDS: Readonly<Record<Authority, Text3>> = {
  'hong-kong': w('香港', '香港', 'Hong Kong'),
  mainland: w('內地', '内地', 'the mainland'),
  macao: w('澳門', '澳门', 'Macao'),
};

/** Classes of vehicles and goods; those of persons stand in the domain's own table. */
export const GOODS_CLASS_WORDS: Readonly<Record<VehicleClass | ConsignmentClass, Text3>> = {
  registered: w('已登記車輛', '已登记车辆', 'Registered vehicle'),
  other: w('其他車輛', '其他车辆', 'Other vehicle'),
  'registered-enterprise': w(
    '區內註冊企業的貨物',
    '区内注册企业的货物',
    'Goods of an enterprise of the zone',
  ),
  research: w('研發物資', '研发物资', 'Research goods'),
  'zone-origin': w('區內原產貨物', '区内原产货物', 'Goods made in the zone'),
  general: w('一般貨物', '一般货物', 'General goods'),
  unregistered: w('未註冊者的貨物', '未注册者的货物', 'Goods of the unregistered'),
};

export const PART_DAY_WORDS: Readonly<Record<NonNullable<RegimeSettings['partDayRule']>, Text3>> = {
  'any-part': w('任何部分均算一日', '任何部分均算一天', 'any part of it'),
  nights: w('過夜方算一日', '过夜才算一天', 'a night in it'),
  'over-half': w('超過半日方算一日', '超过半天才算一天', 'more than half of it'),
};

/** What each figure of a regime's settings is; `{{…}}` are its values. */
export const SETTING_WORDS: Readonly<Record<keyof RegimeSettings, Text3>> = {
  dayReturnCutOff: w(
    '即日離區的時限：{{value}}',
    '当日离区的时限：{{value}}',
    'Day return: out again by {{value}}',
  ),
  dayReturnWarnMinutes: w(
    '離區時限前{{value}}分鐘提示',
    '离区时限前{{value}}分钟提示',
    'Day return: told of {{value}} minutes before',
  ),
  partDayRule: w(
    '在區日數的計法：{{value}}',
    '在区天数的算法：{{value}}',
    'A day of presence is {{value}}',
  ),
  postReleaseAuditPercent: w(
    '事後抽查比例：{{value}}%',
    '事后抽查比例：{{value}}%',
    'Drawn for audit after release: {{value}} %',
  ),
  origin: w(
    '區域價值成分：累加法{{up}}%、扣減法{{down}}%；不計內地時為{{ownUp}}%、{{ownDown}}%；' +
      '協定伙伴的材料按{{share}}%計入',
    '区域价值成分：累加法{{up}}%、扣减法{{down}}%；不计内地时为{{ownUp}}%、{{ownDown}}%；' +
      '协定伙伴的材料按{{share}}%计入',
    'Regional value content: build-up {{up}} %, build-down {{down}} %; without the mainland’s ' +
      '{{ownUp}} % and {{ownDown}} %; partners’ materials count at {{share}} %',
  ),
  visitorsPerOfficial: w(
    '每名公務人員每次最多陪同訪客：{{value}}人',
    '每名公务人员每次最多陪同访客：{{value}}人',
    'Visitors that one official may take along: {{value}}',
  ),
  healthTestHours: w(
    '健康檢測的時限：{{value}}小時',
    '健康检测的时限：{{value}}小时',
    'A health test counts for {{value}} hours',
  ),
  vatDeferral: w(
    '增值稅先銷售後徵收：稅率{{percent}}%，{{days}}日後仍未銷售即逾期',
    '增值税先销售后征收：税率{{percent}}%，{{days}}天后仍未销售即逾期',
    'Deferred VAT: {{percent}} %, overdue when not sold after {{days}} days',
  ),
  importTaxPercent: w(
    '優惠綜合稅率：{{value}}%',
    '优惠综合税率：{{value}}%',
    'Combined import tax rate: {{value}} %',
  ),
  leastTier: w(
    '企業所需的級別：{{value}}或以上',
    '企业所需的信用等级：{{value}}或以上',
    'Trust that an enterprise needs: {{value}} or better',
  ),
  personAllowance: w(
    '每人{{every}}可過關{{crossings}}次',
    '每人{{every}}可过关{{crossings}}次',
    'Each person may cross {{crossings}} times {{every}}',
  ),
  enterpriseAllowance: w(
    '每家企業{{every}}的貨值上限：{{value}} {{currency}}',
    '每家企业{{every}}的货值上限：{{value}} {{currency}}',
    'Goods of each enterprise {{every}}: up to {{value}} {{currency}}',
  ),
};

/** Within which period an allowance counts. */
export function periodWords(every: 'month' | 'year' | number): Text3 {
  if (every === 'month') return w('每個曆月', '每个自然月', 'in a calendar month');
  if (every === 'year') return w('每個曆年', '每个自然年', 'in a calendar year');
  return w(`每${every}日內`, `每${every}天内`, `within ${every} days`);
}

/** The words between, in a decision table. */
export const TABLE_WORDS = {
  version: w('版本{{n}}', '版本{{n}}', 'version {{n}}'),
  from: w('{{at}}起生效', '{{at}}起生效', 'in force from {{at}}'),
  to: w('至{{at}}為止', '至{{at}}为止', 'up to {{at}}'),
  document: w('文件', '文件', 'Document'),
  sides: w('一線兩邊', '一线两边', 'Either side of the first line'),
  change: w(
    '更改本制度：一線兩邊各一人同意',
    '更改本制度：一线两边各一人同意',
    'Another version needs one person of either side',
  ),
  settings: w('設定', '设定', 'Settings'),
  'in-and-out': w('出入區', '出入区', 'In and out'),
  all: w('條件', '条件', 'Where'),
  none: w('沒有條件', '没有条件', 'No requirement'),
  otherwise: w('否則', '否则', 'else'),
  'or-else': w('或', '或', 'or'),
  overstay: w(
    '到期者仍可離開，記錄為逾期逗留',
    '过期者仍可离开，记为超期停留',
    'expired: still out, recorded as an overstay',
  ),
  starts: w('後續義務', '后续义务', 'Then'),
  cite: w('依據', '依据', 'By'),
} as const;
