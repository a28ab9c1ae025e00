import { createSocket } from 'node:dgram';
import { encodePushed } from '../../src/shared/wire/uhppote/codec.ts';
import type { StatusFields } from '../../src/shared/wire/uhppote/messages.ts';
import type { Peer } from '../../src/training/boards/network.ts';

const quiet: StatusFields = {
  index: 0,
  type: 1,
  granted: false,
  door: 1,
  direction: 1,
  card: 0,
  at: Date.UTC(2026, 2, 2, 1, 0, 0),
  reason: 5,
  door1Open: false,
  door2Open: false,
  door3Open: false,
  door4Open: false,
  button1: false,
  button2: false,
  button3: false,
  button4: false,
  systemError: 0,
  clock: Date.UTC(2026, 2, 2, 1, 0, 0),
  sequence: 1,
  specialInfo: 0,
  relays: 0,
  inputs: 0,
};

/** The bytes of a pushed event that somebody makes up. */
export function forgedPush(serial: number, event: Partial<StatusFields>): Uint8Array {
  return encodePushed(serial, { ...quiet, ...event }, false);
}

/** Sends datagrams from an address of this machine; resolves when they have left. */
export async function sendFrom(
  address: string,
  to: Peer,
  datagrams: readonly Uint8Array[],
): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, address, resolve));
  for (const bytes of datagrams) {
    await new Promise<void>((resolve) => {
      socket.send(bytes, to.port, to.address, () => resolve());
    });
  }
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}
