/** Software GL draws the map without a graphics card; the sandbox needs rights root lacks. */
export const chromiumArgs: readonly string[] = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--no-sandbox',
  // Chromium of its own accord asks its maker for nothing.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
