import { type WordTable, w } from './table.ts';

/** Words of the Watch screen and the wallboard. */
export const watch = {
  title: w('總覽', '总览', 'Watch'),

  waiting: w('待處理', '待处理', 'Waiting for a person'),
  oldest: w('最久 {{span}}', '最久 {{span}}', 'oldest {{span}}'),
  'nothing-waits': w('沒有待處理事項', '没有待处理事项', 'Nothing waits for a person.'),
  exception: w('轉人工處理', '转人工处理', 'Referred to a person'),
  'now-in': w('賬冊：{{place}}', '账册：{{place}}', 'ledger: {{place}}'),
  board: w('控制器 {{board}}', '控制器 {{board}}', 'board {{board}}'),
  'detail-seconds': w('偏差 {{n}} 秒', '偏差 {{n}} 秒', '{{n}} s off'),
  'detail-records': w('{{n}} 項紀錄', '{{n}} 项记录', '{{n}} records'),
  'for-supervisor': w('待主任處理', '待主管处理', 'For the supervisor'),

  'open-case': w('查看個案', '查看个案', 'Open the case'),
  admit: w('放行…', '放行…', 'Admit…'),
  refuse: w('拒絕…', '拒绝…', 'Refuse…'),
  acknowledge: w('確認', '确认', 'Acknowledge'),
  resolve: w('處理完畢…', '处理完毕…', 'Resolve…'),
  lock: w('鎖閉通道…', '锁闭通道…', 'Lock the lane…'),
  'to-place': w('地圖', '地图', 'Place'),
  jump: w('前往警報位置／返回', '前往警报位置／返回', 'To the alarm’s place, and back'),
  report: w('報告事件…', '报告事件…', 'Report…'),

  lane: w('通道', '通道', 'Lane'),
  'last-known': w('狀態不明', '状态不明', 'State not known'),
  'direction-in': w('入', '入', 'In'),
  'direction-out': w('出', '出', 'Out'),
  'direction-across': w('往來', '往来', 'Across'),

  'so-far': w('今日 {{n}}', '今日 {{n}}', '{{n}} today'),
  'last-week': w('上{{weekday}}', '上{{weekday}}', 'last {{weekday}}'),
  'no-last-week': w('未有上週紀錄', '无上周记录', 'no last week'),

  ticker: w('最新過關', '最新过关', 'Latest crossings'),
  'all-crossings': w('全部紀錄', '全部记录', 'All crossings'),

  'wall-inside': w('在區人數', '在区人数', 'Inside'),
  'wall-limit': w('上限 {{n}}', '上限 {{n}}', 'limit {{n}}'),
  'wall-calm': w('沒有待處理事項', '没有待处理事项', 'Nothing waits'),
  'wall-stale': w('數據已停止更新', '数据已停止更新', 'Data stands still'),
} as const satisfies WordTable;
