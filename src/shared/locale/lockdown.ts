import { w } from './table.ts';

/** A lockdown by two persons: its dialogs and the banner over every screen. */
export const lockdown = {
  title: w('封鎖', '封锁', 'Lockdown'),
  begin: w('建議封鎖', '建议封锁', 'Propose a lockdown'),
  'begin-text': w(
    '此刻不會鎖閉任何通道。另一名主任或系統管理員確認後，所有入口鎖閉，直至兩人結束封鎖。',
    '此刻不会锁闭任何通道。另一名主管或系统管理员确认后，所有入口锁闭，直至两人结束封锁。',
    'Nothing is locked until another supervisor or administrator confirms it; two persons end it.',
  ),
  'begun-done': w(
    '已建議封鎖：等候另一人確認',
    '已建议封锁：等候另一人确认',
    'Lockdown proposed: another person must confirm',
  ),
  area: w('封鎖範圍', '封锁范围', 'Where'),
  'area-all': w('整個區域', '整个区域', 'The whole zone'),
  exits: w('出口', '出口', 'Ways out'),
  'exits-controlled': w(
    '照常逐人決定放行',
    '照常逐人决定放行',
    'Stay controlled: each person is decided',
  ),
  'exits-locked': w(
    '一併鎖閉（火警時仍會開啟）',
    '一并锁闭（火警时仍会开启）',
    'Locked too (a fire still opens them)',
  ),
  confirm: w('確認封鎖', '确认封锁', 'Confirm the lockdown'),
  'confirm-text': w(
    '立即鎖閉所選範圍的入口，並作為一宗事件記錄。須由兩人才能結束。',
    '立即锁闭所选范围的入口，并作为一宗事件记录。须由两人才能结束。',
    'The ways in are locked at once, and it is recorded as an incident. Only two persons end it.',
  ),
  'confirm-done': w('封鎖已開始', '封锁已开始', 'The lockdown has begun'),
  end: w('建議結束封鎖', '建议结束封锁', 'Propose its end'),
  'end-text': w(
    '封鎖繼續生效，直至另一名主任或系統管理員確認。',
    '封锁继续生效，直至另一名主管或系统管理员确认。',
    'It goes on until another supervisor or administrator confirms.',
  ),
  'end-done': w(
    '已建議結束：等候另一人確認',
    '已建议结束：等候另一人确认',
    'Its end is proposed: another person must confirm',
  ),
  'confirm-end': w('確認結束封鎖', '确认结束封锁', 'Confirm its end'),
  'confirm-end-text': w(
    '由此封鎖所鎖閉的通道恢復受控；之前已鎖閉或因火警開啟的通道維持現狀。',
    '由此封锁所锁闭的通道恢复受控；之前已锁闭或因火警开启的通道维持现状。',
    'Its lanes are controlled again. What was locked before, or a fire opened, stays.',
  ),
  'confirm-end-done': w('封鎖已結束', '封锁已结束', 'The lockdown has ended'),
  withdraw: w('撤回建議', '撤回建议', 'Take back'),
  'withdraw-text': w(
    '撤回尚未確認的建議。',
    '撤回尚未确认的建议。',
    'What was proposed and is not confirmed is taken back.',
  ),
  'withdraw-done': w('建議已撤回', '建议已撤回', 'Taken back'),
  'is-proposed': w('已建議封鎖', '已建议封锁', 'A lockdown is proposed'),
  'is-in-force': w('封鎖生效中', '封锁生效中', 'Lockdown in force'),
  'is-ending': w(
    '封鎖生效中，已建議結束',
    '封锁生效中，已建议结束',
    'Lockdown in force, its end is proposed',
  ),
  'by-one': w(
    '{{who}} 於 {{time}} 建議',
    '{{who}} 于 {{time}} 建议',
    'proposed by {{who}} at {{time}}',
  ),
  'by-two': w(
    '{{who}} 於 {{time}} 確認',
    '{{who}} 于 {{time}} 确认',
    'confirmed by {{who}} at {{time}}',
  ),
  'needs-other': w(
    '須由另一名主任或系統管理員確認',
    '须由另一名主管或系统管理员确认',
    'another supervisor or administrator must confirm',
  ),
  'needs-side': w(
    '須由{{side}}一方的人確認',
    '须由{{side}}一方的人确认',
    'a person of {{side}} must confirm',
  ),
  lanes: w(
    '{{total}} 條通道中 {{locked}} 條已確認鎖閉',
    '{{total}} 条通道中 {{locked}} 条已确认锁闭',
    '{{locked}} of {{total}} lanes confirmed locked',
  ),
  'each-lane': w('逐條通道', '逐条通道', 'Lane by lane'),
} as const;
