/**
 * A serial port of this machine. The serialport library is loaded when it is first needed, so that
 * a machine on which it does not load still runs the console.
 */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';

export interface PortEvents {
  onBytes(bytes: Uint8Array): void;
  /** It ended by itself; nothing comes after. */
  onEnd(): void;
}

export interface OpenPort {
  send(bytes: Uint8Array): void;
  close(): Promise<void>;
}

const NO_LIBRARY =
  'serial lines cannot be used: the serialport library does not load. Mend it with: npm ci';
export const NO_PORT_RIGHTS =
  'this user may not open the serial port. Mend it with: sudo usermod -aG dialout "$USER", ' +
  'then log in again';

type SerialLibrary = Pick<typeof import('serialport'), 'SerialPort'>;

/** Faults: `no-line`, `no-library`, `no-rights`. */
export async function openSerialPort(
  path: string,
  baudRate: number,
  events: PortEvents,
): Promise<Result<OpenPort>> {
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
    if (code === 'EACCES') return fail('no-rights', NO_PORT_RIGHTS, path);
    if (code === 'ENOENT') {
      const text = `there is no serial port ${path}: plug it in; ls /dev/serial/by-id names them`;
      return fail('no-line', text, path);
    }
  }
  return fail('no-line', `${path} cannot be opened: ${message}`, path);
}
