/**
 * A Modbus TCP module to practise with by hand, with one turnstile: output 0 opens, input 0 is its
 * passage, input 1 its contact, input 2 the fire input. Started as `virtual-module.js [PORT]` it
 * tells each change of an output as a line of JSON; on stdin it is told `pass`, `force`, `fire on`,
 * `fire off`, `drop` and `mute on`, `mute off`.
 */
import { createInterface } from 'node:readline';
import type { Place } from '../../shared/domain/modbus-modules.ts';
import { ModuleGate } from './module-gate.ts';
import { TrainingModule } from './training-module.ts';

const input = (n: number): Place => ({ table: 'coil', at: 32 + n });

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function main(): Promise<void> {
  const module = new TrainingModule({ port: Number(process.argv[2] ?? 0), onOutput: say });
  const gate = new ModuleGate(module, { open: 0, passage: input(0), contact: input(1) });
  say(await module.start());
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line === 'pass') void gate.personPasses().then((passed) => say({ passed }));
    if (line === 'force') void gate.pushes();
    if (line.startsWith('fire ')) module.set(input(2), line === 'fire on' ? 1 : 0);
    if (line === 'drop') module.drop();
    if (line.startsWith('mute ')) module.setFaults({ mute: line === 'mute on' });
  });
  lines.on('close', () => void module.stop());
}

void main();
