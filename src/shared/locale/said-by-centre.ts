import { type WordTable, w } from './table.ts';

/** What is told of the central system. See `sayings`. */
export const saidByCentre = {
  'centre-not-enrolled': w(
    '中央系統認得登入，但沒有對應的控制台：請在中央系統登記',
    '中央系统认得登录，但没有对应的控制台：请在中央系统登记',
    'the centre knows the login but no console by it: have the console enrolled there',
  ),
  'centre-epoch': w(
    '中央系統已為此控制台開始新紀元：是否有第二部？',
    '中央系统已为该控制台开始新纪元：是否有第二台？',
    'the centre has begun a later epoch of this console: is there a second one?',
  ),
  'centre-gap': w(
    '中央系統所存比預期少',
    '中央系统所存比预期少',
    'the centre holds less than was thought',
  ),
  'centre-went-back': w(
    '中央系統已確認至 {{acked}}，後退回 {{seq}}：其間紀錄會重新上傳',
    '中央系统已确认至 {{acked}}，后退回 {{seq}}：其间记录会重新上传',
    'the centre went back to {{seq}} after it had acknowledged {{acked}}: the events between ' +
      'are sent again',
  ),
  'centre-second-boot': w(
    '另一部控制台以此名稱登入中央系統：開機編號 {{boot}}',
    '另一台控制台以此名称登录中央系统：开机编号 {{boot}}',
    'another console signs in to the centre under this name: boot {{boot}}',
  ),
  'centre-epoch-lost': w(
    '中央系統存有第 {{epoch}} 紀元第 {{from}} 至 {{to}} 項，本機已失去',
    '中央系统存有第 {{epoch}} 纪元第 {{from}} 至 {{to}} 项，本机已丢失',
    'the centre holds events {{from}} to {{to}} of epoch {{epoch}}, which are lost here',
  ),
  'centre-epoch-lacking': w(
    '中央系統欠缺第 {{epoch}} 紀元第 {{from}} 至 {{to}} 項，該紀元已結束',
    '中央系统缺少第 {{epoch}} 纪元第 {{from}} 至 {{to}} 项，该纪元已结束',
    'the centre lacks events {{from}} to {{to}} of epoch {{epoch}}, which is closed',
  ),
  'centre-epoch-differs': w(
    '中央系統所存第 {{epoch}} 紀元第 {{seq}} 項與此日誌所接續的不同',
    '中央系统所存第 {{epoch}} 纪元第 {{seq}} 项与该日志所接续的不同',
    'the centre holds another event {{seq}} of epoch {{epoch}}, from which this one goes on',
  ),
  'centre-epoch-unproved': w(
    '中央系統已無第 {{epoch}} 紀元第 {{seq}} 項可供核對',
    '中央系统已无第 {{epoch}} 纪元第 {{seq}} 项可供核对',
    'the centre no longer holds event {{seq}} of epoch {{epoch}} to compare it',
  ),
  'centre-epoch-unread': w(
    '中央系統未能讀出此紀元由何處接續',
    '中央系统无法读出该纪元从何处接续',
    'the centre cannot read from where this epoch goes on',
  ),
  'centre-default': w(
    '中央系統有紀錄存於所屬日期之外：請告知其管理員',
    '中央系统有记录存于所属日期之外：请告知其管理员',
    'the centre keeps events outside of their days: tell its administrator',
  ),
  'centre-days': w(
    '中央系統未備妥未來數日的空間：請告知其管理員',
    '中央系统未备好未来数日的空间：请告知其管理员',
    'the centre has not prepared the coming days: tell its administrator',
  ),
  'centre-fork': w(
    '中央系統同一編號存有不同紀錄：已停止上傳',
    '中央系统同一编号存有不同记录：已停止上传',
    'the centre holds other events under the same numbers: upload stopped',
  ),
  'centre-fork-at': w(
    '中央系統第 {{seq}} 項存有不同紀錄：已停止上傳',
    '中央系统第 {{seq}} 项存有不同记录：已停止上传',
    'the centre holds another event {{seq}}: upload stopped',
  ),
  'centre-restored': w(
    '中央系統存有 {{held}} 項，此日誌止於 {{seq}}：日誌由較舊副本還原；已停止上傳',
    '中央系统存有 {{held}} 项，该日志止于 {{seq}}：日志由较旧副本还原；已停止上传',
    'the centre holds {{held}} events, this journal ends at {{seq}}: it was restored from an ' +
      'older copy; upload stopped',
  ),
  'centre-hash': w(
    '中央系統算出的雜湊值不同：請核實此控制台的日誌',
    '中央系统算出的哈希值不同：请核实该控制台的日志',
    'the centre computes another hash: verify the journal of this console',
  ),
  'centre-rows': w(
    '中央系統每次接收的筆數較少',
    '中央系统每次接收的条数较少',
    'the centre takes fewer rows at once',
  ),
  'centre-bytes': w(
    '中央系統每次接收的資料量較少',
    '中央系统每次接收的数据量较少',
    'the centre takes fewer bytes at once',
  ),
  'centre-malformed': w(
    '中央系統不明白所傳資料：雙方版本不同',
    '中央系统不明白所传数据：双方版本不同',
    'the centre does not understand the batch: console and centre differ in version',
  ),
  'centre-login': w('中央系統拒絕登入', '中央系统拒绝登录', 'the centre refuses the login'),
  'centre-login-certificate': w(
    '中央系統拒絕登入或此控制台的證書',
    '中央系统拒绝登录或该控制台的证书',
    "the centre refuses the login or the console's certificate",
  ),
  'centre-database': w(
    '中央系統沒有此資料庫',
    '中央系统没有该数据库',
    'the centre has no such database',
  ),
  'centre-rights': w(
    '此登入在中央系統無權執行 hello 及 push',
    '该登录在中央系统无权执行 hello 及 push',
    'the login may not execute hello and push at the centre',
  ),
  'centre-functions': w(
    '中央系統欠缺 hello 或 push：其定義比此控制台舊',
    '中央系统缺少 hello 或 push：其定义比该控制台旧',
    'the centre lacks hello or push: its definitions are older than this console',
  ),
  'centre-schema': w(
    '中央系統欠缺綱要「central」',
    '中央系统缺少架构“central”',
    'the centre lacks the schema "central"',
  ),
  'centre-again': w('中央系統要求重傳', '中央系统要求重传', 'the centre asks to send again'),
  'centre-locked': w(
    '此控制台的另一次上傳正在進行',
    '该控制台的另一次上传正在进行',
    'another upload of this console holds the chain',
  ),
  'centre-gave-up': w(
    '中央系統未能在時限內處理此批資料',
    '中央系统未能在时限内处理该批数据',
    'the centre gave up on the batch in its time',
  ),
  'centre-full': w('中央系統連線已滿', '中央系统连接已满', 'the centre is full just now'),
  'centre-disk': w('中央系統磁碟已滿', '中央系统磁盘已满', "the centre's disk is full"),
  'centre-stopping': w('中央系統正在關閉', '中央系统正在关闭', 'the centre is shutting down'),
  'centre-starting': w('中央系統正在啟動', '中央系统正在启动', 'the centre is starting'),
  'centre-nobody': w(
    '中央系統位址沒有回應',
    '中央系统地址没有响应',
    'nobody answers at the address of the centre',
  ),
  'centre-host': w(
    '此處不認得中央系統的名稱',
    '此处不认得中央系统的名称',
    "the centre's name is not known here",
  ),
  'centre-no-way': w('沒有路徑到中央系統', '没有路径到中央系统', 'no way to the centre'),
  'centre-broken': w(
    '與中央系統的連線中斷',
    '与中央系统的连接中断',
    'the line to the centre broke off',
  ),
  'centre-timeout': w(
    '中央系統逾時沒有回應',
    '中央系统超时没有响应',
    'the centre did not answer in time',
  ),
  'centre-wrong-server': w(
    '中央系統的證書屬另一主機',
    '中央系统的证书属另一主机',
    "the centre's certificate is for another host",
  ),
  'centre-certificate': w(
    '不接受中央系統的證書',
    '不接受中央系统的证书',
    "the centre's certificate is not accepted",
  ),
  'centre-own-certificate': w(
    '中央系統不接受此控制台的證書',
    '中央系统不接受该控制台的证书',
    "the centre does not accept this console's certificate",
  ),
  'centre-password': w(
    '中央系統要求密碼，此控制台沒有',
    '中央系统要求密码，该控制台没有',
    'the centre asks for a password and this console has none',
  ),
  'centre-no-tls': w(
    '中央系統不提供加密連線',
    '中央系统不提供加密连接',
    'the centre offers no encrypted connection',
  ),
  'centre-old-tls': w(
    '中央系統不使用 TLS 1.3',
    '中央系统不使用 TLS 1.3',
    'the centre does not speak TLS 1.3',
  ),
  'centre-journal': w(
    '未能為上傳讀取日誌：{{detail}}',
    '无法为上传读取日志：{{detail}}',
    'the journal could not be read for the centre: {{detail}}',
  ),
  'centre-short': w(
    '日誌比已確認的早結束',
    '日志比已确认的早结束',
    'the journal ends before what was said to be committed',
  ),
  'centre-large': w(
    '第 {{seq}} 項過大，中央系統不接收：{{detail}}',
    '第 {{seq}} 项过大，中央系统不接收：{{detail}}',
    'the centre does not take event {{seq}} for its size: {{detail}}',
  ),
  'centre-stopped': w('上傳已停止', '上传已停止', 'the upload was stopped'),
  'centre-unshown': w(
    '中央系統停在 {{seq}}，此日誌未能證明：已停止上傳',
    '中央系统停在 {{seq}}，该日志无法证明：已停止上传',
    'the centre ends at {{seq}}, which this journal cannot show: upload stopped',
  ),
  'centre-second': w(
    '中央系統已開始第 {{epoch}} 之後的紀元：是否有第二部控制台？',
    '中央系统已开始第 {{epoch}} 之后的纪元：是否有第二台控制台？',
    'the centre has begun an epoch after {{epoch}}: is there a second console?',
  ),
  'centre-ack': w(
    '中央系統對第 {{last}} 項之前的紀錄只確認至 {{acked}}',
    '中央系统对第 {{last}} 项之前的记录只确认至 {{acked}}',
    'the centre answered {{acked}} to events up to {{last}}',
  ),
  'centre-not-loopback': w(
    '沒有證書的訓練中央系統須位於 127.0.0.1',
    '没有证书的训练中央系统须位于 127.0.0.1',
    'a training centre without certificates must be on 127.0.0.1',
  ),
  'centre-no-certificates': w(
    '連接中央系統必須有證書：請提供 ca、cert 及 key',
    '连接中央系统必须有证书：请提供 ca、cert 及 key',
    'a centre is reached only with certificates: give ca, cert and key',
  ),
  'centre-weak': w(
    '證書：只限 sslmode "verify-full"、ca、cert、key',
    '证书：仅限 sslmode "verify-full"、ca、cert、key',
    'certificates: exactly sslmode "verify-full", ca, cert, key',
  ),
  'centre-by-password': w(
    '控制台以證書登入：請從站點檔案移除密碼',
    '控制台以证书登录：请从站点文件移除密码',
    'a console signs in by its certificate: remove the password from the site file',
  ),
  'centre-certificate-files': w(
    '中央系統的證書檔案：{{detail}}',
    '中央系统的证书文件：{{detail}}',
    'certificates for the centre: {{detail}}',
  ),
  'centre-other': w('中央系統未能接收', '中央系统无法接收', 'the centre could not take it'),
} as const satisfies WordTable;
