/** What a person reads when the host does not give them the console. */
export type PageName =
  | 'no-key'
  | 'used-link'
  | 'not-built'
  | 'wrong-host'
  | 'not-found'
  | 'slow-down';

interface PageText {
  readonly status: number;
  readonly texts: readonly [zhHk: string, zhCn: string, en: string];
}

const PAGES: Readonly<Record<PageName, PageText>> = {
  'no-key': {
    status: 401,
    texts: [
      '此瀏覽器尚未獲准使用控制台。請開啟啟動控制台的視窗所顯示的連結。',
      '此浏览器尚未获准使用控制台。请打开启动控制台的窗口所显示的链接。',
      'This browser may not use the console yet. ' +
        'Open the link that the terminal shows in which the console was started.',
    ],
  },
  'used-link': {
    status: 403,
    texts: [
      '此連結已被使用或已失效，每個連結只可使用一次。啟動控制台的視窗已顯示新的連結。',
      '此链接已被使用或已失效，每个链接只能使用一次。启动控制台的窗口已显示新的链接。',
      'This link was used already or is no longer good: each opens one browser. ' +
        'The terminal in which the console was started shows a new one.',
    ],
  },
  'not-built': {
    status: 503,
    texts: [
      '控制台的頁面尚未建立。請執行 npm run build，然後重新啟動。',
      '控制台的页面尚未构建。请运行 npm run build，然后重新启动。',
      'The page of the console is not built. Run npm run build, then start the console again.',
    ],
  },
  'wrong-host': {
    status: 421,
    texts: [
      '控制台只在本機的位址回應。',
      '控制台只在本机的地址响应。',
      "The console answers at this machine's own address only.",
    ],
  },
  'not-found': {
    status: 404,
    texts: ['找不到此頁。', '找不到此页。', 'There is no such page.'],
  },
  'slow-down': {
    status: 429,
    texts: [
      '請求過於頻密，請稍候再試。',
      '请求过于频繁，请稍候再试。',
      'Too many requests. Wait a moment and try again.',
    ],
  },
};

const LANGUAGES = ['zh-HK', 'zh-CN', 'en'] as const;

/** The page and its status; plain, since the policy lets it load nothing. */
export function page(name: PageName): { readonly status: number; readonly html: string } {
  const { status, texts } = PAGES[name];
  const lines = texts.map((text, at) => `<p lang="${LANGUAGES[at]}">${text}</p>`);
  const head = '<meta charset="utf-8"><title>Twoline</title>';
  const html = `<!doctype html><html lang="zh-HK"><head>${head}</head>
<body><h1>Twoline 一二線通關控制台</h1>
${lines.join('\n')}
</body></html>
`;
  return { status, html };
}
