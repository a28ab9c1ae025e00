import { join } from 'node:path';
import { build } from 'vite';
import shipped from '../../package.json' with { type: 'json' };
import entries from '../../scripts/entries.json' with { type: 'json' };

const ROOT = new URL('../../', import.meta.url).pathname;
/** The engine's threads, which are reached by their names from wherever the engine was bundled. */
const THREADS = Object.entries(entries.main).filter(([name]) => name.endsWith('-thread'));

/**
 * A program of this folder that holds a whole engine, bundled with all that it imports as the
 * console is shipped: it starts with half the work, for tests that start hundreds of them.
 * @returns the path of the bundle
 */
export async function bundleEngine(name: string): Promise<string> {
  const outDir = join(ROOT, '.cache', 'bundles', name);
  const input = Object.fromEntries([
    [name, join(ROOT, 'test', 'kit', `${name}.ts`)],
    ...THREADS.map(([thread, path]) => [thread, join(ROOT, path)]),
  ]);
  const output = { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' } as const;
  await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    ssr: { noExternal: true, external: Object.keys(shipped.dependencies) },
    build: {
      ...{ ssr: true, outDir, emptyOutDir: true, minify: false },
      rolldownOptions: { input, output: { format: 'es', ...output } },
    },
  });
  return join(outDir, `${name}.js`);
}
