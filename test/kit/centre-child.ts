import { startTrainingCentre } from '../../src/training/centre/training-centre.ts';

/** A process that runs a training centre in the folder it is given, until it is told to end. */
const [folder = '', ddlFolder = ''] = process.argv.slice(2);
const started = await startTrainingCentre({
  folder,
  ddlFolder,
  consoleId: 'C7',
  durable: false,
  log: () => {},
});
if (!started.ok) throw new Error(started.fault.text);
const { pid, login } = started.value;
process.stdout.write(`${JSON.stringify({ pid, login })}\n`);
process.once('SIGINT', () => {
  started.value
    .stop()
    .then(() => process.exit(0))
    .catch(() => process.exit(1));
});
setInterval(() => {}, 60_000);
