/**
 * The wires that OSDP devices hang on. A network connection is node:net; a serial port is the
 * serialport library, loaded when it is first needed, so that a machine on which it does not load
 * still runs the console. Neither mends itself: the line opens it anew.
 */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { SiteOsdpLine } from '../../../../shared/domain/site-board.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
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
  return 'path' in line ? openSerial(line, events) : openTcp(line, events, timing);
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

const NO_LIBRARY =
  'serial lines cannot be used: the serialport library does not load. Mend it with: npm ci';
const NO_RIGHTS =
  'this user may not open the serial port. Mend it with: sudo usermod -aG dialout "$USER", ' +
  'then log in again';

type SerialLibrary = Pick<typeof import('serialport'), 'SerialPort'>;

async function openSerial(
  { baudRate, path }: Extract<SiteOsdpLine, { path: string }>,
  events: WireEvents,
): Promise<Result<Wire>> {
  let library: SerialLibrary;
  try {
    library = await import('serialport');
  } catch (error) {
    return fail('no-library', `${NO_LIBRARY} (${(error as Error).message})`, path);
  }
  const port = new library.SerialPort({ path, baudRate, autoOpen: false });
  const opened = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (opened !== null) return serialFault(path, opened);
  port.on('error', () => {});
  port.on('data', (bytes: Uint8Array) => events.onBytes(bytes));
  port.once('close', () => events.onEnd());
  return ok({
    send: (bytes) => void port.write(bytes),
    close: () => new Promise((resolve) => port.close(() => resolve())),
  });
}

async function serialFault(path: string, { message }: Error): Promise<Result<never>> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code === 'EACCES') return fail('no-rights', NO_RIGHTS, path);
    if (code === 'ENOENT') {
      const text = `there is no serial port ${path}: plug it in; ls /dev/serial/by-id names them`;
      return fail('no-line', text, path);
    }
  }
  return fail('no-line', `${path} cannot be opened: ${message}`, path);
}
