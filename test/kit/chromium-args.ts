/** Of every Chromium that tests start; the sandbox needs rights that root lacks. */
const ALWAYS: readonly string[] = [
  '--no-sandbox',
  // Chromium of its own accord asks its maker for nothing.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Software GL draws the map without a graphics card. */
export const chromiumArgs: readonly string[] = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  ...ALWAYS,
];

/** For pages without a map: drawing all else by software GL too takes a third more. */
export const withoutGl: readonly string[] = ['--disable-gpu', ...ALWAYS];
