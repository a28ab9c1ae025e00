import { type WordTable, w } from './table.ts';

/** The field's own terms: lines, classes, states. The same words on screens and in reports. */
export const domain = {
  'line-first': w('一線', '一线', 'First line'),
  'line-second': w('二線', '二线', 'Second line'),
  'line-inner': w('區內通道', '区内通道', 'Inner passage'),

  'direction-in': w('入區', '入区', 'In'),
  'direction-out': w('出區', '出区', 'Out'),
  'direction-across': w('區內往來', '区内往来', 'Across'),

  'place-beyond-first': w('一線以外', '一线以外', 'Beyond the first line'),
  'place-beyond-second': w('二線以外', '二线以外', 'Beyond the second line'),
  'place-unknown': w('去向不明', '去向不明', 'Whereabouts unknown'),

  'class-special-pass': w('特別通行證持有人', '特别通行证持有人', 'Special pass holder'),
  'class-hk-resident': w('香港居民', '香港居民', 'Hong Kong resident'),
  'class-mainland-visitor': w('內地旅客', '内地旅客', 'Mainland visitor'),
  'class-other-visitor': w('其他旅客', '其他旅客', 'Other visitor'),
  'class-roster-member': w('名冊成員', '名册成员', 'Roster member'),
  'class-innovator': w('創科人員', '创科人员', 'Innovator'),
  'class-macao-resident': w('澳門居民', '澳门居民', 'Macao resident'),
  'class-official': w('公務人員', '公务人员', 'Official'),
  'class-escorted-visitor': w('陪同訪客', '陪同访客', 'Escorted visitor'),
  'class-unidentified': w('身份不明', '身份不明', 'Unidentified'),

  'verdict-admit': w('放行', '放行', 'Admit'),
  'verdict-refer': w('轉人工', '转人工', 'Refer'),
  'verdict-refuse': w('拒絕', '拒绝', 'Refuse'),

  'crossing-asked': w('已讀卡', '已刷卡', 'Asked'),
  'crossing-referred': w('待人工處理', '待人工处理', 'Referred'),
  'crossing-admitted': w('已放行', '已放行', 'Admitted'),
  'crossing-opened': w('閘已開', '闸已开', 'Gate open'),
  'crossing-passed': w('已通過', '已通过', 'Passed'),
  'crossing-not-taken': w('未通過', '未通过', 'Not taken'),
  'crossing-unknown': w('是否通過不明', '是否通过不明', 'Passage unknown'),
  'crossing-refused': w('已拒絕', '已拒绝', 'Refused'),
  'crossing-recorded': w('補錄', '补录', 'Recorded'),

  'timing-live': w('即時', '实时', 'Live'),
  'timing-late': w('補傳', '补传', 'Late'),

  'permit-active': w('有效', '有效', 'Active'),
  'permit-suspended': w('已暫停', '已停用', 'Suspended'),
  'permit-revoked': w('已撤銷', '已吊销', 'Revoked'),

  'mode-controlled': w('受控', '受控', 'Controlled'),
  'mode-locked': w('鎖閉', '锁闭', 'Locked'),
  'mode-held': w('常開', '常开', 'Held open'),
  'mode-unknown': w('未知', '未知', 'Unknown'),

  'door-open': w('開', '开', 'Open'),
  'door-closed': w('關', '关', 'Closed'),
  'door-forced': w('被強行開啟', '被强行打开', 'Forced'),
  'door-unknown': w('未知', '未知', 'Unknown'),

  'action-open': w('開閘一次', '开闸一次', 'Open once'),
  'action-lock': w('鎖閉', '锁闭', 'Lock'),
  'action-hold': w('保持常開', '保持常开', 'Hold open'),
  'action-control': w('恢復受控', '恢复受控', 'Back to control'),

  'stage-requested': w('已要求', '已请求', 'Requested'),
  'stage-sent': w('已發出', '已发出', 'Sent'),
  'stage-accepted': w('控制器已接受', '控制器已接受', 'Accepted'),
  'stage-confirmed': w('閘機已證實', '闸机已证实', 'Confirmed by the gate'),
  'stage-failed': w('失敗', '失败', 'Failed'),
  'stage-expired': w('逾時作廢', '超时作废', 'Expired'),
  'stage-unknown': w('結果不明', '结果不明', 'Outcome unknown'),

  'priority-1': w('緊急', '紧急', 'Urgent'),
  'priority-2': w('高', '高', 'High'),
  'priority-3': w('中', '中', 'Medium'),
  'priority-4': w('低', '低', 'Low'),

  'incident-door-forced': w('閘門被強行開啟', '闸门被强行打开', 'Door forced open'),
  'incident-door-open-too-long': w('閘門開啟過久', '闸门开启过久', 'Door open too long'),
  'incident-fire-input': w('火警信號', '火警信号', 'Fire input'),
  'incident-tamper': w('設備被拆動', '设备被拆动', 'Tamper'),
  'incident-board-offline': w('控制器失聯', '控制器失联', 'Board offline'),
  'incident-board-gap': w('控制器紀錄有缺漏', '控制器记录有缺漏', 'Gap in a board’s records'),
  'incident-events-lost': w('紀錄已遺失', '记录已丢失', 'Events lost'),
  'incident-clock-drift': w('時鐘偏差', '时钟偏差', 'Clock drift'),
  'incident-gate-command-unknown': w(
    '閘機指令結果不明',
    '闸机指令结果不明',
    'Gate command: outcome unknown',
  ),
  'incident-gate-command-expired': w(
    '閘機指令逾時作廢',
    '闸机指令超时作废',
    'Gate command expired',
  ),
  'incident-gate-command-failed': w('閘機指令失敗', '闸机指令失败', 'Gate command failed'),
  'incident-passage-unknown': w('是否通過不明', '是否通过不明', 'Passage unknown'),
  'incident-impossible-order': w(
    '過關次序不合理',
    '过关次序不合理',
    'Impossible order of crossings',
  ),
  'incident-opened-though-not-entitled': w(
    '無權通行但閘已開',
    '无权通行但闸已开',
    'Opened though not entitled',
  ),
  'incident-overstay': w('逾期逗留', '逾期逗留', 'Overstay'),
  'incident-centre-fork': w('中央紀錄分叉', '中央记录分叉', 'Records forked at the centre'),
  'incident-centre-refused': w('中央系統拒收', '中央系统拒收', 'Refused by the centre'),
  'incident-log-too-long': w('預寫日誌過長', '预写日志过长', 'Write-ahead log too long'),
  'incident-intake-overflow': w('輸入過多', '输入过多', 'Intake overflow'),
  'incident-reported-by-person': w('人手報告', '人工报告', 'Reported by a person'),

  'incident-state-raised': w('待確認', '待确认', 'Raised'),
  'incident-state-acknowledged': w('已確認', '已确认', 'Acknowledged'),
  'incident-state-resolved': w('已處理', '已处理', 'Resolved'),

  'role-operator': w('值班員', '值班员', 'Operator'),
  'role-supervisor': w('主任', '主管', 'Supervisor'),
  'role-inspector': w('督察', '督查员', 'Inspector'),
  'role-administrator': w('系統管理員', '系统管理员', 'Administrator'),

  'age-fresh': w('即時', '实时', 'Fresh'),
  'age-uncertain': w('未能確定', '不确定', 'Uncertain'),
  'age-stale': w('過時', '过时', 'Stale'),
  'age-offline': w('離線', '离线', 'Offline'),

  'dataset-permits': w('通行證', '通行证', 'Permits'),
  'dataset-persons': w('人員資料', '人员资料', 'Persons'),
  'dataset-watch-list': w('監察名單', '布控名单', 'Watch-list'),
  'dataset-clearances': w('通關許可', '通关许可', 'Clearances'),
} as const satisfies WordTable;
