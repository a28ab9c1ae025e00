import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { windowCount } from './browser-window.ts';
import { desktop, type MenuRow } from './desktop.ts';
import { ordersPath } from './profile-paths.ts';
import { state } from './state.ts';

/** What a test asks of the desktop: it looks at menus and notices, and clicks on them. */
export type Order =
  | { readonly do: 'look' }
  | { readonly do: 'choose'; readonly id: string; readonly from: 'menu' | 'tray' }
  | { readonly do: 'notice'; readonly title: string };

export type { MenuRow };

export interface Desktop {
  readonly menu: readonly MenuRow[];
  readonly tray: { readonly toolTip: string; readonly rows: readonly MenuRow[] } | null;
  readonly notices: readonly { readonly title: string; readonly body: string }[];
  readonly windows: number;
}

function find(rows: readonly MenuRow[], id: string): MenuRow | undefined {
  for (const row of rows) {
    const found = row.id === id ? row : find(row.submenu ?? [], id);
    if (found) return found;
  }
  return undefined;
}

function carryOut(order: Order): Desktop {
  if (order.do === 'choose') {
    const rows = order.from === 'menu' ? desktop.menu : (desktop.tray?.rows ?? []);
    const row = find(rows, order.id);
    if (row?.click === undefined) throw new Error(`no row ${order.id} in the ${order.from}`);
    row.click();
  } else if (order.do === 'notice') {
    const notice = desktop.notices.find(({ options }) => options.title === order.title);
    if (notice === undefined) throw new Error(`no notice ${order.title}`);
    notice.emit('click');
  }
  const { menu, tray, notices } = desktop;
  return {
    menu,
    tray: tray && { toolTip: tray.toolTip, rows: tray.rows },
    notices: notices.map(({ options }) => options),
    windows: windowCount(),
  };
}

export function takeOrders(): void {
  const path = ordersPath(state.userData);
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data: Buffer) => {
      let answer: object;
      try {
        answer = carryOut(JSON.parse(data.toString()) as Order);
      } catch (error) {
        answer = { fault: String(error) };
      }
      socket.end(JSON.stringify(answer));
    });
  });
  server.listen(path).unref();
}
