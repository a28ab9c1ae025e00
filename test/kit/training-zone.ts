import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';

/** The training zone as a process of its own, and its control socket. */
export interface TrainingZone {
  readonly siteFile: string;
  readonly folder: string;
  readonly child: ChildProcess;
  /** Gives the zone one order; rejects with its fault. */
  order(order: object): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

const SCRIPT = new URL('../../src/training/index.ts', import.meta.url).pathname;

export async function startTrainingZone(
  folder: string,
  options: Readonly<Record<string, string>>,
): Promise<TrainingZone> {
  const flags = Object.entries({ data: folder, ...options }).flatMap(([name, value]) =>
    value === '' ? [`--${name}`] : [`--${name}`, value],
  );
  const child = fork(SCRIPT, flags, {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const siteFile = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { t: string; siteFile?: string; fault?: object }) => {
      if (message.t === 'ready') resolve(message.siteFile ?? '');
      if (message.t === 'failed') reject(new Error(JSON.stringify(message.fault)));
    });
    child.once('exit', (code) => reject(new Error(`the training zone ended with ${code}`)));
  });
  return {
    siteFile,
    folder,
    child,
    order: (order) => giveOrder(folder, order),
    async stop() {
      if (child.exitCode !== null) return;
      child.send({ t: 'stop' });
      await once(child, 'exit');
    },
  };
}

/** Gives the zone of this folder one order; rejects with its fault. */
export async function giveOrder(folder: string, order: object): Promise<Record<string, unknown>> {
  const text = readFileSync(join(folder, 'training.json'), 'utf8');
  const { control } = JSON.parse(text) as { control: { address: string; port: number } };
  const socket = createConnection(control.port, control.address);
  socket.setEncoding('utf8');
  let answer = '';
  socket.on('data', (chunk: string) => {
    answer += chunk;
    if (answer.includes('\n')) socket.end();
  });
  await once(socket, 'connect');
  socket.write(`${JSON.stringify(order)}\n`);
  await once(socket, 'close');
  const result = JSON.parse(answer) as { ok: boolean; value: Record<string, unknown> };
  if (!result.ok) throw new Error(answer);
  return result.value;
}
