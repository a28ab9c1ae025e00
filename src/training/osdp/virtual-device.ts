/**
 * An OSDP device to practise with, behind a TCP port of this machine: `virtual-device PORT`, then
 * its address and its key, if any; without a key it is as it comes from its maker. On stdin it is
 * told `hold FACILITY CARD`, `input N on` or `off`, `power off` or `on`, and `ask`; to `ask`, and
 * when it listens, it says a line of JSON.
 */
import { createInterface } from 'node:readline';
import { h10301 } from '../../shared/domain/credential.ts';
import { badgeOf, leftJustified } from '../../shared/wire/badges.ts';
import { TrainingDevice } from './training-device.ts';
import { TrainingLine } from './training-line.ts';

const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);

function hold(device: TrainingDevice, facility: number, card: number): void {
  const badge = badgeOf(h10301(facility, card));
  if (badge !== null) device.hold({ count: badge.bits, bytes: leftJustified(badge) });
}

function obey(device: TrainingDevice, line: string): void {
  const [word, first = '', second = ''] = line.trim().split(/\s+/);
  if (word === 'hold') hold(device, Number(first), Number(second));
  else if (word === 'input') device.setInput(Number(first), second === 'on');
  else if (word === 'power' && first === 'on') device.powerOn();
  else if (word === 'power') device.powerCut();
  else if (word === 'ask') {
    const openings = device.openings().length;
    say({ openings, colour: device.colour(), text: device.text(), secure: device.isSecure() });
  }
}

async function main(): Promise<void> {
  const [port = '0', address = '0', key] = process.argv.slice(2);
  const device = new TrainingDevice({
    address: Number(address),
    wallMs: () => Date.now(),
    key: key === undefined ? undefined : Uint8Array.from(Buffer.from(key, 'hex')),
  });
  const line = new TrainingLine({ devices: [device] });
  say(await line.listen(Number(port)));
  createInterface({ input: process.stdin })
    .on('line', (told) => obey(device, told))
    .on('close', () => void line.close());
}

void main();
