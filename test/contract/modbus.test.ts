import { ModuleGate } from '../../src/training/modbus/module-gate.ts';
import { channel, type ModuleZone, onlineModuleZone, turnstile } from '../kit/module-zone.ts';
import { type GateBench, gateBoardContract } from './gate-board.contract.ts';

const NOT_OPENED_MS = 400;
const PASSES_MS = 250;

function bench(zone: ModuleZone): GateBench {
  const { board, clock, command, device, sink, stop } = zone;
  const gate = new ModuleGate(device, { open: 0, contact: channel(1) });
  return {
    ...{ board, sink, command, stop },
    monoMs: () => clock.monoMs(),
    device: {
      badge: () => gate.waits(NOT_OPENED_MS),
      pass: () => gate.personPasses(PASSES_MS),
      force: () => gate.pushes(PASSES_MS),
      leaveOpen: () => device.set(channel(1), 1),
      close: () => device.set(channel(1), 0),
      fire: (on) => device.set(channel(8), on ? 1 : 0),
      unplug: () => device.setFaults({ deaf: true }),
      plug: () => device.setFaults({}),
      hang: (on) => device.setFaults({ mute: on }),
      openings: () => device.openings(0),
      openCommands: () => device.written({ table: 'coil', at: 0 }).filter((on) => on === 1).length,
      storedCards: () => 0,
    },
  };
}

const start = async () => {
  const doors = [{ ...turnstile, openTooLongMs: 200 }];
  return bench(await onlineModuleZone({ doors, board: { inputs: { fire: { channel: 8 } } } }));
};
gateBoardContract('Modbus TCP', start, {
  readsBadges: false,
  remembers: false,
  storesCards: false,
});
