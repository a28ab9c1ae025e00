import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import entries from './scripts/entries.json' with { type: 'json' };

/** The entries that stand on disk, as absolute paths: a bundle cannot be made of a missing file. */
function present(entries: Record<string, string>): Record<string, string> {
  const found = Object.entries(entries).filter(([, path]) => existsSync(path));
  return Object.fromEntries(found.map(([name, path]) => [name, resolve(path)]));
}

const preloadEntries = present(entries.preload);
const rendererEntries = present(entries.renderer);

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: present(entries.main),
        // Programs and threads are reached by `new URL('./engine.js', import.meta.url)` from
        // wherever the caller was bundled: plain names, and shared chunks in the same folder.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' },
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
