import { type WordTable, w } from './table.ts';

/** What OSDP devices and their lines are told of. See `sayings`. */
export const saidByOsdp = {
  'osdp-silent': w(
    '裝置 {{n}}（{{place}}）沒有回應：請檢查電源、線路及其地址',
    '装置 {{n}}（{{place}}）没有响应：请检查电源、线路及其地址',
    'device {{n}} on {{place}}: no answer: see the power, the line and its address',
  ),
  'osdp-key-other': w(
    '裝置 {{n}}（{{place}}）沒有站點檔案的密鑰：請更正「keyFile」；或在站點檔案當日加入 ' +
      '"commissioning": true 給它密鑰，線路上不可有他人',
    '装置 {{n}}（{{place}}）没有站点文件的密钥：请更正“keyFile”；或在站点文件当日加入 ' +
      '"commissioning": true 给它密钥，线路上不可有他人',
    'device {{n}} on {{place}}: it does not have the key of the site file. Correct "keyFile"; or ' +
      'give it the key, with "commissioning": true in the site file for that one day and nobody ' +
      'else on its line',
  ),
  'osdp-key-neither': w(
    '裝置 {{n}}（{{place}}）既不接受自己的密鑰，亦不接受通用密鑰',
    '装置 {{n}}（{{place}}）既不接受自己的密钥，也不接受通用密钥',
    'device {{n}} on {{place}}: it takes neither its own key nor the one all devices know',
  ),
  'osdp-no-channel': w(
    '裝置 {{n}}（{{place}}）沒有加密通道：必是另一裝置',
    '装置 {{n}}（{{place}}）没有加密通道：必是另一装置',
    'device {{n}} on {{place}}: it knows no secure channel: it must be another device',
  ),
  'osdp-key-file': w(
    '裝置 {{n}}（{{place}}）的密鑰檔案沒有 32 個十六進數字。{{detail}}',
    '装置 {{n}}（{{place}}）的密钥文件没有 32 个十六进制数字。{{detail}}',
    'device {{n}} on {{place}}: the key file does not hold 32 hexadecimal digits. {{detail}}',
  ),
  'osdp-unreached': w(
    '裝置 {{n}}（{{place}}）：未能連接 {{where}}：請檢查轉換器及網絡 · {{detail}}',
    '装置 {{n}}（{{place}}）：无法连接 {{where}}：请检查转换器及网络 · {{detail}}',
    'device {{n}} on {{place}}: {{where}} cannot be reached ({{detail}}): see the converter and ' +
      'the network',
  ),
  'osdp-no-port': w(
    '裝置 {{n}}（{{place}}）：沒有串口 {{where}}：請插上；ls /dev/serial/by-id 可列出串口',
    '装置 {{n}}（{{place}}）：没有串口 {{where}}：请插上；ls /dev/serial/by-id 可列出串口',
    'device {{n}} on {{place}}: there is no serial port {{where}}: plug it in; ls ' +
      '/dev/serial/by-id names them',
  ),
  'osdp-away': w(
    '此前這裡發生的事不得而知：此類裝置未被詢問時不作記錄',
    '此前这里发生的事不得而知：此类装置未被询问时不作记录',
    'what happened here until now is not known: this kind of device remembers nothing while it ' +
      'is not asked',
  ),
  'osdp-commissioning': w(
    '裝置正在啟用：線路上任何人都可得知其密鑰。請即從站點檔案刪去「commissioning」',
    '装置正在启用：线路上任何人都可得知其密钥。请立即从站点文件删去“commissioning”',
    'it is being commissioned: whoever is on its line can learn its key. Take "commissioning" ' +
      'out of the site file now',
  ),
  'osdp-locked': w(
    '第 {{door}} 門已鎖閉：沒有發出指令',
    '第 {{door}} 门已锁闭：没有发出指令',
    'door {{door}} is locked: nothing was sent',
  ),
  'osdp-absent': w(
    '裝置沒有回應：沒有發出指令',
    '装置没有响应：没有发出指令',
    'the device does not answer: nothing was sent',
  ),
  'osdp-busy': w(
    '裝置一直忙碌，直至指令過時',
    '装置一直忙碌，直至指令过时',
    'the device was busy until the time had passed',
  ),
  'osdp-refused': w(
    '裝置拒絕（代碼 {{n}}）：請檢查第 {{door}} 門的輸出',
    '装置拒绝（代码 {{n}}）：请检查第 {{door}} 门的输出',
    'the device refused (code {{n}}): see the output of door {{door}}',
  ),
  'osdp-shut': w(
    '裝置答允，但第 {{door}} 門沒有打開：請檢查其輸出',
    '装置答允，但第 {{door}} 门没有打开：请检查其输出',
    'the device said yes but door {{door}} did not open: see its output',
  ),
  'osdp-output-on': w(
    '第 {{door}} 門的輸出仍然接通',
    '第 {{door}} 门的输出仍然接通',
    'the output of door {{door}} is still on',
  ),
  'osdp-output-off': w(
    '第 {{door}} 門的輸出仍然斷開',
    '第 {{door}} 门的输出仍然断开',
    'the output of door {{door}} is still off',
  ),
  'osdp-output-unknown': w(
    '無從得知第 {{door}} 門的輸出',
    '无从得知第 {{door}} 门的输出',
    'nothing shows the output of door {{door}}',
  ),
} as const satisfies WordTable;
