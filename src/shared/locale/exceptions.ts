import { type WordTable, w } from './table.ts';

/** The Exceptions screen: a referred person, and what the regime allows next. */
export const exceptions = {
  title: w('待處理個案', '待处理个案', 'Exceptions'),
  note_one: w('{{count}} 人等候', '{{count}} 人等候', '{{count}} person waiting'),
  note_other: w('{{count}} 人等候', '{{count}} 人等候', '{{count}} persons waiting'),
  empty: w('沒有人等候處理。', '没有人等候处理。', 'Nobody is waiting.'),
  choose: w('請選擇一宗個案。', '请选择一宗个案。', 'Choose an exception.'),
  gone: w(
    '此個案已有決定，或當事人已離開。',
    '该个案已有决定，或当事人已离开。',
    'This exception was decided, or the person has left.',
  ),
  list: w('等候名單', '等候名单', 'Who is waiting'),
  detail: w('所選個案', '所选个案', 'Chosen exception'),
  waiting: w('已等候 {{time}}', '已等候 {{time}}', 'waiting {{time}}'),
  who: w('當事人', '当事人', 'Who'),
  where: w('地點', '地点', 'Where'),
  why: w('轉人工原因', '转人工原因', 'Why'),
  ledger: w('賬冊所在', '账册所在', 'Where the ledger has them'),
  'rule-version': w(
    '{{regime}} · 第 {{version}} 版',
    '{{regime}} · 第 {{version}} 版',
    '{{regime}} · version {{version}}',
  ),
  'rule-other-version': w(
    '裁定時為第 {{version}} 版，現行版本不同。',
    '裁定时为第 {{version}} 版，现行版本不同。',
    'Decided under version {{version}}, which is not the one in force.',
  ),
  next: w('制度容許的下一步', '制度容许的下一步', 'What the regime allows next'),
  'next-decide': w(
    '主任可放行一次或拒絕，均須寫明原因。',
    '主管可放行一次或拒绝，均须写明原因。',
    'A supervisor may admit once or refuse, with a reason.',
  ),
  'supervisor-needed': w(
    '此個案須由主任決定。請通知當值主任。',
    '该个案须由主管决定。请通知当值主管。',
    'A supervisor decides this. Call the supervisor on duty.',
  ),
  'show-person': w('顯示身份資料', '显示身份资料', 'Show who it is'),
  'show-person-note': w(
    '查閱個人資料會記入日誌。',
    '查阅个人资料会记入日志。',
    'Looking at personal data is journalled.',
  ),
  purpose: w('處理個案 {{id}}', '处理个案 {{id}}', 'Exception {{id}}'),
  'no-person': w(
    '沒有可識別的人員或通行證。',
    '没有可识别的人员或通行证。',
    'No known person or permit.',
  ),
  'time-asked': w('讀卡時間', '刷卡时间', 'Asked at'),

  'next-permit-valid': w(
    '核對證件；如已獲續期，載入新資料後再讀卡。',
    '核对证件；如已获续期，加载新资料后再刷卡。',
    'Check the document. If it was renewed, load the new data and read the badge again.',
  ),
  'next-permit-covers-area': w(
    '指示當事人前往其通行證准許的區域。',
    '指示当事人前往其通行证准许的区域。',
    'Send the person to an area that the permit covers.',
  ),
  'next-within-hours': w(
    '請當事人於准許時段再來；有公務需要者由主任決定。',
    '请当事人于准许时段再来；有公务需要者由主管决定。',
    'Ask the person to come within the hours; a supervisor decides where duty calls.',
  ),
  'next-not-suspended': w(
    '查明暫停原因；解除前不應放行入區。',
    '查明停用原因；解除前不应放行入区。',
    'Find out why it was suspended; do not admit into the zone before that ends.',
  ),
  'next-not-watchlisted': w(
    '按監察名單指示處理，勿向當事人透露。',
    '按布控名单指示处理，勿向当事人透露。',
    'Follow the watch-list’s instruction and do not tell the person.',
  ),
  'next-not-already-inside': w(
    '核對當事人實際所在；賬冊有誤時先更正所在，再放行。',
    '核对当事人实际所在；账册有误时先更正所在，再放行。',
    'Check where the person really is. If the ledger is wrong, set it right, then admit.',
  ),
  'next-area-has-room': w(
    '待區內人數回落，或改往另一區域。',
    '待区内人数回落，或改往另一区域。',
    'Wait until there is room, or send the person to another area.',
  ),
  'next-consent-to-joint-inspection': w(
    '請當事人簽署聯合查驗同意書，或改用一般通道。',
    '请当事人签署合作查验同意书，或改用一般通道。',
    'Have the person consent to joint inspection, or use an ordinary lane.',
  ),
  'next-clearance-granted': w(
    '請當事人往出入境櫃檯辦理一般通關，獲許可後放行。',
    '请当事人往出入境柜台办理一般通关，获许可后放行。',
    'Send the person to the counter for ordinary clearance; admit once it is granted.',
  ),
  'next-on-roster': w(
    '聯絡所屬機構核實名冊。',
    '联系所属机构核实名册。',
    'Ask the institution to confirm its roster.',
  ),
  'next-health-test-within': w(
    '請當事人往檢測站。',
    '请当事人往检测站。',
    'Send the person to the testing station.',
  ),
  'next-escorted': w(
    '聯絡接待人到場陪同。',
    '联系接待人到场陪同。',
    'Call the escort to the lane.',
  ),
  'next-lane-takes': w(
    '指示當事人改用合適通道。',
    '指示当事人改用合适通道。',
    'Send the person to a lane that takes them.',
  ),
  'next-regime-in-force': w(
    '制度尚未生效，由主任按當時規定決定。',
    '制度尚未生效，由主管按现行规定决定。',
    'No rule decides yet: a supervisor decides by what holds now.',
  ),
  'next-needs-supervisor': w(
    '通知主任，期間請當事人稍候。',
    '通知主管，期间请当事人稍候。',
    'Call a supervisor; ask the person to wait.',
  ),
} as const satisfies WordTable;
