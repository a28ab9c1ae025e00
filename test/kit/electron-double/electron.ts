/** All of Electron that the shell uses. A name that is not here cannot be imported. */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog, Menu, Notification, screen, Tray } from './desktop.ts';
export { ipcMain } from './ipc-main.ts';
export { MessageChannelMain } from './ports.ts';
export { safeStorage } from './safe-storage.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utility-process.ts';
