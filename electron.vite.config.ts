import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Every program that runs outside the page, by the name of its bundle in out/main. */
const mainEntries = {
  index: 'src/main/index.ts',
  start: 'src/main/start.ts',
  host: 'src/main/host.ts',
  engine: 'src/main/engine-process.ts',
  cli: 'src/main/cli/index.ts',
  reports: 'src/main/engine/reports/worker.ts',
  training: 'src/training/index.ts',
};

/** The entries that stand on disk, as absolute paths: a bundle cannot be made of a missing file. */
function present(entries: Record<string, string>): Record<string, string> {
  const found = Object.entries(entries).filter(([, path]) => existsSync(path));
  return Object.fromEntries(found.map(([name, path]) => [name, resolve(path)]));
}

const preloadEntries = present({ index: 'src/preload/index.ts' });
const rendererEntries = present({ index: 'src/renderer/index.html' });

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: present(mainEntries),
        // Bundles reach their siblings by `new URL('./reports.js', import.meta.url)`: plain names.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  ...(Object.keys(preloadEntries).length > 0 && {
    preload: {
      build: {
        outDir: 'out/preload',
        // A sandboxed preload can require nothing, so everything goes into one CommonJS file.
        externalizeDeps: false,
        rolldownOptions: {
          input: preloadEntries,
          output: { format: 'cjs' as const, entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  }),
  ...(Object.keys(rendererEntries).length > 0 && {
    renderer: {
      root: 'src/renderer',
      base: './',
      plugins: [react()],
      worker: { format: 'es' as const },
      build: {
        outDir: 'out/renderer',
        // Both keep the page runnable under a policy without data: scripts and inline code.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: { input: rendererEntries },
      },
    },
  }),
});
