import { Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import type { MenuOffer, OpenedWindow } from '../../shared/contract/shell.ts';
import type { Language } from '../../shared/domain/text.ts';
import { keyParts } from '../../shared/lib/key-parts.ts';
import { app as appWords } from '../../shared/locale/app.ts';
import { shell } from '../../shared/locale/shell.ts';

export type ShellWord = keyof typeof shell;

/** The language of a page that has not said its own. */
export const FIRST_LANGUAGE: Language = 'zh-HK';

export interface MenuActs {
  readonly choose: (id: string) => void;
  readonly open: (which: OpenedWindow) => void;
  readonly show: () => void;
  readonly quit: () => void;
}

const OPENED = ['same', 'other', 'wall'] as const;
const EDIT = [
  ...([
    ['undo', 'undo'],
    ['redo', 'redo'],
    ['cut', 'cut'],
    ['copy', 'copy'],
  ] as const),
  ...([
    ['paste', 'paste'],
    ['selectAll', 'select-all'],
  ] as const),
];
const VIEW = [
  ...([
    ['zoomIn', 'zoom-in'],
    ['zoomOut', 'zoom-out'],
  ] as const),
  ...([
    ['resetZoom', 'zoom-reset'],
    ['togglefullscreen', 'full-screen'],
  ] as const),
];

/**
 * The menu of the window that has the focus: what its page offers, group by group, and what the
 * window itself can do. Keys are shown only: the page listens to them, past what a reader types.
 */
export function menuTemplate(
  offer: MenuOffer | null,
  acts: MenuActs,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  // On macOS a key that a menu shows is also taken by it, and readers type digits.
  const showsKeys = platform !== 'darwin';
  const language = offer?.language ?? FIRST_LANGUAGE;
  const word = (key: ShellWord) => shell[key][language];
  const groups = (offer?.groups ?? []).filter(({ rows }) => rows.length > 0);
  return [
    {
      label: word('menu-windows'),
      submenu: [
        ...OPENED.map((which) => ({
          id: `open-${which}`,
          label: word(`open-${which}`),
          click: () => acts.open(which),
        })),
        { type: 'separator' as const },
        // Without a key: the console must not end by a slip of the hand.
        { id: 'quit', label: word('quit'), click: acts.quit },
      ],
    },
    ...groups.map(({ title, rows }) => ({
      label: plain(title),
      submenu: rows.map(({ id, title: label, keys }) => ({
        id: `page-${id}`,
        label: plain(label),
        ...(keys !== null && showsKeys && shownKeys(keys)),
        click: () => acts.choose(id),
      })),
    })),
    { label: word('menu-edit'), submenu: EDIT.map(([role, key]) => ({ role, label: word(key) })) },
    { label: word('menu-view'), submenu: VIEW.map(([role, key]) => ({ role, label: word(key) })) },
  ];
}

/** An ampersand would underline the letter behind it. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}

/** `$mod+k` as Electron writes it, `CmdOrCtrl+K`, and never registered. */
function shownKeys(
  keys: string,
): Pick<MenuItemConstructorOptions, 'accelerator' | 'registerAccelerator'> {
  const accelerator = keyParts(keys)
    .map((key) => (key === '$mod' ? 'CmdOrCtrl' : key.length === 1 ? key.toUpperCase() : key))
    .join('+');
  return { accelerator, registerAccelerator: false };
}

export function showMenu(template: MenuItemConstructorOptions[]): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** The sign beside the clock: brings the windows back to the front. */
export class ConsoleTray {
  readonly #tray: Tray;
  readonly #acts: MenuActs;

  constructor(icon: string, acts: MenuActs) {
    this.#acts = acts;
    this.#tray = new Tray(icon);
    this.#tray.on('click', acts.show);
    this.say(FIRST_LANGUAGE, null);
  }

  /** `trouble`: what a person must know who sees only this sign. */
  say(language: Language, trouble: string | null): void {
    const name = appWords.name[language];
    this.#tray.setToolTip(trouble === null ? name : `${name}: ${trouble}`);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { id: 'show', label: shell['show-windows'][language], click: this.#acts.show },
        { id: 'quit', label: shell.quit[language], click: this.#acts.quit },
      ]),
    );
  }
}
