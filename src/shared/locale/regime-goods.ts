import type { EnterpriseTier } from '../domain/enterprise.ts';
import type { Text3 } from '../domain/text.ts';
import type { ReasonKey } from '../regime/requirements/registry.ts';
import { w } from './table.ts';

type AboutGoods =
  | 'declaration-cleared'
  | 'enterprise-registered'
  | 'enterprise-tier'
  | 'seal-intact'
  | 'certificate-recognised'
  | 'origin-met'
  | 'within-allowance';
export type GoodsReasonKey = Extract<ReasonKey, `${AboutGoods}/${string}`>;

/** Reasons that consignments give; those of an allowance persons give too. */
export const GOODS_REASON_WORDS: Readonly<Record<GoodsReasonKey, Text3>> = {
  'within-allowance/not-set': w(
    '制度沒有訂明額度。',
    '制度没有规定额度。',
    'The regime sets no allowance.',
  ),
  'within-allowance/not-known': w(
    '未能查明已用額度。',
    '无法查明已用额度。',
    'How much of the allowance is used is not known.',
  ),
  'within-allowance/used-up': w(
    '限期內的額度已用完：已過關{{used}}次，上限{{crossings}}次。',
    '周期内的额度已用完：已过关{{used}}次，上限{{crossings}}次。',
    'The allowance of the period is used up: {{used}} crossings of {{crossings}}.',
  ),
  'within-allowance/no-enterprise': w(
    '未能查明貨物所屬企業，無從計算額度。',
    '无法查明货物所属企业，不能计算额度。',
    'Nothing says whose goods these are, so that no allowance can be counted.',
  ),
  'within-allowance/no-value': w(
    '貨物沒有申報貨值，無從計算額度。',
    '货物没有申报货值，不能计算额度。',
    'No value is declared, so that no allowance can be counted.',
  ),
  'within-allowance/other-currency': w(
    '額度以{{currency}}計算，貨值並非以此貨幣申報。',
    '额度以{{currency}}计算，货值并非以此货币申报。',
    'The allowance is counted in {{currency}}, and the value is not declared in it.',
  ),
  'within-allowance/too-much': w(
    '超出企業限期內的額度，尚餘{{left}} {{currency}}。',
    '超出企业周期内的额度，尚余{{left}} {{currency}}。',
    'More than is left of the enterprise’s allowance: {{left}} {{currency}}.',
  ),
  'declaration-cleared/none': w(
    '貨物沒有報關紀錄。',
    '货物没有报关记录。',
    'No declaration is on record for these goods.',
  ),
  'declaration-cleared/filed': w(
    '貨物已申報，海關尚未批准放行。',
    '货物已申报，海关尚未放行。',
    'The declaration is filed but not cleared yet.',
  ),
  'declaration-cleared/rejected': w(
    '報關不獲海關接納。',
    '报关未被海关接受。',
    'Customs did not accept the declaration.',
  ),
  'declaration-cleared/ended': w(
    '報關的放行批准已於{{toMs}}失效。',
    '报关放行已于{{toMs}}失效。',
    'The clearance of the declaration ended at {{toMs}}.',
  ),
  'enterprise-registered/no-enterprise': w(
    '未能查明貨物所屬企業。',
    '无法查明货物所属企业。',
    'Nothing says which enterprise these goods belong to.',
  ),
  'enterprise-registered/not-registered': w(
    '企業（{{enterprise}}）未在區內註冊。',
    '企业（{{enterprise}}）未在区内注册。',
    'The enterprise ({{enterprise}}) is not registered in the zone.',
  ),
  'enterprise-registered/not-yet': w(
    '企業（{{enterprise}}）的區內註冊於{{fromMs}}起方始生效。',
    '企业（{{enterprise}}）的区内注册自{{fromMs}}起生效。',
    'The registration of the enterprise ({{enterprise}}) does not begin before {{fromMs}}.',
  ),
  'enterprise-registered/ended': w(
    '企業（{{enterprise}}）的區內註冊已於{{toMs}}終止。',
    '企业（{{enterprise}}）的区内注册已于{{toMs}}终止。',
    'The registration of the enterprise ({{enterprise}}) ended at {{toMs}}.',
  ),
  'enterprise-tier/no-enterprise': w(
    '未能查明貨物所屬企業，無從核對其級別。',
    '无法查明货物所属企业，不能核对其信用等级。',
    'Nothing says whose goods these are, so that no tier can be checked.',
  ),
  'enterprise-tier/not-set': w(
    '本制度未有訂明所需的企業級別。',
    '本制度未规定所需的企业信用等级。',
    'The regime does not set which tier is needed.',
  ),
  'enterprise-tier/no-tier': w(
    '企業（{{enterprise}}）沒有級別紀錄。',
    '企业（{{enterprise}}）没有信用等级记录。',
    'No tier is on record for the enterprise ({{enterprise}}).',
  ),
  'enterprise-tier/too-low': w(
    '企業（{{enterprise}}）屬「{{tier}}」，須達「{{least}}」。',
    '企业（{{enterprise}}）为“{{tier}}”，须达到“{{least}}”。',
    'The enterprise ({{enterprise}}) is {{tier}}; at least {{least}} is needed.',
  ),
  'seal-intact/none': w('沒有申報封條。', '未申报封志。', 'No seal is declared for these goods.'),
  'seal-intact/not-read': w(
    '封條（{{declared}}）尚未讀取。',
    '封志（{{declared}}）尚未读取。',
    'The seal ({{declared}}) has not been read.',
  ),
  'seal-intact/broken': w(
    '封條（{{declared}}）已損毀。',
    '封志（{{declared}}）已损坏。',
    'The seal ({{declared}}) is broken.',
  ),
  'seal-intact/differs': w(
    '讀得的封條（{{read}}）與申報的封條（{{declared}}）不符。',
    '读取的封志（{{read}}）与申报的封志（{{declared}}）不符。',
    'The seal that was read ({{read}}) is not the declared one ({{declared}}).',
  ),
  'certificate-recognised/none': w(
    '沒有附上檢測證書。',
    '未附检测证书。',
    'No certificate goes with these goods.',
  ),
  'certificate-recognised/not-designated': w(
    '檢測機構「{{laboratory}}」並非兩地指定的機構。',
    '检测机构“{{laboratory}}”并非两地指定的机构。',
    'The laboratory ({{laboratory}}) is not one that both sides have designated.',
  ),
  'certificate-recognised/not-made-here': w(
    '證書所載的貨物並非在區內製造。',
    '证书所载货物并非在区内制造。',
    'The certificate does not say that the goods were made in the zone.',
  ),
  'certificate-recognised/not-yet': w(
    '檢測證書於{{fromMs}}起方始有效。',
    '检测证书自{{fromMs}}起有效。',
    'The certificate is not valid before {{fromMs}}.',
  ),
  'certificate-recognised/ended': w(
    '檢測證書已於{{toMs}}到期。',
    '检测证书已于{{toMs}}过期。',
    'The certificate ended at {{toMs}}.',
  ),
  'origin-met/not-declared': w(
    '沒有申報原產價值成分。',
    '未申报原产价值成分。',
    'No value content is declared.',
  ),
  'origin-met/not-set': w(
    '本制度未有訂明原產地標準。',
    '本制度未规定原产地标准。',
    'The regime sets no origin criterion.',
  ),
  'origin-met/impossible': w(
    '申報的價值成分不合理（{{field}}），未能計算。',
    '申报的价值成分不合理（{{field}}），无法计算。',
    'The declared values cannot be right ({{field}}), so that nothing can be worked out.',
  ),
  'origin-met/below': w(
    '區域價值成分不足：累加法{{up}}%（須達{{upFloor}}%），其中不計內地{{ownUp}}%（須達{{ownUpFloor}}%）；' +
      '扣減法{{down}}%（須達{{downFloor}}%），其中不計內地{{ownDown}}%（須達{{ownDownFloor}}%）。',
    '区域价值成分不足：累加法{{up}}%（须达{{upFloor}}%），其中不计内地{{ownUp}}%（须达{{ownUpFloor}}%）；' +
      '扣减法{{down}}%（须达{{downFloor}}%），其中不计内地{{ownDown}}%（须达{{ownDownFloor}}%）。',
    'The regional value content is too low: by build-up {{up}} % (needs {{upFloor}} %), without ' +
      'the mainland’s {{ownUp}} % (needs {{ownUpFloor}} %); by build-down {{down}} % (needs ' +
      '{{downFloor}} %), without the mainland’s {{ownDown}} % (needs {{ownDownFloor}} %).',
  ),
};

export const TIER_WORDS: Readonly<Record<EnterpriseTier, Text3>> = {
  discredited: w('失信企業', '失信企业', 'a discredited enterprise'),
  ordinary: w('一般企業', '常规管理企业', 'an ordinary enterprise'),
  authorised: w('認可經濟營運商', '经认证的经营者', 'an authorised economic operator'),
  advanced: w('高級認證企業', '高级认证企业', 'an advanced certified enterprise'),
};
