import { type WordTable, w } from './table.ts';

/**
 * Faults by their code. A code that is not here is shown with the text it came with; `{{n}}` is the
 * first number of that text.
 */
export const faults = {
  unexpected: w(
    '發生未預期的錯誤。請再試；若持續，請通知系統管理員。',
    '发生未预期的错误。请重试；若持续，请通知系统管理员。',
    'Something unexpected happened. Try again; if it stays, tell the administrator.',
  ),
  internal: w(
    '控制台出錯，詳情已記入系統日誌。請再試，並通知系統管理員。',
    '控制台出错，详情已记入系统日志。请重试，并通知系统管理员。',
    'The console made a mistake; it is in its log. Try again and tell the administrator.',
  ),
  'sign-in-refused': w(
    '用戶名稱或密碼不正確。',
    '用户名或密码不正确。',
    'The name or the password is wrong.',
  ),
  'sign-in-locked': w(
    '錯誤次數過多，請於 {{n}} 分鐘後再試。',
    '错误次数过多，请于 {{n}} 分钟后重试。',
    'Too many wrong tries. Try again in {{n}} min.',
  ),
  'sign-in-busy': w(
    '登入人數過多，請稍候數秒再試。',
    '登录人数过多，请稍候数秒重试。',
    'Too many people sign in at once. Try again in a few seconds.',
  ),
  'signed-out': w('請先登入。', '请先登录。', 'Sign in first.'),
  'badge-unread': w(
    '請先把卡放到讀卡器，再輸入 PIN。',
    '请先把卡放到读卡器，再输入 PIN。',
    'Hold your badge to the reader first, then enter the PIN.',
  ),
  'badge-none': w(
    '你沒有登入用的卡：請管理員發給。',
    '你没有登录用的卡：请管理员发给。',
    'You have no badge to sign in by: an administrator gives it.',
  ),
  'pin-weak': w(
    'PIN 須有 6 至 12 個數字，不可全部相同或順序排列。',
    'PIN 须有 6 至 12 个数字，不可全部相同或顺序排列。',
    'A PIN has 6 to 12 digits, not one repeated and not in a row.',
  ),
  'sign-in-needed': w('請先登入。', '请先登录。', 'Sign in first.'),
  'session-changed': w(
    '此工作站已由另一人登入。',
    '该工作站已由另一人登录。',
    'Somebody else is signed in at this workstation now.',
  ),
  'not-allowed': w(
    '你的職權不可執行此操作。',
    '您的权限不可执行此操作。',
    'Your role may not do this.',
  ),
  'other-side': w(
    '對方機關扣留此人，須由對方人員先行放行。',
    '对方机关扣留此人，须由对方人员先行放行。',
    'The other side holds this person: an officer of that side has to release first.',
  ),
  role: w('此操作須由主任執行。', '此操作须由主管执行。', 'This needs a supervisor.'),
  'not-found': w(
    '找不到此項目，可能已被更改。請重新選擇。',
    '找不到该项目，可能已被更改。请重新选择。',
    'This is not there; it may have changed. Choose again.',
  ),
  'not-open': w(
    '此項目已由他人處理，或已逾時。',
    '该项目已由他人处理，或已超时。',
    'This was dealt with already, or it lapsed.',
  ),
  changed: w(
    '轉介後情況已改變，不能按舊有資料放行。請此人重新讀卡。',
    '转介后情况已改变，不能按旧有资料放行。请此人重新读卡。',
    'Facts have changed since the referral. Let the person badge again.',
  ),
  'lane-locked': w(
    '此通道已鎖閉，現時不能放行。請先恢復受控，或請此人改用其他通道。',
    '该通道已锁闭，当前不能放行。请先恢复受控，或请此人改用其他通道。',
    'This lane is locked. Give it back to control first, or send the person to another lane.',
  ),
  waiting: w(
    '另一更正正等候第二人確認。請先確認或不予更正。',
    '另一更正正等候第二人确认。请先确认或不予更正。',
    'Another correction of it waits for a second person. Settle that one first.',
  ),
  'fact-changed': w(
    '紀錄其後已改變。請不予更正，再重新提出。',
    '记录其后已改变。请不予更正，再重新提出。',
    'What is recorded has changed since. Decline this, and ask anew.',
  ),
  'same-person': w(
    '你已提出此事，或發出此表格：須由同事或主管確認或補登。',
    '你已提出此事，或发出此表格：须由同事或主管确认或补登。',
    'You asked for this, or handed the form out: a colleague or a supervisor must go on with it.',
  ),
  vehicle: w(
    '此車輛過關時載有貨物。請以貨物帳本身的步驟更正。',
    '该车辆过关时载有货物。请以货物账本身的步骤更正。',
    'Goods moved with this vehicle. Put their ledger right by its own steps.',
  ),
  unnamed: w(
    '無法得知過關者是誰。請改為清點該區人數。',
    '无法得知过关者是谁。请改为清点该区人数。',
    'Nobody could be named. Count the heads of the area instead.',
  ),
  'out-of-order': w(
    '該時間會打亂此人過關的先後次序，或在將來。請選擇前後兩次過關之間的時間。',
    '该时间会打乱此人过关的先后次序，或在将来。请选择前后两次过关之间的时间。',
    'That time would turn round the order of the person’s crossings, or is to come. Choose one ' +
      'between the crossings before and after.',
  ),
  'below-named': w(
    '點得人數少於有姓名紀錄的 {{n}} 人。請先逐一更正不在區內的人員，再行清點。',
    '点得人数少于有姓名记录的 {{n}} 人。请先逐一更正不在区内的人员，再行清点。',
    'Fewer than the {{n}} who are there by name. Put right who is not, then count anew.',
  ),
  'no-change': w(
    '目前已是此狀態，沒有更改。',
    '当前已是此状态，没有更改。',
    'It is so already; nothing was changed.',
  ),
  'step-order': w(
    '此步驟不能接在上一步驟之後，請先記下漏記的步驟。',
    '此步骤不能接在上一步骤之后，请先记下漏记的步骤。',
    'This step cannot follow the last one: record first what lies between.',
  ),
  'no-answer': w(
    '指令沒有得到回覆。請查看結果後才再試。',
    '指令没有得到答复。请查看结果后再重试。',
    'The command was not answered. Look at what became of it before you try again.',
  ),
  'not-written': w(
    '未能寫入日誌，指令沒有執行。請即通知系統管理員。',
    '无法写入日志，指令未执行。请立即通知系统管理员。',
    'The journal could not be written; nothing was done. Tell the administrator at once.',
  ),
  stopping: w('控制台正在停止運作。', '控制台正在停止运行。', 'The console is stopping.'),
  'not-ready': w(
    '控制台尚未準備好，請稍候再試。',
    '控制台尚未准备好，请稍候重试。',
    'The console is not ready yet. Try again in a moment.',
  ),
  'intake-full': w(
    '控制台正在處理大量輸入，請稍候再試。',
    '控制台正在处理大量输入，请稍候重试。',
    'The console has too much to do just now. Try again in a moment.',
  ),
  'not-linked': w(
    '目前沒有連接控制台，指令沒有執行。',
    '当前未连接控制台，指令未执行。',
    'There is no link to the console just now; nothing was done.',
  ),
  'link-lost': w(
    '未有回覆前連線已中斷。請查看指令是否已執行。',
    '未收到答复前连接已中断。请查看指令是否已执行。',
    'The link was lost before an answer came. Look whether it was done.',
  ),
  closed: w('連線已關閉。', '连接已关闭。', 'The connection was closed.'),
  cancelled: w('已取消。', '已取消。', 'Called off.'),
  'too-many': w(
    '同時操作過多，請稍候再試。',
    '同时操作过多，请稍候重试。',
    'Too much at once. Try again in a moment.',
  ),
  'message-too-long': w(
    '內容過大，未能一次送出。',
    '内容过大，无法一次提交。',
    'This is too much to send at once.',
  ),
  'other-version': w(
    '此畫面與控制台版本不同，請重新載入。',
    '该画面与控制台版本不同，请重新加载。',
    'This screen and the console are of different versions. Load the page again.',
  ),
  'name-bad': w(
    '名稱無效：只限可見字元，且不可過長。',
    '名称无效：仅限可见字符，且不可过长。',
    'The name is not valid: visible characters only, and not too many.',
  ),
  'user-exists': w(
    '已有同名用戶，請用另一名稱。',
    '已有同名用户，请使用其他名称。',
    'There is a user of this name already. Choose another one.',
  ),
  'secret-weak': w(
    '密碼太弱：須較長、字元多樣，且不含用戶名稱。',
    '密码太弱：须更长、字符多样，且不含用户名。',
    'The password is too weak: longer, of varied characters, and without the name in it.',
  ),
  'dataset-too-large': w(
    '檔案過大，請分開載入。',
    '文件过大，请分开加载。',
    'The file is too large. Load it in parts.',
  ),
  'dataset-unreadable': w(
    '未能讀取檔案：格式或編碼不正確。',
    '无法读取文件：格式或编码不正确。',
    'The file cannot be read: its format or its encoding is not right.',
  ),
  'dataset-not-stored': w(
    '資料集未能存檔，沒有更改。請再試。',
    '数据集无法存档，没有更改。请重试。',
    'The dataset could not be stored; nothing was changed. Try again.',
  ),
  'reading-busy': w(
    '等候中的報表及查詢過多，請稍候再試。',
    '等候中的报表及查询过多，请稍候重试。',
    'Too many reports and searches wait already. Try again in a moment.',
  ),
  'reading-failed': w(
    '未能讀取日誌。請再試；若持續，請通知系統管理員。',
    '无法读取日志。请重试；若持续，请通知系统管理员。',
    'The journal could not be read. Try again; if it stays, tell the administrator.',
  ),
  lockdown: w(
    '封鎖期間此通道須保持鎖閉；須由兩人結束封鎖。',
    '封锁期间此通道须保持锁闭；须由两人结束封锁。',
    'A lockdown shuts this lane. Two persons end it.',
  ),
  'lockdown-open': w(
    '已有一項封鎖正在進行或等待確認：請先處理。',
    '已有一项封锁正在进行或等待确认：请先处理。',
    'A lockdown holds or waits to be confirmed: decide that one first.',
  ),
  'not-what-waits': w(
    '待確認的已有變：請再看清楚，然後確認。',
    '待确认的已有变：请再看清楚，然后确认。',
    'What waits to be confirmed has changed: look again, then confirm it.',
  ),
  'second-person': w('須由另一人確認。', '须由另一人确认。', 'Another person must confirm.'),
  'second-side': w(
    '須由代表一線其中一方的人員執行；封鎖則須雙方各一人同意。',
    '须由代表一线其中一方的人员执行；封锁则须双方各一人同意。',
    'It needs a person who acts for a side of the first line: a lockdown one of each side.',
  ),
  'times-backwards': w(
    '結束時間必須在開始之後。',
    '结束时间必须在开始之后。',
    'It must end after it begins.',
  ),
  'month-ahead': w(
    '請選擇已開始的月份。',
    '请选择已开始的月份。',
    'Choose a month that has begun.',
  ),
  'day-invalid': w('日期不正確。', '日期不正确。', 'This is not a day.'),
  'regime-other': w(
    '這不是本站制度的版本。',
    '这不是本站制度的版本。',
    'This is no version of the regime that this site works by.',
  ),
  'regime-version': w(
    '此版本號已被使用。請在檔案內寫上較大的版本號。',
    '该版本号已被使用。请在文件内写上较大的版本号。',
    'This version number was used already. Write a higher one into the file.',
  ),
  'regime-past': w(
    '生效時間須在現在之後。',
    '生效时间须在现在之后。',
    'Choose a time that is still to come.',
  ),
  'regime-early': w(
    '制度檔案本身的生效時間較遲。請選擇該時間或以後。',
    '制度文件本身的生效时间较晚。请选择该时间或以后。',
    'The file itself begins later. Choose that time or one after it.',
  ),
  'regime-order': w(
    '另一版本已定於較後時間生效。請選擇更遲的時間，或先撤回該版本。',
    '另一版本已定于较后时间生效。请选择更晚的时间，或先撤回该版本。',
    'Another version is enacted for later. Choose a time after it, or withdraw it first.',
  ),
  'regime-side': w(
    '更改此制度須一線兩邊各一人同意。',
    '更改此制度须一线两边各一人同意。',
    'This regime is changed by one person of each side of the first line.',
  ),
  'regime-same-person': w(
    '須由另一人同意同一生效時間。',
    '须由另一人同意同一生效时间。',
    'Somebody else must agree to the same time.',
  ),
  'regime-decides': w(
    '此版本正在生效，不能撤回。請以另一版本取代。',
    '该版本正在生效，不能撤回。请以另一版本取代。',
    'This version is in force. Put another one in its place.',
  ),
  'erase-inside': w(
    '此人現在區內，或正在通關，未能刪除。',
    '此人现在区内，或正在通关，不能删除。',
    'This person is inside the zone, or on the way. Erase them once they are out.',
  ),
  'erase-open-case': w(
    '此人有例外個案待決定，未能刪除。',
    '此人有例外个案待决定，不能删除。',
    'An exception of this person waits. Decide it first.',
  ),
  'erase-permit': w(
    '此人持有有效許可，未能刪除。',
    '此人持有有效许可，不能删除。',
    'This person holds a permit in force. It has to be revoked, or to end, first.',
  ),
  'rows-refused': w(
    '有 {{n}} 列不能載入：請修正，或只載入無誤的列。',
    '有 {{n}} 行不能加载：请修正，或只加载无误的行。',
    '{{n}} rows cannot be taken: mend them, or take the good rows only.',
  ),
  'export-too-large': w(
    '資料過多，請以 twoline export 匯出。',
    '数据过多，请以 twoline export 导出。',
    'Too much for one file here: write it with "twoline export".',
  ),
  'nothing-in-force': w(
    '此資料集尚未有任何版本生效。',
    '此数据集尚未有任何版本生效。',
    'No version of this dataset is in force yet.',
  ),
  'sales-too-many': w(
    '每個檔案最多 {{n}} 筆銷售，請分開匯入。',
    '每个文件最多 {{n}} 笔销售，请分开导入。',
    'A file has at most {{n}} sales: hand it in in parts.',
  ),
  'series-full': w(
    '此系列的號碼已用盡，請開新系列。',
    '此系列的号码已用尽，请开新系列。',
    'This series has no more numbers: begin another.',
  ),
  'wrong-way': w(
    '此通道方向不同，請更正通道。',
    '此通道方向不同，请更正通道。',
    'This lane leads the other way: correct the lane.',
  ),
  'lane-for-vehicles': w(
    '這是車輛通道，不用紙本表格。',
    '这是车辆通道，不用纸本表格。',
    'This lane is for vehicles: these forms are for persons.',
  ),
  'too-old': w(
    '表格須於 {{n}} 日內補登。',
    '表格须于 {{n}} 天内补登。',
    'Forms are keyed in within {{n}} days.',
  ),
  'erase-watched': w(
    '此人在監察名單上，未能刪除。',
    '此人在监察名单上，不能删除。',
    'The watch-list names this person. The entry has to end first.',
  ),
} as const satisfies WordTable;
