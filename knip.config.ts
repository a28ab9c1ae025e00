import type { KnipConfig } from 'knip';
import entries from './scripts/entries.json' with { type: 'json' };

const config: KnipConfig = {
  entry: [
    'scripts/run.mjs',
    'bin/twoline.mjs',
    ...Object.values(entries.main),
    ...Object.values(entries.preload),
    'src/renderer/main.tsx',
    'test/**/*.test.{ts,tsx}',
    'test/bench/run.ts',
    'test/sim/run.ts',
    'test/bench/children/*.ts',
    'test/tidy/write-boundaries.ts',
    'scripts/package/pack.mjs',
    'test/e2e/*.{double,skip}.ts',
    // Programs of the window's body: the launcher, the runtime's place, what runs in its children.
    'test/kit/window-start.ts',
    'test/kit/electron-double/{main,electron,utility-hook}.ts',
    'test/hid/guest/*.ts',
    // Programs that tests start as processes of their own, and the screens over a fake engine.
    'test/kit/{stand-in-*,*-child}.ts',
    'test/kit/fake/{serve,page}.ts',
  ],
  project: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}', 'scripts/**/*.mjs', 'bin/*.mjs'],
  // Called by the runner as programs, never imported.
  ignoreDependencies: ['@biomejs/biome', 'node', 'oxlint', 'oxlint-tsgolint'],
  // The system's own; the test that calls it says so where it is missing.
  ignoreBinaries: ['mount', 'prlimit', 'socat', 'umount'],
  ignoreExportsUsedInFile: true,
};

export default config;
