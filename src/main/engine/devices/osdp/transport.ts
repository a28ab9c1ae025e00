/**
 * The wires that OSDP devices hang on: a network connection or a serial port. Neither mends itself:
 * the line opens it anew.
 */
import { Socket } from 'node:net';
import type { SiteOsdpLine } from '../../../../shared/domain/site-board.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { openSerialPort } from '../serial-port.ts';
import type { OsdpTiming } from './timing.ts';

export interface WireEvents {
  onBytes(bytes: Uint8Array): void;
  /** It ended by itself; nothing comes after. */
  onEnd(): void;
}

export interface Wire {
  send(bytes: Uint8Array): void;
  close(): Promise<void>;
}

/** Faults: `no-line`, `no-library`, `no-rights`. */
export type OpenWire = (
  line: SiteOsdpLine,
  events: WireEvents,
  timing: OsdpTiming,
) => Promise<Result<Wire>>;

/** The wires of this machine. */
export const openWire: OpenWire = (line, events, timing) => {
  if (!('path' in line)) return openTcp(line, events, timing);
  return openSerialPort(line.path, line.baudRate, events);
};

/** A line as the site file names it. */
export function nameOf(line: SiteOsdpLine): string {
  return 'path' in line ? line.path : `${line.address}:${line.port}`;
}

function openTcp(
  { address, port }: Extract<SiteOsdpLine, { address: string }>,
  events: WireEvents,
  timing: OsdpTiming,
): Promise<Result<Wire>> {
  const where = `${address}:${port}`;
  const socket = new Socket();
  socket.setNoDelay(true);
  return new Promise((resolve) => {
    const unreached = (why: string): void => {
      socket.destroy();
      const text = `${where} cannot be reached (${why}): see the converter and the network`;
      resolve(fail('no-line', text, where));
    };
    socket.setTimeout(timing.connectTimeoutMs, () => unreached('no answer'));
    socket.once('error', (error) => unreached(error.message));
    socket.connect(port, address, () => {
      socket.removeAllListeners('error');
      socket.on('error', () => {});
      socket.removeAllListeners('timeout');
      // A device answers every question: a wire on which nothing comes for so long is dead.
      const deaf = setTimeout(() => socket.destroy(), timing.deafAfterMs);
      socket.on('data', (bytes) => {
        deaf.refresh();
        events.onBytes(bytes);
      });
      socket.once('close', () => {
        clearTimeout(deaf);
        events.onEnd();
      });
      resolve(
        ok({
          send: (bytes) => void socket.write(bytes),
          close: async () => void socket.destroy(),
        }),
      );
    });
  });
}
