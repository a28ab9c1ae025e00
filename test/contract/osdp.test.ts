import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { OsdpSetUp } from '../../src/main/engine/devices/osdp/context.ts';
import type { Credential } from '../../src/shared/domain/credential.ts';
import { badgeBits, type OsdpZone, onlineOsdpZone, wired } from '../kit/osdp-zone.ts';
import { type GateBench, gateBoardContract } from './gate-board.contract.ts';

const NOT_OPENED_MS = 400;
const can = { readsBadges: true, remembers: false, storesCards: false };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function bench({ board, clock, command, device, line, sink, stop }: OsdpZone): GateBench {
  const swing = async (ms: number): Promise<void> => {
    device.setInput(wired.contact, true);
    await pause(ms);
    device.setInput(wired.contact, false);
  };
  return {
    board,
    sink,
    command,
    stop,
    monoMs: () => clock.monoMs(),
    device: {
      badge: async (credential: Credential) => {
        const [, facility, card] = credential.split('/').map(Number);
        const opening = device.nextOpening(NOT_OPENED_MS);
        device.hold(badgeBits(facility ?? 0, card ?? 0));
        return (await opening) !== null;
      },
      pass: async () => {
        if (!device.isOn(0)) return false;
        await swing(20);
        return true;
      },
      force: () => swing(20),
      leaveOpen: () => device.setInput(wired.contact, true),
      close: () => device.setInput(wired.contact, false),
      fire: (on) => device.setInput(wired.emergency, on),
      unplug: () => {
        line.plugged = false;
      },
      plug: () => {
        line.plugged = true;
      },
      // Who does not answer questions is sent no command: it hangs as it does one.
      hang: (on) => device.hang(on ? 'from-next-out' : 'no'),
      openings: () => device.openings().filter(({ by }) => by === 'remote').length,
      openCommands: () => device.received('out'),
      storedCards: () => 0,
    },
  };
}

gateBoardContract('OSDP in the open', async () => bench(await onlineOsdpZone()), can);

const key = Uint8Array.from({ length: 16 }, (_, i) => 0xa0 + 3 * i);
const dir = mkdtempSync(join(tmpdir(), 'twoline-osdp-'));
const channel: OsdpSetUp['channel'] = { key: 'file', keyFile: join(dir, 'gate.key') };
beforeAll(() => writeFileSync(join(dir, 'gate.key'), `${Buffer.from(key).toString('hex')}\n`));
afterAll(() => rmSync(dir, { recursive: true }));

gateBoardContract(
  'OSDP over its secure channel',
  async () => bench(await onlineOsdpZone({ setUp: { channel }, device: { key } })),
  can,
);
