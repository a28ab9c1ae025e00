import type { SubjectKind } from '../domain/line.ts';
import type { Beyond } from '../domain/place.ts';
import type { Text3 } from '../domain/text.ts';
import type { CodeReasonKey } from '../regime/code-valid.ts';
import type { ReasonName } from '../regime/requirement.ts';
import type { ReasonKey } from '../regime/requirements/registry.ts';
import { GOODS_REASON_WORDS } from './regime-goods.ts';

function words(hongKong: string, mainland: string, english: string): Text3 {
  return { 'zh-HK': hongKong, 'zh-CN': mainland, en: english };
}

/** Reasons that come from no requirement of a rule. */
type OwnReasonKey = 'regime-in-force/not-yet' | 'needs-supervisor/withheld' | CodeReasonKey;

/**
 * A sentence for every way in which a requirement can fail or warn. Values in `{{…}}` are the
 * reason's params: `…Ms` a moment, `…Minute` a time of day, `area`, `place` and `from` places.
 */
export const REASON_WORDS: Readonly<Record<ReasonKey | OwnReasonKey, Text3>> = {
  ...GOODS_REASON_WORDS,
  'permit-valid/no-permit': words(
    '此證件沒有對應的通行證。',
    '该证件没有对应的通行证。',
    'No permit stands behind this badge.',
  ),
  'permit-valid/revoked': words(
    '通行證已被撤銷。',
    '通行证已被吊销。',
    'The permit has been revoked.',
  ),
  'permit-valid/not-yet': words(
    '通行證於{{fromMs}}起方始有效。',
    '通行证自{{fromMs}}起生效。',
    'The permit is not valid before {{fromMs}}.',
  ),
  'permit-valid/expired': words(
    '通行證已於{{toMs}}到期。',
    '通行证已于{{toMs}}过期。',
    'The permit expired at {{toMs}}.',
  ),
  'permit-covers-area/no-permit': words(
    '沒有通行證，未能核對准許進入的區域。',
    '没有通行证，无法核对准入区域。',
    'There is no permit to say which areas may be entered.',
  ),
  'permit-covers-area/not-covered': words(
    '通行證不適用於{{area}}。',
    '通行证的准入区域不含{{area}}。',
    'The permit does not cover {{area}}.',
  ),
  'within-hours/no-permit': words(
    '沒有通行證，未能核對准許通行的時段。',
    '没有通行证，无法核对准许通行的时段。',
    'There is no permit to say which hours are allowed.',
  ),
  'within-hours/outside': words(
    '現時不在通行證准許的時段內（{{fromMinute}}至{{toMinute}}）。',
    '当前不在通行证准许的时段内（{{fromMinute}}至{{toMinute}}）。',
    "Outside the permit's hours, {{fromMinute}} to {{toMinute}}.",
  ),
  'not-suspended/person': words(
    '此人的通行資格已被暫停。',
    '该人员的通行资格已被暂停。',
    'This person is suspended.',
  ),
  'not-suspended/permit': words(
    '通行證已被暫停使用。',
    '通行证已被停用。',
    'The permit is suspended.',
  ),
  'not-suspended/vehicle': words(
    '車輛的登記已被暫停。',
    '车辆的登记已被暂停。',
    'The vehicle is suspended.',
  ),
  'not-suspended/consignment': words(
    '此批貨物已被扣下，不得通行。',
    '该批货物已被扣留，不得通行。',
    'These goods are held.',
  ),
  'not-suspended/enterprise': words(
    '所屬企業（{{enterprise}}）的資格已被暫停。',
    '所属企业（{{enterprise}}）的资格已被暂停。',
    'The enterprise behind it ({{enterprise}}) is suspended.',
  ),
  'not-watchlisted/listed': words(
    '此人在監察名單上。',
    '该人员在布控名单上。',
    'This person is on a watch-list.',
  ),
  'not-watchlisted/vehicle-listed': words(
    '此車輛在監察名單上。',
    '该车辆在布控名单上。',
    'This vehicle is on a watch-list.',
  ),
  'not-watchlisted/consignment-listed': words(
    '此批貨物在監察名單上。',
    '该批货物在布控名单上。',
    'These goods are on a watch-list.',
  ),
  'not-already-inside/crossing-under-way': words(
    '此人另有一次過關正在進行。',
    '该人员另有一次过关正在进行。',
    'Another crossing of this person is under way.',
  ),
  'not-already-inside/unknown-place': words(
    '紀錄未能確定此人現時身在何處。',
    '记录无法确定该人员当前所在位置。',
    'The ledger does not know where this person is.',
  ),
  'not-already-inside/already-inside': words(
    '紀錄顯示此人已在{{area}}內。',
    '记录显示该人员已在{{area}}内。',
    'The ledger already has this person inside {{area}}.',
  ),
  'not-already-inside/elsewhere': words(
    '紀錄顯示此人身在「{{place}}」，並非通道起點「{{from}}」。',
    '记录显示该人员位于“{{place}}”，并非通道起点“{{from}}”。',
    'The ledger has this person elsewhere ({{place}}), not where this lane begins ({{from}}).',
  ),
  'area-has-room/full': words(
    '{{area}}已滿：現有{{count}}人（包括正在過關者），上限{{limit}}人。',
    '{{area}}已满员：现有{{count}}人（含正在过关者），上限{{limit}}人。',
    '{{area}} is full: {{count}} people with those crossing now, limit {{limit}}.',
  ),
  'area-has-room/near-limit': words(
    '{{area}}接近上限：現有{{count}}人（包括正在過關者），警戒線{{limit}}人。',
    '{{area}}接近上限：现有{{count}}人（含正在过关者），预警值{{limit}}人。',
    '{{area}} is near its limit: {{count}} people with those crossing now, warning from {{limit}}.',
  ),
  'consent-to-joint-inspection/no-permit': words(
    '沒有通行證，未能核對是否同意聯合查驗。',
    '没有通行证，无法核对是否同意合作查验。',
    'There is no permit to say whether joint inspection was agreed to.',
  ),
  'consent-to-joint-inspection/not-given': words(
    '持證人未有同意聯合查驗。',
    '持证人未同意合作查验。',
    'The holder has not consented to joint inspection.',
  ),
  'clearance-granted/none': words(
    '沒有辦妥一般出入境手續的紀錄。',
    '没有办妥普通出入境手续的记录。',
    'No ordinary clearance is on record.',
  ),
  'clearance-granted/ended': words(
    '一般出入境手續已於{{toMs}}失效。',
    '普通出入境手续已于{{toMs}}失效。',
    'Ordinary clearance ended at {{toMs}}.',
  ),
  'on-roster/no-roster': words(
    '本控制台沒有名冊資料，未能核對。',
    '本控制台没有名册数据，无法核对。',
    'This console has no roster to look into.',
  ),
  'on-roster/not-listed': words('不在名冊內。', '不在名册内。', 'Not on any roster.'),
  'on-roster/not-yet': words(
    '名冊資格於{{fromMs}}起方始生效。',
    '名册资格自{{fromMs}}起生效。',
    'The entry in the roster does not begin before {{fromMs}}.',
  ),
  'on-roster/ended': words(
    '已於{{toMs}}從名冊除名。',
    '已于{{toMs}}从名册除名。',
    'The entry in the roster ended at {{toMs}}.',
  ),
  'health-test-within/none': words(
    '沒有健康檢測結果，請到檢測站。',
    '没有健康检测结果，请到检测站。',
    'No health test is on record here: send the person to the testing station.',
  ),
  'health-test-within/not-set': words(
    '本制度未有訂明檢測的時限。',
    '本制度未规定检测的时限。',
    'The regime does not set how old a health test may be.',
  ),
  'health-test-within/not-yet': words(
    '檢測紀錄的時間（{{takenMs}}）在現在之後。',
    '检测记录的时间（{{takenMs}}）晚于现在。',
    'The health test is dated later than now: {{takenMs}}.',
  ),
  'health-test-within/too-old': words(
    '檢測於{{takenMs}}進行，已超過{{hours}}小時，請到檢測站。',
    '检测于{{takenMs}}进行，已超过{{hours}}小时，请到检测站。',
    'The health test of {{takenMs}} is {{hours}} hours old or more: to the testing station.',
  ),
  'health-test-within/positive': words(
    '於{{takenMs}}進行的檢測結果為陽性。',
    '于{{takenMs}}进行的检测结果为阳性。',
    'The health test of {{takenMs}} was positive.',
  ),
  'escorted/no-escort': words(
    '沒有公務人員陪同。',
    '没有公务人员陪同。',
    'No official escorts this person.',
  ),
  'escorted/too-many': words(
    '陪同的公務人員已帶領足數訪客通過。',
    '陪同的公务人员已带领足额访客通过。',
    'As many visitors as one official may escort have followed already.',
  ),
  'lane-takes/not-this-kind': words(
    '此通道不供{{kind}}使用。',
    '该通道不供{{kind}}使用。',
    'This lane does not take {{kind}}.',
  ),
  'lane-takes/wrong-way': words(
    '此通道現時方向相反。',
    '该通道当前方向相反。',
    'This lane leads the other way now.',
  ),
  'lane-takes/interlock': words(
    '互鎖的另一通道正在開啟。',
    '互锁的另一通道正在开启。',
    'Another lane of its interlock is open.',
  ),
  'lane-takes/locked': words('此通道已鎖閉。', '该通道已锁闭。', 'This lane is locked.'),
  'regime-in-force/not-yet': words(
    '本制度於{{fromMs}}起方始生效，此前每次過關均須由人手處理。',
    '本制度自{{fromMs}}起生效，此前每次过关均须人工处理。',
    'The regime is not in force before {{fromMs}}: until then a person decides.',
  ),
  'code-valid/unknown-key': words(
    '簽發此二維碼的密鑰「{{key}}」不在站點檔案內。',
    '签发此二维码的密钥“{{key}}”不在站点文件内。',
    'The code is signed with a key that the site does not know ({{key}}).',
  ),
  'code-valid/forged': words(
    '二維碼的簽署不符：並非由密鑰「{{key}}」簽發，或已遭更改。',
    '二维码的签名不符：并非由密钥“{{key}}”签发，或已被更改。',
    'The code’s signature is false: key {{key}} did not sign it, or it was changed.',
  ),
  'code-valid/not-yet': words(
    '二維碼於{{fromMs}}起方始有效。',
    '二维码自{{fromMs}}起生效。',
    'The code is not valid before {{fromMs}}.',
  ),
  'code-valid/expired': words(
    '二維碼已於{{toMs}}到期。',
    '二维码已于{{toMs}}过期。',
    'The code expired at {{toMs}}.',
  ),
  'code-valid/differs': words(
    '二維碼所載的持證人或類別，與現行通行證不符。',
    '二维码所载的持证人或类别，与现行通行证不符。',
    'The code names another holder or class than the permit in force.',
  ),
  'code-valid/replayed': words(
    '同一個二維碼已於{{atMs}}在本通道（{{lane}}）獲准通過。',
    '同一个二维码已于{{atMs}}在本通道（{{lane}}）获准通过。',
    'The same code was admitted at this lane ({{lane}}) at {{atMs}}.',
  ),
  'code-valid/two-lanes': words(
    '同一個二維碼已於{{atMs}}在另一通道（{{lane}}）獲准通過。',
    '同一个二维码已于{{atMs}}在另一通道（{{lane}}）获准通过。',
    'The same code was admitted at another lane ({{lane}}) at {{atMs}}.',
  ),
  'needs-supervisor/withheld': words(
    '此個案須由主任處理。',
    '该情况须由主管处理。',
    'A supervisor must decide this.',
  ),
};

