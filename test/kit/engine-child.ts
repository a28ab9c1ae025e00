/**
 * A whole engine as a process of its own, for tests that kill it. Tells its parent `up`, then
 * raises an incident every few ms and tells each one only once the engine has acknowledged it.
 */
import { startEngine } from '../../src/main/engine/main.ts';
import { callerOf } from './caller.ts';

const [dataDir = '', siteFile = ''] = process.argv.slice(2);
const EVERY_MS = 20;

const started = await startEngine({ dataDir, siteFile, safe: false, log: () => undefined });
if (!started.ok) {
  process.send?.({ failed: started.fault });
  process.exit(1);
}
const { backend, stop } = started.value;
process.send?.('up');
const note = { checkpoint: null, lane: null, priority: 4, note: 'heard by telephone' };
const timer = setInterval(() => {
  void backend.command('incident.raise', note, callerOf('operator')).then((answer) => {
    if (answer.ok) process.send?.({ acknowledged: answer.value });
  });
}, EVERY_MS);
process.on('message', () => {
  clearInterval(timer);
  void stop().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));
