/**
 * The training zone: a process of its own that knows an engine only by sockets and files. Forked by
 * the launcher it speaks over IPC; by hand it prints one line of JSON when it is ready.
 */
import { fileURLToPath } from 'node:url';
import type { Fault } from '../shared/lib/result.ts';
import type { ZoneRun } from './live-zone.ts';
import { parseOptions } from './options.ts';
import { startZone } from './zone-run.ts';

/** The same two levels up from the sources and from the bundle. */
const DDL_FOLDER = fileURLToPath(new URL('../../resources/central', import.meta.url));
/** However it goes, the process is gone by then. */
const STOP_WITHIN_MS = 1450;

type Told =
  | { readonly t: 'ready'; readonly siteFile: string }
  | { readonly t: 'failed'; readonly fault: Fault }
  | { readonly t: 'progress'; readonly text: string };

const forked = process.send !== undefined;

function tell(told: Told): void {
  if (forked && process.connected) process.send?.(told);
  else if (told.t === 'progress') process.stderr.write(`${told.text}\n`);
  else process.stdout.write(`${JSON.stringify(told)}\n`);
}

let zone: ZoneRun | null = null;
let ending = false;

function end(code: number): void {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(code), STOP_WITHIN_MS);
  const stopped = zone?.stop() ?? Promise.resolve();
  void stopped.catch(() => undefined).then(() => process.exit(code));
}

function failed(fault: Fault): void {
  tell({ t: 'failed', fault });
  end(1);
}

process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));
process.on('disconnect', () => end(0));
process.on('message', (message: unknown) => {
  const stop = typeof message === 'object' && message !== null && 't' in message;
  if (stop && message.t === 'stop') end(0);
});

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), Date.now());
  if (!options.ok) {
    failed(options.fault);
    return;
  }
  const progress = (text: string) => tell({ t: 'progress', text });
  const started = await startZone(options.value, { ddlFolder: DDL_FOLDER, progress });
  if (!started.ok) {
    failed(started.fault);
    return;
  }
  zone = started.value;
  if (ending) await zone.stop();
  else tell({ t: 'ready', siteFile: zone.siteFile });
}

main().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  failed({ code: 'training-failed', text: `the training zone could not start: ${text}` });
});
