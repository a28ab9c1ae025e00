import { type WordTable, w } from './table.ts';

/** What is wrong with a regime file, at the place that is told beside it. See `sayings`. */
export const saidOfRegimes = {
  'regime-hole': w(
    '沒有條文裁定此情況：請加一條',
    '没有条文裁定该情况：请加一条',
    'no rule decides this: write one',
  ),
  'regime-overlap': w(
    '多於一條裁定此情況：只留一條',
    '多于一条裁定该情况：只留一条',
    'several rules decide this: keep one',
  ),
  'regime-not-json': w(
    '{{file}} 不是 JSON 檔案，請更正後再選：{{detail}}',
    '{{file}} 不是 JSON 文件，请更正后再选：{{detail}}',
    '{{file}} is not JSON ({{detail}}). Correct it there and load it again.',
  ),
  'regime-changed-by': w(
    '“changedBy”須有此項：請寫上一線兩邊的機關',
    '“changedBy”须有此项：请写上一线两边的机关',
    '"changedBy" relies on it: say who stands on either side',
  ),
  'regime-id-twice': w(
    'rules[{{n}}] 已用此編號：請改其一',
    'rules[{{n}}] 已用该编号：请改其一',
    'rules[{{n}}] has this id too: rename one',
  ),
  'regime-direction': w(
    '區內通道只可寫“across”，一線及二線只可寫“in”、“out”或“both”',
    '区内通道只可写“across”，一线及二线只可写“in”、“out”或“both”',
    'an inner passage is crossed "across", a line "in", "out" or "both"',
  ),
  'regime-class': w(
    '“{{kind}}”沒有類別“{{class}}”，只有：{{detail}}',
    '“{{kind}}”没有类别“{{class}}”，只有：{{detail}}',
    'no {{kind}} has the class "{{class}}": {{detail}}',
  ),
  'regime-twice-remove': w(
    '“{{name}}”重複：請刪去其一',
    '“{{name}}”重复：请删去其一',
    '"{{name}}" stands here twice: remove one',
  ),
  'regime-twice': w('“{{name}}”重複', '“{{name}}”重复', '"{{name}}" stands here twice'),
  'regime-cannot-check': w(
    '“{{kind}}”不能以“{{name}}”核對，可用：{{detail}}',
    '“{{kind}}”不能以“{{name}}”核对，可用：{{detail}}',
    '"{{name}}" cannot be checked for a {{kind}}: use one of {{detail}}',
  ),
  'regime-way-out': w(
    '不可因資料而拒絕出區：請寫“refer”，或把入區另寫一條',
    '不可因资料而拒绝出区：请写“refer”，或把入区另写一条',
    'a way out is never refused for what the data say: write "refer", or write the way in as ' +
      'a rule of its own',
  ),
  'regime-cannot-follow': w(
    '“{{kind}}”過關後不能有“{{name}}”，可用：{{detail}}',
    '“{{kind}}”过关后不能有“{{name}}”，可用：{{detail}}',
    '"{{name}}" cannot follow a {{kind}}\'s crossing: use one of {{detail}}',
  ),
  'regime-due-back': w(
    '“due-back”只可用於入區',
    '“due-back”只可用于入区',
    '"due-back" follows a way in only',
  ),
  'regime-joint-record': w(
    '“joint-record”須有兩個機關：只可用於一線',
    '“joint-record”须有两个机关：只可用于一线',
    '"joint-record" needs two authorities: they meet at the first line only',
  ),
  'regime-authorities': w(
    '{{place}} 的“{{name}}”須有此項：請寫上一線兩邊的機關',
    '{{place}} 的“{{name}}”须有此项：请写上一线两边的机关',
    '"{{name}}" in {{place}} relies on it: say who stands on either side',
  ),
  'regime-setting': w(
    '{{place}} 的“{{name}}”須有此項：請加到 settings',
    '{{place}} 的“{{name}}”须有此项：请加到 settings',
    '"{{name}}" in {{place}} relies on it: add it to the settings',
  ),
  'regime-backwards': w(
    '結束早於開始：永不適用',
    '结束早于开始：永不适用',
    'ends before it begins: this rule is never reached',
  ),
  'regime-over': w(
    '結束早於制度開始：永不適用',
    '结束早于制度开始：永不适用',
    'ends before the regime begins: this rule is never reached',
  ),
  'regime-instant': w(
    '須為連時區的時間，例如 2026-01-01T00:00:00+08:00',
    '须为带时区的时间，例如 2026-01-01T00:00:00+08:00',
    'an instant with its zone, such as 2026-01-01T00:00:00+08:00',
  ),
} as const satisfies WordTable;
