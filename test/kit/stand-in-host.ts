/** The real host, on the stand-in engine and a page of the test's. */
import { fileURLToPath } from 'node:url';
import { runHost } from '../../src/main/host/run-host.ts';

await runHost({
  engine: fileURLToPath(new URL('./stand-in-engine.ts', import.meta.url)),
  page: process.env.STAND_IN_PAGE ?? '/nonexistent',
});
