import { w } from './table.ts';

/** Everybody's shares of a month: on the screen and as a file. */
export const presenceMonth = {
  title: w('月度逗留份額', '月度停留份额', 'Shares of a month'),
  note: w(
    '按人及按通行證類別計算的逗留日數，供分攤收入時參考。所依據的過關與個人逗留證據相同。',
    '按人及按通行证类别计算的停留天数，供分摊收入时参考。所依据的过关与个人停留证据相同。',
    'For a settlement of shared revenue, from the same crossings as one person’s evidence.',
  ),
  month: w('月份', '月份', 'Month'),
  purpose: w('查閱目的', '查阅目的', 'Purpose'),
  'purpose-hint': w('會記入日誌。', '会记入日志。', 'It goes into the journal.'),
  show: w('計算', '计算', 'Count'),
  more: w('顯示更多', '显示更多', 'Show more'),
  counting: w(
    '已計算 {{looked}} / {{persons}} 人',
    '已计算 {{looked}} / {{persons}} 人',
    '{{looked}} of {{persons}} persons counted',
  ),
  'by-class': w('按類別', '按类别', 'By class'),
  'by-person': w('按人', '按人', 'By person'),
  listed: w('顯示 {{count}} 人', '显示 {{count}} 人', '{{count}} persons shown'),
  class: w('類別', '类别', 'Class'),
  'no-class': w('沒有過關', '没有过关', 'No crossing'),
  persons: w('人數', '人数', 'Persons'),
  days: w('本月已開始的日數', '本月已开始的天数', 'Days of the month that have begun'),
  share: w('佔本月', '占本月', 'Share of the month'),
  absent: w('不在場日數', '不在场天数', 'Days absent'),
  absences: w('缺席次數', '缺席次数', 'Absences'),
  longest: w('最長缺席日數', '最长缺席天数', 'Longest absence, days'),
  'permit-in-month': w('本月通行證有效', '本月通行证有效', 'Pass valid in this month'),
  yes: w('是', '是', 'Yes'),
  no: w('否', '否', 'No'),
  nobody: w(
    '本月沒有任何人的逗留紀錄。',
    '本月没有任何人的停留记录。',
    'Nobody was present in this month.',
  ),
} as const;
