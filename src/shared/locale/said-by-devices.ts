import { type WordTable, w } from './table.ts';

/** What boards, readers and gate commands are told of. See `sayings`. */
export const saidByDevices = {
  'board-silent': w(
    '{{address}} 沒有回應：請檢查站點檔案、電源及網絡',
    '{{address}} 没有响应：请检查站点文件、电源及网络',
    'no answer at {{address}}: see the site file, the power and the network',
  ),
  'board-other': w(
    '{{address}} 由另一部控制器 {{board}} 回應：請檢查站點檔案、電源及網絡',
    '{{address}} 由另一台控制器 {{board}} 响应：请检查站点文件、电源及网络',
    'another board, {{board}}, answers at {{address}}: see the site file, the power and the ' +
      'network',
  ),
  'udp-closed': w(
    '未能開啟 UDP {{place}}：{{detail}}',
    '无法打开 UDP {{place}}：{{detail}}',
    'UDP {{place}} cannot be opened: {{detail}}',
  ),
  'cards-left': w(
    '控制器 {{board}} 未能存入 {{n}} 張卡：失聯時不會為這些卡開閘',
    '控制器 {{board}} 未能存入 {{n}} 张卡：失联时不会为这些卡开闸',
    '{{n}} badges are not stored in board {{board}}: it opens for none of them alone',
  ),
  'settings-both': w(
    '控制器 {{board}} 不接受設定：{{names}}；以下已告知但不能查詢：{{others}}',
    '控制器 {{board}} 不接受设置：{{names}}；以下已告知但不能查询：{{others}}',
    'board {{board}} does not take its settings: {{names}}; it was told, but cannot be asked ' +
      'for: {{others}}',
  ),
  'settings-differ': w(
    '控制器 {{board}} 不接受設定：{{names}}',
    '控制器 {{board}} 不接受设置：{{names}}',
    'board {{board}} does not take its settings: {{names}}',
  ),
  'settings-told': w(
    '控制器 {{board}} 已設定；以下已告知但不能查詢：{{names}}',
    '控制器 {{board}} 已设置；以下已告知但不能查询：{{names}}',
    'board {{board}} is set; it was told, but cannot be asked for: {{names}}',
  ),
  'reader-absent': w(
    '沒有接上讀卡器：請插上',
    '没有接上读卡器：请插上',
    'no badge reader is attached: plug it in',
  ),
  'reader-silent': w(
    '讀卡器沒有回應：請拔出後再插上',
    '读卡器没有响应：请拔出后再插上',
    'the reader does not answer: unplug it and plug it in again',
  ),
  'reader-mode': w(
    '讀卡器不接受 SDK 模式',
    '读卡器不接受 SDK 模式',
    'the reader does not take SDK mode',
  ),
  'reader-length': w(
    '讀卡器回覆了 {{n}} 個位元組，應為 8 個',
    '读卡器回复了 {{n}} 个字节，应为 8 个',
    'the reader answered {{n}} bytes instead of 8',
  ),
  'reader-parity': w(
    '讀卡出錯：請再次讀卡',
    '读卡出错：请再次刷卡',
    'the badge was read with an error: hold it to the reader again',
  ),
  'code-none': w(
    '所掃描的並非通行證二維碼',
    '所扫描的并非通行证二维码',
    'what was read is no permit’s code',
  ),
  'badge-bits': w(
    '此處不能讀取 {{n}} 位元的卡',
    '此处不能读取 {{n}} 位的卡',
    'a badge of {{n}} bits cannot be read here',
  ),
  'badge-37': w(
    '37 位元的卡有兩種格式：請在站點檔案的 badges37 註明',
    '37 位的卡有两种格式：请在站点文件的 badges37 注明',
    'badges of 37 bits come in two formats: name yours in the site file, as badges37',
  ),
  'reader-packing': w(
    '讀卡器的輸出格式與站點檔案所述不符',
    '读卡器的输出格式与站点文件所述不符',
    'the reader packs badges in another way than the site file says',
  ),
  'twn4-garbled': w(
    '讀卡器的回覆無法辨識：是否 TWN4？',
    '读卡器的回复无法识别：是否 TWN4？',
    'the reader answers what is not known here: is it a TWN4?',
  ),
  'twn4-refuses': w(
    '讀卡器拒絕查詢：{{detail}}',
    '读卡器拒绝查询：{{detail}}',
    'the reader refuses what it is asked: {{detail}}',
  ),
  'twn4-kind': w(
    '此讀卡器在此不讀取 {{kind}} 類的卡',
    '此读卡器在此不读取 {{kind}} 类的卡',
    'badges of kind {{kind}} are not read by this reader here',
  ),
  'serial-unlisted': w(
    '未能列出序列埠：{{detail}}',
    '无法列出串口：{{detail}}',
    'serial ports cannot be listed: {{detail}}',
  ),
  'reader-faulty': w(
    '讀卡器已接上但不能運作：請拔出後再插上',
    '读卡器已接上但无法工作：请拔出后再插上',
    'the reader is attached and does not work: unplug it and plug it in again',
  ),
  'reader-driver': w(
    '讀卡器送出的資料無法辨識：站點檔案所列驅動程式是否正確？',
    '读卡器发送的数据无法识别：站点文件所列驱动程序是否正确？',
    'the reader sends what is not known here: is its driver right in the site file?',
  ),
  'read-no-badge': w(
    '所讀內容與站點檔案就此讀卡器所述的卡不符',
    '所读内容与站点文件就此读卡器所述的卡不符',
    'what was read is no badge as the site file describes it under this reader',
  ),
  'stripe-misread': w(
    '磁條讀取出錯：請再次刷卡',
    '磁条读取出错：请再次刷卡',
    'the stripe was read with an error: swipe the card again',
  ),
  'scan-other': w(
    '此處只讀取二維碼，這是另一種條碼（{{detail}}）',
    '此处只读取二维码，这是另一种条码（{{detail}}）',
    'only QR codes are read here, and this is another code ({{detail}})',
  ),
  'scan-half': w(
    '只讀到部分條碼：請再次對準讀卡器',
    '只读到部分条码：请再次对准读卡器',
    'the code was read in part only: hold it to the reader again',
  ),
  'scan-no-text': w(
    '此碼沒有通行證所用的文字',
    '此码没有通行证所用的文字',
    'the code holds no text that a permit has',
  ),
  'scan-mode': w(
    '掃描器不接受 HID POS 模式：{{detail}}',
    '扫描器不接受 HID POS 模式：{{detail}}',
    'the scanner does not take HID POS mode: {{detail}}',
  ),
  'reader-library': w(
    '未能使用 USB 讀卡器：欠缺系統程式庫。修復指令：{{detail}}',
    '无法使用 USB 读卡器：缺少系统程序库。修复命令：{{detail}}',
    'USB readers cannot be used: a system library is missing. Mend it with: {{detail}}',
  ),
  'reader-rights': w(
    '此用戶無權開啟讀卡器。修復指令：{{detail}}',
    '该用户无权打开读卡器。修复命令：{{detail}}',
    'this user may not open the reader. Mend it with: {{detail}}',
  ),
  'readers-unlisted': w(
    '未能列出 USB 讀卡器：{{detail}}',
    '无法列出 USB 读卡器：{{detail}}',
    'USB readers cannot be listed: {{detail}}',
  ),
  'reader-closed': w(
    '未能開啟讀卡器：{{detail}}',
    '无法打开读卡器：{{detail}}',
    'the reader cannot be opened: {{detail}}',
  ),

  'driver-stopped': w(
    '此控制器的驅動程式已停止',
    '该控制器的驱动程序已停止',
    'the driver of this board has stopped',
  ),
  'driver-none': w(
    '此控制器沒有驅動程式運作',
    '该控制器没有驱动程序运行',
    'no driver runs for this board',
  ),
  'board-full': w(
    '此控制器已有 {{n}} 項要求等候',
    '该控制器已有 {{n}} 项请求等候',
    '{{n}} requests already wait for this board',
  ),
  'command-first': w('另一指令先行', '另一指令先行', 'a command came first'),
  'command-expired': w(
    '未送出前已過時限',
    '未送出前已过时限',
    'its time had passed before it could be sent',
  ),
  'command-timeout': w('{{n}} 毫秒內沒有回應', '{{n}} 毫秒内没有响应', 'no answer within {{n}} ms'),
  'open-refused': w(
    '控制器拒絕開啟第 {{door}} 門',
    '控制器拒绝打开第 {{door}} 门',
    'the board refused to open door {{door}}',
  ),
  'open-not': w(
    '控制器已接受，但第 {{door}} 門沒有開啟：請查看其模式',
    '控制器已接受，但第 {{door}} 门没有打开：请查看其模式',
    'the board said yes but door {{door}} did not open: see its mode',
  ),
  'open-unknown': w(
    '未能得知第 {{door}} 門有否開啟；不會再開',
    '无法得知第 {{door}} 门是否打开；不会再开',
    'nothing shows whether door {{door}} opened; it is not opened again',
  ),
  'mode-controlled': w(
    '第 {{door}} 門仍為受控',
    '第 {{door}} 门仍为受控',
    'door {{door}} still shows controlled',
  ),
  'mode-held': w(
    '第 {{door}} 門仍為常開',
    '第 {{door}} 门仍为常开',
    'door {{door}} still shows held',
  ),
  'mode-locked': w(
    '第 {{door}} 門仍為鎖閉',
    '第 {{door}} 门仍为锁闭',
    'door {{door}} still shows locked',
  ),
  'mode-unknown': w(
    '未能得知第 {{door}} 門的模式',
    '无法得知第 {{door}} 门的模式',
    'nothing shows the mode of door {{door}}',
  ),
  'command-restart': w(
    '閘門未有回應前控制台已停止',
    '闸门未有响应前控制台已停止',
    'the console ended before the gate had answered',
  ),
} as const satisfies WordTable;
