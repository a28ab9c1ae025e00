import { incidentsOfGoods } from './incidents-of-goods.ts';
import { incidentsOfSides } from './incidents-of-sides.ts';
import { type WordTable, w } from './table.ts';

/** The Incidents screen, and what each type of incident means and asks for. */
export const incidents = {
  title: w('事件', '事件', 'Incidents'),
  queue: w('未結案', '未结案', 'Open'),
  history: w('紀錄', '记录', 'History'),
  view: w('檢視', '查看', 'View'),
  'queue-note_one': w('{{count}} 宗未結案', '{{count}} 宗未结案', '{{count}} open'),
  'queue-note_other': w('{{count}} 宗未結案', '{{count}} 宗未结案', '{{count}} open'),
  empty: w('沒有未結案的事件。', '没有未结案的事件。', 'No open incident.'),
  'empty-history': w('沒有相符的事件。', '没有匹配的事件。', 'No incident matches.'),
  choose: w('請選擇一宗事件。', '请选择一宗事件。', 'Choose an incident.'),
  detail: w('所選事件', '所选事件', 'Chosen incident'),
  'column-priority': w('優先級', '优先级', 'Priority'),
  'column-type': w('事件', '事件', 'Incident'),
  'column-place': w('地點', '地点', 'Place'),
  'column-state': w('狀態', '状态', 'State'),
  'column-opened': w('開立', '开立', 'Opened'),
  'column-waiting': w('已等候', '已等候', 'Waiting'),
  'column-count': w('次數', '次数', 'Times'),
  'column-by': w('處理人員', '处理人员', 'By'),
  'filter-state': w('狀態', '状态', 'State'),
  'filter-type': w('類別', '类别', 'Type'),
  'what-happened': w('發生甚麼事', '发生了什么', 'What happened'),
  'what-next': w('下一步', '下一步', 'Next step'),
  number: w('編號', '编号', 'Number'),
  place: w('地點', '地点', 'Place'),
  board: w('控制器', '控制器', 'Board'),
  crossing: w('過關', '过关', 'Crossing'),
  repeated: w('重複 {{n}} 次', '重复 {{n}} 次', 'Repeated {{n}} times'),
  'acknowledged-by': w('確認', '确认', 'Acknowledged'),
  'resolved-by': w('結案', '结案', 'Resolved'),
  reason: w('結案原因', '结案原因', 'Reason'),
  'late-note': w(
    '此事件由補傳紀錄開立，發生時控制台未能得知。',
    '该事件由补传记录开立，发生时控制台无法得知。',
    'Opened from records that came late: the console could not know at the time.',
  ),
  'go-lane': w('前往通道', '前往通道', 'Go to the lane'),
  nowhere: w('整個控制台', '整个控制台', 'The console itself'),

  'what-door-forced': w(
    '閘門在沒有開閘指令下被開啟。',
    '闸门在没有开闸指令的情况下被打开。',
    'The gate opened without any command to open.',
  ),
  'next-door-forced': w(
    '派員到場；如有人越過，更正其所在或報告事件。',
    '派员到场；如有人越过，更正其所在或报告事件。',
    'Send somebody there. If a person went through, set where they are.',
  ),
  'what-door-open-too-long': w(
    '閘門開啟時間超過規定。',
    '闸门开启时间超过规定。',
    'The gate stands open longer than it may.',
  ),
  'next-door-open-too-long': w(
    '檢查閘門是否被卡住，必要時鎖閉通道。',
    '检查闸门是否被卡住，必要时锁闭通道。',
    'See whether something blocks the gate; lock the lane if needed.',
  ),
  'what-door-followed': w(
    '同一次開閘內，多於獲放行的人或車輛通過。',
    '同一次开闸内，通过的人或车辆多于获放行的数目。',
    'More persons or vehicles went through in one opening than were let through.',
  ),
  'next-door-followed': w(
    '查看影像，截停尾隨者並查核其通行證。',
    '查看影像，截停尾随者并查核其通行证。',
    'Look at the camera; stop whoever followed and check their permit.',
  ),
  'what-evacuation': w(
    '已下令疏散：出口常開、入口鎖閉。',
    '已下令疏散：出口常开、入口锁闭。',
    'An evacuation was ordered: ways out held open, ways in locked.',
  ),
  'next-evacuation': w(
    '在「通道」查看哪些閘門未有確認；清點離開人數，完結後逐條通道恢復。',
    '在“通道”查看哪些闸门尚未确认；清点离开人数，结束后逐条通道恢复。',
    'See in Lanes which gates did not confirm; count who left; afterwards put each lane back.',
  ),
  'what-lockdown': w(
    '已由兩人下令封鎖：入口鎖閉，出口按命令處理。',
    '已由两人下令封锁：入口锁闭，出口按命令处理。',
    'Two persons ordered a lockdown: ways in locked, ways out as they ordered.',
  ),
  'next-lockdown': w(
    '在「通道」查看哪些閘門未有確認並派員看守；由兩人結束封鎖。',
    '在“通道”查看哪些闸门尚未确认并派员看守；由两人结束封锁。',
    'See in Lanes which gates did not confirm and post staff there; two persons end it.',
  ),
  'what-fire-input': w(
    '控制器的火警輸入已觸發：已下令出口常開、入口鎖閉。',
    '控制器的火警输入已触发：已下令出口常开、入口锁闭。',
    'The board’s fire input is on: its ways out were ordered open, its ways in shut.',
  ),
  'next-fire-input': w(
    '按火警程序疏散，並通知消防處。',
    '按火警程序疏散，并通知消防部门。',
    'Follow the fire procedure and call the fire service.',
  ),
  'what-tamper': w(
    '設備外殼被打開或拆動。',
    '设备外壳被打开或拆动。',
    'A device was opened or moved.',
  ),
  'next-tamper': w(
    '派員到場檢查設備。',
    '派员到场检查设备。',
    'Send somebody to look at the device.',
  ),
  'what-board-offline': w(
    '控制器沒有回應，其通道按離線設定自行裁定。',
    '控制器没有响应，其通道按离线设置自行裁定。',
    'The board does not answer; its lanes decide by their offline setting.',
  ),
  'next-board-offline': w(
    '檢查電源及網絡；恢復後紀錄會自動補回。',
    '检查电源及网络；恢复后记录会自动补回。',
    'Check power and network. Its records are fetched when it is back.',
  ),
  'what-board-gap': w(
    '控制器紀錄缺 {{count}} 項，正在補取。',
    '控制器记录缺 {{count}} 项，正在补取。',
    '{{count}} of the board’s records are missing and are being fetched.',
  ),
  'next-board-gap': w(
    '等候補取完成；若未能補回，會記為遺失。',
    '等候补取完成；若无法补回，会记为丢失。',
    'Wait until they are fetched; what cannot be is recorded as lost.',
  ),
  'what-events-lost': w(
    '控制器已覆蓋 {{count}} 項紀錄，不能補回。',
    '控制器已覆盖 {{count}} 项记录，无法补回。',
    'The board has overwritten {{count}} records; they cannot be fetched.',
  ),
  'next-events-lost': w(
    '與現場紀錄核對，必要時更正人員所在。',
    '与现场记录核对，必要时更正人员所在。',
    'Compare with the notes made on site; set where people are if needed.',
  ),
  'what-clock-drift': w(
    '控制器時鐘偏差 {{seconds}} 秒，已校正。',
    '控制器时钟偏差 {{seconds}} 秒，已校正。',
    'The board’s clock was {{seconds}} s off and has been set.',
  ),
  'next-clock-drift': w(
    '若一再發生，安排維修。',
    '若一再发生，安排维修。',
    'Have it looked at when it happens again and again.',
  ),
  'what-gate-command-unknown': w(
    '閘機指令已發出，但結果不明。',
    '闸机指令已发出，但结果不明。',
    'A gate command was sent; what became of it is not known.',
  ),
  'next-gate-command-unknown': w(
    '派員確認閘門狀況。指令不會重發。',
    '派员确认闸门状况。指令不会重发。',
    'Have somebody look at the gate. The command is not sent again.',
  ),
  'what-gate-command-expired': w(
    '閘機指令在限期前未能發出，已作廢。',
    '闸机指令在限期前未能发出，已作废。',
    'A gate command could not leave in time and is void.',
  ),
  'next-gate-command-expired': w(
    '如仍有需要，重新發出指令。',
    '如仍有需要，重新发出指令。',
    'Give the command again if it is still wanted.',
  ),
  'what-gate-command-failed': w(
    '控制器沒有執行閘機指令。',
    '控制器未执行闸机指令。',
    'The board did not carry out a gate command.',
  ),
  'next-gate-command-failed': w(
    '查看控制器狀態，再試或派員到場。',
    '查看控制器状态，重试或派员到场。',
    'Look at the board’s state; try again or send somebody.',
  ),
  'what-passage-unknown': w(
    '閘門曾開啟，但未能確定該人是否通過。',
    '闸门曾开启，但无法确定该人是否通过。',
    'The gate was open, but it is not known whether the person went through.',
  ),
  'next-passage-unknown': w(
    '查看影像或詢問現場，然後在過關紀錄說明結果。',
    '查看影像或询问现场，然后在过关记录说明结果。',
    'Look at the camera or ask on site, then say under Crossings how it ended.',
  ),
  'what-counted-twice': w(
    '紙本表格可能屬於閘門常開時已計算的人，但未能確定是哪一次通過。',
    '纸本表格可能属于闸门常开时已计算的人，但无法确定是哪一次通过。',
    'A paper form may be of somebody who was counted at an open gate, but not which passage.',
  ),
  'next-counted-twice': w(
    '人數維持不變。查看影像，或點算該區人數。',
    '人数维持不变。查看影像，或清点该区人数。',
    'The count stays as it is. Look at the camera, or count the heads of the area.',
  ),
  'what-impossible-order': w(
    '過關次序不可能發生：賬冊上該人不在通道起點。',
    '过关次序不可能发生：账册上该人不在通道起点。',
    'The order of crossings cannot be: the ledger has the person elsewhere.',
  ),
  'next-impossible-order': w(
    '核對該人的過關紀錄，然後更正其所在。',
    '核对该人的过关记录，然后更正其所在。',
    'Go through the person’s crossings, then set where they are.',
  ),
  'what-opened-though-not-entitled': w(
    '控制器未經控制台指令，自行放行了不符條件的人。',
    '控制器未经控制台指令，自行放行了不符合条件的人。',
    'A board opened without the console, for somebody who was not entitled or whom nobody knows.',
  ),
  'next-opened-though-not-entitled': w(
    '核對通行證狀態，必要時尋找該人。',
    '核对通行证状态，必要时寻找该人。',
    'Check the permit; find the person if needed.',
  ),
  'what-visitor-alone': w(
    '須陪同的訪客在區內，而陪同人員不在。',
    '须陪同的访客在区内，而陪同人员不在。',
    'A visitor who must be escorted is inside, and the escort is not.',
  ),
  'next-visitor-alone': w(
    '聯絡陪同人員返回，或派員帶離。',
    '联系陪同人员返回，或派人带离。',
    'Call the escort back, or send somebody to lead the visitor out.',
  ),
  'what-overstay': w(
    '該人離開時通行證已過期。',
    '该人离开时通行证已过期。',
    'The person left after the permit had expired.',
  ),
  'next-overstay': w(
    '按逾期逗留程序跟進。',
    '按逾期逗留程序跟进。',
    'Follow the procedure for overstaying.',
  ),
  'what-day-return-soon': w(
    '有人須於限時前返回，尚未有離開紀錄。',
    '有人须于时限前返回，尚未有离开记录。',
    'People have to be back soon, and no exit of theirs is known yet.',
  ),
  'next-day-return-soon': w(
    '查看應返回名單，並提醒有關機構。',
    '查看应返回名单，并提醒有关机构。',
    'Look at the list of who is due back, and tell their institutions.',
  ),
  'what-day-return-overdue': w(
    '返回限時已過，沒有該人的離開紀錄；該人所在未明。',
    '返回限时已过，没有该人的离开记录；该人所在未明。',
    'The time to be back has passed without a known exit; where the person is, is not known.',
  ),
  'next-day-return-overdue': w(
    '查明該人所在，然後在應返回名單上作出決定。',
    '查明该人所在，然后在应返回名单上作出决定。',
    'Find out where the person is, then decide on the list of who is due back.',
  ),
  'what-centre-fork': w(
    '中央系統所存紀錄與本機不同，傳送已停止。',
    '中央系统所存记录与本机不同，传送已停止。',
    'The centre holds other records than this console; sending has stopped.',
  ),
  'next-centre-fork': w(
    '通知系統管理員，勿重裝或還原資料夾。',
    '通知系统管理员，勿重装或还原数据文件夹。',
    'Tell the administrator. Do not reinstall or restore the data folder.',
  ),
  'what-centre-refused': w(
    '中央系統拒收紀錄。',
    '中央系统拒收记录。',
    'The centre refuses the records.',
  ),
  'next-centre-refused': w(
    '通知系統管理員檢查登記及權限。',
    '通知系统管理员检查登记及权限。',
    'Have the administrator check enrolment and rights.',
  ),
  'what-centre-second-console': w(
    '另有一部控制台以同一名稱登入中央系統：資料夾可能被複製或還原到另一部機器。',
    '另有一台控制台以同一名称登录中央系统：数据文件夹可能被复制或还原到另一台机器。',
    'Another console signs in to the centre under this name: the data folder may have been ' +
      'copied to another machine.',
  ),
  'next-centre-second-console': w(
    '立即通知系統管理員找出並關閉另一部；其證書或已外洩。',
    '立即通知系统管理员找出并关闭另一台；其证书可能已外泄。',
    'Call the administrator now to find the other one and end it; its certificate may be stolen.',
  ),
  'what-centre-went-back': w(
    '中央系統由較舊副本還原，只存至第 {{seq}} 項；其後的紀錄會由本機重新傳送。',
    '中央系统由较旧副本还原，只存至第 {{seq}} 项；其后的记录会由本机重新传送。',
    'The centre was restored from an older copy and held records up to {{seq}} only; the rest is ' +
      'sent again from here.',
  ),
  'next-centre-went-back': w(
    '確認待傳送數目回到零，並告知中央系統管理員。',
    '确认待传送数目回到零，并告知中央系统管理员。',
    'See that nothing is left waiting, and tell the centre’s administrator.',
  ),
  'what-centre-epoch': w(
    '此日誌開始了新紀元；本機與中央系統所存的上一紀元並不相同。',
    '该日志开始了新纪元；本机与中央系统所存的上一纪元并不相同。',
    'This journal began a new epoch, and this machine and the centre do not hold the same of the ' +
      'one before.',
  ),
  'next-centre-epoch': w(
    '通知系統管理員，按「中央的說明」所列編號核對紀錄。',
    '通知系统管理员，按“中央的说明”所列编号核对记录。',
    'Have the administrator compare the records that “What the centre said” names.',
  ),
  'what-centre-upkeep': w(
    '中央系統的日常維護沒有執行；紀錄仍然安全。',
    '中央系统的日常维护没有执行；记录仍然安全。',
    'The centre’s daily upkeep is not done; the records are safe.',
  ),
  'next-centre-upkeep': w(
    '告知中央系統管理員：central.health() 會列出欠缺事項。',
    '告知中央系统管理员：central.health() 会列出欠缺事项。',
    'Tell the centre’s administrator: central.health() lists what is missing.',
  ),
  'what-intake-overflow': w(
    '輸入過多，部分非緊急輸入被捨棄，已記入日誌。',
    '输入过多，部分非紧急输入被舍弃，已记入日志。',
    'Too many inputs came; some that were not urgent were dropped and noted in the journal.',
  ),
  'next-intake-overflow': w(
    '檢查是否有設備不斷發送紀錄。',
    '检查是否有设备不断发送记录。',
    'See whether a device sends without end.',
  ),
  ...incidentsOfGoods,
  ...incidentsOfSides,
  'what-log-too-long': w(
    '日誌的預寫部分已達 {{megabytes}} MB 而不能縮短，會佔滿磁碟。',
    '日志的预写部分已达 {{megabytes}} MB 而不能缩短，会占满磁盘。',
    'The journal’s write-ahead log has {{megabytes}} MB and stays so; it fills the disk.',
  ),
  'next-log-too-long': w(
    '通知系統管理員：停止長時間讀取資料夾的程式，並檢查磁碟。',
    '通知系统管理员：停止长时间读取数据文件夹的程序，并检查磁盘。',
    'Have the administrator end programs that read the data folder for long, and look at the disk.',
  ),
  'what-disk-space-low': w(
    '日誌所在磁碟只餘 {{percent}}%（{{megabytes}} MB）可用。',
    '日志所在磁盘只剩 {{percent}}%（{{megabytes}} MB）可用。',
    'The journal’s disk has {{percent}} % free ({{megabytes}} MB).',
  ),
  'next-disk-space-low': w(
    '通知系統管理員騰出空間；刪除檔案時不可觸碰資料夾。',
    '通知系统管理员腾出空间；删除文件时不可触碰数据文件夹。',
    'Have the administrator make room; nothing in the data folder may be deleted.',
  ),
  'what-disk-space-very-low': w(
    '日誌所在磁碟只餘 {{percent}}%（{{megabytes}} MB）可用；磁碟一滿，入口通道便會關閉。',
    '日志所在磁盘只剩 {{percent}}%（{{megabytes}} MB）可用；磁盘一满，入口通道便会关闭。',
    'The journal’s disk has {{percent}} % free ({{megabytes}} MB); when it is full, entries shut.',
  ),
  'next-disk-space-very-low': w(
    '立即通知系統管理員騰出空間；刪除檔案時不可觸碰資料夾。',
    '立即通知系统管理员腾出空间；删除文件时不可触碰数据文件夹。',
    'Call the administrator now to make room; nothing in the data folder may be deleted.',
  ),
  'what-disk-full': w(
    '磁碟已滿：已釋出預留的 {{megabytes}} MB，用完後入口通道便會關閉。',
    '磁盘已满：已释放预留的 {{megabytes}} MB，用完后入口通道便会关闭。',
    'The disk was full: {{megabytes}} MB held in reserve were freed; once used, entries shut.',
  ),
  'next-disk-full': w(
    '立即騰出磁碟空間，並檢查入口通道是否已恢復。',
    '立即腾出磁盘空间，并检查入口通道是否已恢复。',
    'Make room on the disk now, and see that the entry lanes are back.',
  ),
  'what-reported-by-person': w('由人員報告。', '由人员报告。', 'Reported by a person.'),
  'next-reported-by-person': w(
    '按備註處理，完成後結案。',
    '按备注处理，完成后结案。',
    'Deal with it as noted, then resolve it.',
  ),
  'text-erased': w(
    '（文字已按保留期限或要求刪除）',
    '（文字已按保留期限或要求删除）',
    '(text erased: its time had come, or somebody asked for it)',
  ),
} as const satisfies WordTable;
