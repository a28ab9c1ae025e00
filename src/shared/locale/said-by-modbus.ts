import { type WordTable, w } from './table.ts';

/** What Modbus modules and the gates on them are told of. See `sayings`. */
export const saidByModbus = {
  'modbus-1': w(
    '異常 {{n}}：模組不認識此要求，請更正站點檔案內的對應表',
    '异常 {{n}}：模块不认识此请求，请更正站点文件内的对应表',
    'exception {{n}}: illegal function: the module knows no such request: correct its map in the ' +
      'site file',
  ),
  'modbus-2': w(
    '異常 {{n}}：模組沒有此位址，請更正站點檔案內的對應表',
    '异常 {{n}}：模块没有此地址，请更正站点文件内的对应表',
    'exception {{n}}: illegal data address: the module has no such point: correct its map in the ' +
      'site file',
  ),
  'modbus-3': w(
    '異常 {{n}}：模組不接受此數值，請更正站點檔案內的對應表',
    '异常 {{n}}：模块不接受此数值，请更正站点文件内的对应表',
    'exception {{n}}: illegal data value: the module takes no such value: correct its map in the ' +
      'site file',
  ),
  'modbus-4': w(
    '異常 {{n}}：模組故障，請檢查模組、電源及故障燈',
    '异常 {{n}}：模块故障，请检查模块、电源及故障灯',
    'exception {{n}}: device failure: see the module itself, its power and its error lamp',
  ),
  'modbus-5': w(
    '異常 {{n}}：模組仍在處理，將再次查詢',
    '异常 {{n}}：模块仍在处理，将再次查询',
    'exception {{n}}: still at work: it is asked again',
  ),
  'modbus-6': w(
    '異常 {{n}}：模組忙碌，將再次查詢；如持續，請檢查有否其他主機查詢',
    '异常 {{n}}：模块忙碌，将再次查询；如持续，请检查是否有其他主机查询',
    'exception {{n}}: device busy: it is asked again; where it stays so, see who else asks the ' +
      'module',
  ),
  'modbus-7': w(
    '異常 {{n}}：模組拒絕，請檢查模組允許主機做甚麼',
    '异常 {{n}}：模块拒绝，请检查模块允许主机做什么',
    'exception {{n}}: refused: see what the module allows its host',
  ),
  'modbus-8': w(
    '異常 {{n}}：模組記憶體出錯，請更換模組',
    '异常 {{n}}：模块内存出错，请更换模块',
    'exception {{n}}: memory parity error: have the module replaced',
  ),
  'modbus-10': w(
    '異常 {{n}}：閘道路徑不通，請檢查閘道設定',
    '异常 {{n}}：网关路径不通，请检查网关设置',
    'exception {{n}}: gateway path unavailable: see the set-up of the gateway',
  ),
  'modbus-11': w(
    '異常 {{n}}：閘道後的模組沒有回應，請檢查單元號碼及接線',
    '异常 {{n}}：网关后的模块没有响应，请检查单元号及接线',
    'exception {{n}}: gateway target silent: see the unit number and the wiring behind the gateway',
  ),
  'modbus-other': w(
    '異常 {{n}}：請查閱模組說明書',
    '异常 {{n}}：请查阅模块说明书',
    'exception {{n}}: not known here: see the manual of the module',
  ),
  'modbus-silent': w(
    '已連接，但單元 {{n}} 沒有回應：請檢查單元號碼及模組',
    '已连接，但单元 {{n}} 没有响应：请检查单元号及模块',
    'connected, but unit {{n}} does not answer: see the unit number and the module',
  ),
  'modbus-garbled': w(
    '收到的不是 Modbus 回覆：請檢查該處是甚麼設備',
    '收到的不是 Modbus 回复：请检查该处是什么设备',
    'an answer that is none: see what listens there',
  ),
  'modbus-lost': w('連線中斷', '连接中断', 'the connection was lost'),
  'modbus-refused': w(
    '未能連接模組：連線被拒或無法到達',
    '无法连接模块：连接被拒绝或无法到达',
    'the connection is refused or has no way there',
  ),
  'modbus-no-taker': w('無人接受連線', '无人接受连接', 'nobody takes the connection'),
  'modbus-away': w(
    '曾失聯 {{n}} 秒，其間閘機發生何事無從得知',
    '曾失联 {{n}} 秒，其间闸机发生何事无从得知',
    'it was away for {{n}} s, and what happened at its gates then is not known',
  ),
  'modbus-before': w(
    '此次啟動前閘機發生何事無從得知',
    '此次启动前闸机发生何事无从得知',
    'what happened at its gates before this start is not known',
  ),
  'modbus-tripped': w(
    '模組的看門狗曾觸發，輸出曾處於安全值',
    '模块的看门狗曾触发，输出曾处于安全值',
    'its watchdog had tripped, and its outputs were at their safe values',
  ),
  'modbus-tripped-now': w(
    '模組的看門狗已觸發，正重新設定',
    '模块的看门狗已触发，正在重新设置',
    'its watchdog tripped: it is set up anew',
  ),
  'modbus-stays-tripped': w(
    '模組的看門狗未能復位：請在模組上復位',
    '模块的看门狗未能复位：请在模块上复位',
    'its watchdog stays tripped: reset it at the module',
  ),
  'modbus-not-kept': w(
    '模組沒有保存所設數值：請檢查模組允許主機設定甚麼',
    '模块没有保存所设数值：请检查模块允许主机设置什么',
    'the module does not keep what it is told: see what it lets its host set',
  ),
  'modbus-outputs': w(
    '第 {{door}} 門的輸出不按指令動作：請檢查對應表及模組',
    '第 {{door}} 门的输出不按指令动作：请检查对应表及模块',
    'the outputs of door {{door}} do not do as told: see the map and the module',
  ),
  'modbus-loop': w(
    '未能讀取閘杆下的線圈：請檢查模組',
    '无法读取闸杆下的线圈：请检查模块',
    'the loop under a barrier cannot be read: see the module',
  ),
  'modbus-no-room': w(
    '無法寫入期間，{{board}} 的事件 {{from}}-{{to}} 沒有位置存放',
    '无法写入期间，{{board}} 的事件 {{from}}-{{to}} 没有位置存放',
    'no room for events {{from}}-{{to}} of {{board}} while none could be written',
  ),

  'module-offline': w(
    '模組沒有回應：沒有送出指令',
    '模块没有响应：没有发送指令',
    'the module does not answer: nothing was sent',
  ),
  'module-unconnected': w(
    '模組未連接：沒有送出指令',
    '模块未连接：没有发送指令',
    'the module is not connected: nothing was sent',
  ),
  'module-full': w(
    '等候模組的要求過多：沒有送出指令',
    '等候模块的请求过多：没有发送指令',
    'too much waits for the module: nothing was sent',
  ),
  'module-replaced': w(
    '已被另一指令取代：沒有送出',
    '已被另一指令取代：没有发送',
    'another order took its place: nothing was sent',
  ),
  'module-no-door': w(
    '對應表沒有第 {{door}} 門：請更正站點檔案',
    '对应表没有第 {{door}} 门：请更正站点文件',
    'the map names no door {{door}}: correct the site file',
  ),
  'module-locked': w(
    '第 {{door}} 門已鎖閉：請先恢復受控',
    '第 {{door}} 门已锁闭：请先恢复受控',
    'door {{door}} is locked: give it back to control first',
  ),
  'module-idle': w(
    '模組已接受，但第 {{door}} 門的輸出沒有接通：請檢查模組本身的設定',
    '模块已接受，但第 {{door}} 门的输出没有接通：请检查模块本身的设置',
    'the module said yes but its output for door {{door}} stays off: see its own set-up',
  ),
  'module-vehicle': w(
    '第 {{door}} 門的閘杆下有車：車輛離開後才會落閘',
    '第 {{door}} 门的闸杆下有车：车辆离开后才会落闸',
    'a vehicle is under the barrier of door {{door}}: it shuts when that has gone',
  ),
  'module-mode': w(
    '第 {{door}} 門的輸出沒有顯示此模式；不會再送',
    '第 {{door}} 门的输出没有显示此模式；不会再发送',
    'the outputs of door {{door}} do not show it; it is not sent again',
  ),
} as const satisfies WordTable;
