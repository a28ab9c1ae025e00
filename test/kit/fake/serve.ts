import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';

/** `node test/kit/fake/serve.ts [PORT]`: the screens over a fake engine, for looking at them. */
const root = resolve(import.meta.dirname);
const server = await createServer({
  configFile: false,
  root,
  cacheDir: resolve(root, '../../../node_modules/.vite-fake'),
  plugins: [react()],
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    port: Number(process.argv[2] ?? 0),
    fs: { allow: [resolve(root, '../../..')] },
  },
});
await server.listen();
server.printUrls();
