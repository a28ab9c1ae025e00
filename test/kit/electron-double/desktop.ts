import { readFileSync } from 'node:fs';
import { needsReady } from './state.ts';
import { misuse, onlyKnown, StrictEmitter, strict, strictClass } from './strict.ts';

/** What stands on a desktop around the windows: menus, tray, notices, screens. */
export interface MenuRow {
  readonly id?: string;
  readonly label?: string;
  readonly type?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly click?: () => void;
  readonly submenu?: readonly MenuRow[];
}

const ROW = [
  ...(['id', 'label', 'type', 'role', 'accelerator', 'registerAccelerator'] as const),
  ...(['click', 'submenu'] as const),
];
const ROLES = [
  ...(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const),
  ...(['zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen'] as const),
];
/** Electron's Accelerator documentation: modifiers, then one key. */
const NAMED = 'Escape|Enter|Tab|Space|Delete|Up|Down|Left|Right|Home|End|PageUp|PageDown';
const KEYS = new RegExp(
  `^((CmdOrCtrl|Ctrl|Alt|Shift|Super)\\+)*([A-Z0-9]|[!-/:-@[-\`{-~]|F\\d{1,2}|${NAMED})$`,
);

class BuiltMenu {
  readonly rows: readonly MenuRow[];

  constructor(rows: readonly MenuRow[]) {
    this.rows = rows;
  }
}

function check(rows: readonly MenuRow[]): void {
  for (const row of rows) {
    onlyKnown('a menu row', row, ROW);
    const { label, type, role, accelerator, submenu } = row;
    if (!label && type !== 'separator') misuse('a menu row has neither label nor type');
    if (role !== undefined && !ROLES.includes(role as 'undo')) misuse(`no role ${role} is here`);
    if (accelerator !== undefined && !KEYS.test(accelerator)) {
      misuse(`${accelerator} is no accelerator`);
    }
    check(submenu ?? []);
  }
}

export const desktop = {
  menu: [] as readonly MenuRow[],
  tray: null as TheTray | null,
  notices: [] as Notice[],
};

export const Menu = strict('Menu', {
  buildFromTemplate(rows: readonly MenuRow[]): BuiltMenu {
    check(rows);
    return new BuiltMenu(rows);
  },
  setApplicationMenu(menu: BuiltMenu): void {
    if (!(menu instanceof BuiltMenu)) misuse('Menu.setApplicationMenu takes a built menu');
    desktop.menu = menu.rows;
  },
});

class TheTray extends StrictEmitter {
  toolTip = '';
  rows: readonly MenuRow[] = [];

  constructor(icon: string) {
    needsReady('Tray');
    super('Tray', ['click']);
    if (readFileSync(icon).readUInt32BE(0) !== 0x89504e47) misuse(`${icon} is no PNG`);
    desktop.tray = this;
  }

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setContextMenu(menu: BuiltMenu): void {
    if (!(menu instanceof BuiltMenu)) misuse('Tray.setContextMenu takes a built menu');
    this.rows = menu.rows;
  }
}

export const Tray = strictClass('Tray', TheTray);

interface NoticeOptions {
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
}

class Notice extends StrictEmitter {
  readonly options: NoticeOptions;

  static isSupported(): boolean {
    return true;
  }

  constructor(options: NoticeOptions) {
    needsReady('Notification');
    super('Notification', ['click', 'close']);
    onlyKnown('Notification', options, ['title', 'body', 'silent']);
    this.options = options;
  }

  show(): void {
    desktop.notices.push(this);
  }

  close(): void {
    desktop.notices = desktop.notices.filter((one) => one !== this);
    this.emit('close');
  }
}

export const Notification = strictClass('Notification', Notice);

export const dialog = strict('dialog', {
  showErrorBox(title: string, content: string): void {
    if (title === '' || content === '') misuse('dialog.showErrorBox says nothing');
    process.stderr.write(`[${title}] ${content}\n`);
  },
});

export const screen = strict('screen', {
  getAllDisplays() {
    needsReady('screen');
    return [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_080 } }];
  },
});
