import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sayingOf, sayingText } from '../../../src/renderer/words/saying.ts';
import type { Text3 } from '../../../src/shared/domain/text.ts';
import { sayings } from '../../../src/shared/locale/sayings.ts';

const SRC = join(import.meta.dirname, '../../../src');

/** All that the engine's sources write, with texts that were broken over lines made whole. */
function sources(): string {
  return ['main/engine', 'shared/domain', 'shared/regime', 'shared/wire']
    .flatMap((folder) =>
      readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts'))
        .map((path) => readFileSync(join(SRC, folder, path), 'utf8')),
    )
    .join('\n')
    .replace(/['`]\s*\+\s*['`]/g, '');
}

test.each([
  [
    'no answer at 127.0.0.1:60003: see the site file, the power and the network',
    '127.0.0.1:60003 沒有回應：請檢查站點檔案、電源及網絡',
    null,
  ],
  [
    'board 7 does not take its settings: codes; it was told, but cannot be asked for: keypads',
    '控制器 7 不接受設定：codes；以下已告知但不能查詢：keypads',
    null,
  ],
  ['no badge reader is attached: plug it in', '沒有接上讀卡器：請插上', null],
  [
    'connected, but unit 7 does not answer: see the unit number and the module ' +
      '(10.0.0.9:502, unit 7)',
    '已連接，但單元 7 沒有回應：請檢查單元號碼及模組',
    '10.0.0.9:502, unit 7',
  ],
  [
    'exception 6: device busy: it is asked again; where it stays so, see who else asks the ' +
      'module (coil 0; 10.0.0.9:502, unit 1)',
    '異常 6：模組忙碌，將再次查詢；如持續，請檢查有否其他主機查詢',
    'coil 0; 10.0.0.9:502, unit 1',
  ],
  ['door 2 still shows locked', '第 2 門仍為鎖閉', null],
  ['no answer within 1500 ms', '1500 毫秒內沒有回應', null],
  [
    'USB readers cannot be listed: EACCES: permission denied',
    '未能列出 USB 讀卡器',
    'EACCES: permission denied',
  ],
  [
    'the centre refuses the login (role "console" may not log in (yet))',
    '中央系統拒絕登入',
    'role "console" may not log in (yet)',
  ],
  ['nobody answers at the address of the centre', '中央系統位址沒有回應', null],
  [
    'the centre went back to 12 after it had acknowledged 40: the events between are sent again',
    '中央系統已確認至 40，後退回 12：其間紀錄會重新上傳',
    null,
  ],
  ['Invalid option: expected one of "active"|"revoked"', '須為下列之一', '"active"|"revoked"'],
  ['SP-100 comes twice', 'SP-100 重複出現', null],
  [
    '"seal-intact" cannot be checked for a person: use one of permit-valid, escorted',
    '“person”不能以“seal-intact”核對，可用',
    'permit-valid, escorted',
  ],
  ['something brand-new', null, 'something brand-new'],
  [
    '3 badges are not stored in board 7: it opens for none of them alone | ' +
      'board 7 does not take its settings: codes',
    '控制器 7 未能存入 3 張卡：失聯時不會為這些卡開閘 | 控制器 7 不接受設定：codes',
    null,
  ],
])('%s', (text, words, detail) => {
  expect(sayingOf(text, 'zh-HK')).toEqual({ words, detail });
});

test('in English the engine speaks for itself', () => {
  const text = 'the board refused to open door 3';
  expect(sayingText(text, 'en')).toBe(text);
  expect(sayingText('the centre is full just now (53300: no)', 'zh-CN')).toBe(
    '中央系统连接已满 · 53300: no',
  );
});

/** Messages of the schema library, which no source of ours writes. */
const FOREIGN = ['Invalid option', 'Invalid input', 'Too big', 'Too small', 'Invalid string'];
const MODES = ['controlled', 'held', 'locked'];

test('every saying is one that the engine can still say', () => {
  const written = sources();
  const gone = Object.entries<Text3>(sayings).filter(([, { en }]) => {
    if (FOREIGN.some((one) => en.startsWith(one))) return false;
    const modes = MODES.reduce((rest, mode) => rest.replace(`shows ${mode}`, 'shows '), en);
    // Of a board it is first said what happened, then where.
    const text = modes.replace(' at {{address}}', '{{what}} at {{address}}');
    const parts = text.split(/\{\{\w+\}\}/).filter((part) => part.trim().length > 2);
    return parts.some((part) => !written.includes(part.trim().replace(/^[:(]\s*|\s*[:(]$/g, '')));
  });
  expect(gone.map(([key]) => key)).toEqual([]);
});
