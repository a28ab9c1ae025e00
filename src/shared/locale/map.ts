import { type WordTable, w } from './table.ts';

/** Words on the map and of its list for those who cannot see it. */
export const map = {
  title: w('地圖', '地图', 'Map'),
  'how-to': w(
    '方向鍵移到其他關口，Enter 開啟，Esc 返回，Home 顯示全區',
    '方向键移到其他关口，Enter 打开，Esc 返回，Home 显示全区',
    'Arrow keys move between checkpoints, Enter opens, Esc goes back, Home shows the whole zone',
  ),
  list: w('地圖上各處的文字清單', '地图上各处的文字清单', 'What the map shows, as text'),
  drawing: w('正在繪製地圖…', '正在绘制地图…', 'Drawing the map…'),
  'not-drawn': w(
    '未能繪製地圖。以下清單顯示相同內容，操作不受影響。',
    '无法绘制地图。以下清单显示相同内容，操作不受影响。',
    'The map cannot be drawn here. The list below shows the same, and everything else works.',
  ),
  'why-no-engine': w(
    '（此電腦不能使用繪圖功能 WebGL2。）',
    '（此电脑不能使用绘图功能 WebGL2。）',
    '(This machine offers no WebGL2 graphics.)',
  ),
  'why-nothing-drawn': w(
    '（繪圖功能沒有畫出任何內容。）',
    '（绘图功能没有画出任何内容。）',
    '(The graphics drew nothing.)',
  ),
  fictional: w(
    '園區輪廓及關口位置為訓練虛構',
    '园区轮廓及关口位置为训练虚构',
    'Outlines and checkpoints are invented for training',
  ),

  'line-first': w('一線', '一线', 'First line'),
  'line-second': w('二線', '二线', 'Second line'),
  'line-inner': w('區內通道', '区内通道', 'Inner passage'),

  'area-near': w('接近上限', '接近上限', 'Near the limit'),
  'area-full': w('已達上限', '已达上限', 'At the limit'),
  'area-doubt': w('人數可能過時', '人数可能过时', 'Figure may be out of date'),
  'area-unknown': w('另 {{n}} 人去向不明', '另 {{n}} 人去向不明', '{{n}} more unaccounted for'),
  'area-text': w(
    '{{name}}：{{inside}} 人，上限 {{hard}}',
    '{{name}}：{{inside}} 人，上限 {{hard}}',
    '{{name}}: {{inside}} inside, limit {{hard}}',
  ),

  'body-shut': w('正常，關閉', '正常，关闭', 'Normal, shut'),
  'body-busy': w('有人過關', '有人过关', 'Somebody crossing'),
  'body-open': w('開啟', '打开', 'Open'),
  'body-waiting': w('有人等候處理', '有人等候处理', 'Somebody referred, waiting'),
  'body-locked': w('已鎖閉', '已锁闭', 'Locked'),
  'body-held': w('保持常開', '保持常开', 'Held open'),
  'body-uncertain': w('未能確定', '不确定', 'Uncertain'),
  'body-stale': w('過時', '过时', 'Stale'),
  'body-offline': w('離線', '离线', 'Offline'),
  'command-pending': w('指令進行中', '指令进行中', 'Command under way'),
  'command-done': w('指令已證實', '指令已证实', 'Command confirmed'),
  'command-failed': w('指令未成功', '指令未成功', 'Command did not succeed'),

  'lanes-count_one': w('{{count}} 條通道', '{{count}} 条通道', '{{count}} lane'),
  'lanes-count_other': w('{{count}} 條通道', '{{count}} 条通道', '{{count}} lanes'),
  figures: w('入 {{in}} · 出 {{out}}', '入 {{in}} · 出 {{out}}', '{{in}} in · {{out}} out'),
  'figures-across': w('往來 {{n}}', '往来 {{n}}', '{{n}} across'),
  'per-minute': w('人／分鐘', '人／分钟', 'persons/min'),
  'place-text': w(
    '{{name}}，{{line}}，{{lanes}}，{{flow}}（人／分鐘），{{state}}',
    '{{name}}，{{line}}，{{lanes}}，{{flow}}（人／分钟），{{state}}',
    '{{name}}, {{line}}, {{lanes}}, {{flow}} (persons a minute), {{state}}',
  ),
  'place-calm': w('正常', '正常', 'normal'),
  'place-silent': w('{{n}} 條通道無回應', '{{n}} 条通道无响应', '{{n}} lanes not heard'),
  hidden_one: w(
    '畫面外有 {{count}} 處警報',
    '画面外有 {{count}} 处警报',
    '{{count}} alarm out of view',
  ),
  hidden_other: w(
    '畫面外有 {{count}} 處警報',
    '画面外有 {{count}} 处警报',
    '{{count}} alarms out of view',
  ),

  legend: w('圖例', '图例', 'Legend'),
  'legend-normal': w('正常', '正常', 'Normal'),
  'legend-flow': w('箭嘴：人／分鐘', '箭头：人／分钟', 'Arrows: persons/min'),
} as const satisfies WordTable;
