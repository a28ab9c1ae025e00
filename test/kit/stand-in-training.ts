/** A training zone of nothing but its word that it is ready. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const args = process.argv.slice(2);
const folder = args[args.indexOf('--data') + 1] ?? '';
mkdirSync(folder, { recursive: true });
const note = (line: string) => writeFileSync(join(folder, `${line.split(' ')[0]}.txt`), line);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
const end = (): void => {
  note(`stopped ${process.pid}`);
  process.exit(0);
};
process.on('disconnect', end);
process.on('message', (message) => {
  if ((message as { t?: string }).t === 'stop') end();
});
note(`args ${args.join(' ')}`);
note(`pid ${process.pid}`);
if (args.includes('unlucky')) {
  process.send?.({ t: 'failed', fault: { code: 'no-luck', text: 'the boards are out of luck' } });
} else {
  process.send?.({ t: 'progress', text: 'hiring people' });
  process.send?.({ t: 'ready', siteFile: join(folder, 'site.json') });
}
