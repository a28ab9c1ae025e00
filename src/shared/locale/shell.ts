import { type WordTable, w } from './table.ts';

/** The window's own menus, tray and notices; all else in them comes from the page. */
export const shell = {
  'menu-windows': w('視窗', '窗口', 'Windows'),
  'menu-edit': w('編輯', '编辑', 'Edit'),
  'menu-view': w('檢視', '视图', 'View'),
  'open-same': w('新視窗', '新窗口', 'New window'),
  'open-other': w('供另一人登入的視窗', '供另一人登录的窗口', 'Window for another person'),
  'open-wall': w('大屏幕視窗', '大屏幕窗口', 'Wallboard window'),
  'show-windows': w('顯示視窗', '显示窗口', 'Show windows'),
  quit: w('結束控制台', '退出控制台', 'Quit the console'),
  undo: w('復原', '撤销', 'Undo'),
  redo: w('重做', '重做', 'Redo'),
  cut: w('剪下', '剪切', 'Cut'),
  copy: w('複製', '复制', 'Copy'),
  paste: w('貼上', '粘贴', 'Paste'),
  'select-all': w('全選', '全选', 'Select all'),
  'zoom-in': w('放大', '放大', 'Zoom in'),
  'zoom-out': w('縮小', '缩小', 'Zoom out'),
  'zoom-reset': w('原本大小', '实际大小', 'Actual size'),
  'full-screen': w('全螢幕', '全屏', 'Full screen'),
  'notice-waiting': w('新待處理事項：{{n}}', '新待处理事项：{{n}}', 'New matters waiting: {{n}}'),
  'engine-down': w(
    '引擎已停止，正在重新啟動',
    '引擎已停止，正在重新启动',
    'The engine ended and is being started again',
  ),
} as const satisfies WordTable;
