import type { Session, WebContents } from 'electron';
import { isOurs, PAGE_URL } from './app-protocol.ts';

/** What the page may ask the system for: the wall screen, and copying an id. */
const ALLOWED = ['fullscreen', 'clipboard-sanitized-write'];

/** No permission but the two above, and only to our own page; no device, whatever asks for it. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, callback) => {
    callback(ALLOWED.includes(permission) && isOurs(contents.getURL()));
  });
  session.setPermissionCheckHandler((contents, permission) => {
    return ALLOWED.includes(permission) && isOurs(contents?.getURL() ?? '');
  });
  session.setDevicePermissionHandler(() => false);
  // Reports are saved from memory; nothing is fetched to be saved.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_URL}`)) event.preventDefault();
  });
}

/** The window shows our page and never anything else, nor opens another. */
export function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
}
