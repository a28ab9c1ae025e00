import { boardNumberOf, type Credential } from '../../src/shared/domain/credential.ts';
import { type GateZone, onlineGateZone } from '../kit/gate-zone.ts';
import { type GateBench, gateBoardContract } from './gate-board.contract.ts';

const NOT_OPENED_MS = 400;

function bench(zone: GateZone): GateBench {
  const { device } = zone;
  return {
    board: zone.board,
    sink: zone.sink,
    command: zone.command,
    monoMs: () => zone.clock.monoMs(),
    stop: zone.stop,
    device: {
      badge: async (credential: Credential) => {
        const number = boardNumberOf(credential, '26-bit') ?? 0;
        return (await device.swipe(1, 'in', number, NOT_OPENED_MS)).opened;
      },
      pass: () => device.personPasses(1, 20),
      force: () => device.doorForced(1, 20),
      leaveOpen: () => device.holdOpen(1),
      close: () => device.letClose(1),
      fire: (on) => device.setFire(on),
      unplug: () => device.unplug(),
      plug: () => device.plug(),
      hang: (on) => device.hangOn(on ? 'all' : []),
      openings: () => device.openings().filter((opening) => opening.by !== 'held').length,
      openCommands: () => device.received('open-door'),
      storedCards: () => device.storedCards(),
    },
  };
}

gateBoardContract('UHPPOTE over UDP', async () =>
  bench(await onlineGateZone({ device: { openTooLongMs: 50 } })),
);