/** For a reason that this version has no sentence for, such as one from a newer journal. */
export const UNWORDED_REASON: Text3 = words(
  '未符合條件：{{name}}。',
  '不符合条件：{{name}}。',
  'A requirement did not hold: {{name}}.',
);

/** What each requirement is called in tables, filters and reports. */
export const REQUIREMENT_NAMES: Readonly<Record<ReasonName, Text3>> = {
  'permit-valid': words('通行證有效', '通行证有效', 'Permit valid'),
  'permit-covers-area': words('通行證適用於該區域', '通行证准入区域', 'Permit covers the area'),
  'within-hours': words('在准許時段內', '在准许时段内', 'Within the hours'),
  'not-suspended': words('未被暫停', '未被停用', 'Not suspended'),
  'not-watchlisted': words('不在監察名單', '不在布控名单', 'Not watch-listed'),
  'not-already-inside': words('身處與紀錄相符', '所在位置与记录相符', 'Where the ledger says'),
  'area-has-room': words('區域尚有餘額', '区域未满员', 'Area has room'),
  'consent-to-joint-inspection': words(
    '同意聯合查驗',
    '同意合作查验',
    'Consent to joint inspection',
  ),
  'clearance-granted': words('已辦妥出入境手續', '已办妥出入境手续', 'Clearance granted'),
  'declaration-cleared': words('申報已獲批准', '申报已放行', 'Declaration cleared'),
  'enterprise-registered': words('企業已註冊', '企业已注册', 'Enterprise registered'),
  'enterprise-tier': words('認可經濟營運商級別', '企业信用等级', 'Enterprise tier'),
  'on-roster': words('在名冊內', '在名册内', 'On the roster'),
  'health-test-within': words('檢測結果在時限內', '检测结果在时限内', 'Health test in time'),
  escorted: words('有公務人員陪同', '有公务人员陪同', 'Escorted'),
  'lane-takes': words('通道適用', '通道适用', 'Lane takes it'),
  'seal-intact': words('封條完好', '封志完好', 'Seal intact'),
  'certificate-recognised': words('證書獲兩地承認', '证书两地互认', 'Certificate recognised'),
  'origin-met': words('符合原產地標準', '符合原产地标准', 'Origin met'),
  'within-allowance': words('額度尚餘', '额度尚余', 'Something of the allowance is left'),
  'regime-in-force': words('制度已生效', '制度已生效', 'Regime in force'),
  'code-valid': words('二維碼有效', '二维码有效', 'Code valid'),
  'needs-supervisor': words('須由主任處理', '须由主管处理', 'Needs a supervisor'),
};

export const BEYOND_WORDS: Readonly<Record<Beyond, Text3>> = {
  'beyond-first': words('一線以外', '一线以外', 'beyond the first line'),
  'beyond-second': words('二線以外', '二线以外', 'beyond the second line'),
};

export const KIND_WORDS: Readonly<Record<SubjectKind, Text3>> = {
  person: words('人員', '人员', 'persons'),
  vehicle: words('車輛', '车辆', 'vehicles'),
  consignment: words('貨物', '货物', 'consignments'),
};
