import { type WordTable, w } from './table.ts';

/** The sign-in page. */
export const signIn = {
  name: w('用戶名稱', '用户名', 'Name'),
  secret: w('密碼', '密码', 'Password'),
  submit: w('登入', '登录', 'Sign in'),
  'by-badge': w('以卡登入', '以卡登录', 'Sign in by badge'),
  'badge-read': w(
    '{{reader}} 於 {{time}} 讀到一張卡：請輸入 PIN。',
    '{{reader}} 于 {{time}} 读到一张卡：请输入 PIN。',
    '{{reader}} read a badge at {{time}}: enter its PIN.',
  ),
  pin: w('PIN', 'PIN', 'PIN'),
  'training-users': w('訓練用戶', '训练用户', 'Training users'),
  'training-note': w(
    '只限訓練。按一下即填入。',
    '仅限训练。点一下即填入。',
    'Training only. One click fills the form.',
  ),
  'fill-in': w(
    '填入 {{name}}（{{role}}）',
    '填入 {{name}}（{{role}}）',
    'Fill in {{name}} ({{role}})',
  ),
} as const satisfies WordTable;
