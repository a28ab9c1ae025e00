/**
 * One TCP connection to a module, over modbus-serial. The socket is ours: the library neither
 * limits the time of connecting nor ever connects again, and ends a socket so that the system goes
 * on sending what it still holds; a gate could open minutes after its command.
 */
import { Socket } from 'node:net';
import ModbusRTU from 'modbus-serial';
import type { Place } from '../../../../shared/domain/modbus-modules.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { faultOf } from './faults.ts';
import type { Read } from './plan.ts';

export interface LinkPlace {
  readonly address: string;
  readonly port: number;
  readonly unit: number;
}

export interface LinkTiming {
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

export class ModbusLink {
  readonly #socket: Socket;
  readonly #client: ModbusRTU;
  readonly #unit: number;
  /** Settles the one request under way. */
  #onLost = (): void => {};
  /** Resolves when the connection is gone. */
  readonly gone: Promise<void>;

  private constructor(socket: Socket, client: ModbusRTU, unit: number) {
    this.#socket = socket;
    this.#client = client;
    this.#unit = unit;
    this.gone = new Promise((resolve) => {
      const gone = (): void => {
        this.#onLost();
        resolve();
      };
      socket.once('close', gone);
      if (socket.destroyed) gone();
    });
  }

  /** Fails with `unreachable`, or `silent` where nobody took the connection in time. */
  static async open(place: LinkPlace, timing: LinkTiming): Promise<Result<ModbusLink>> {
    const { address, port, unit } = place;
    const connected = await connect(address, port, timing.connectTimeoutMs);
    if (!connected.ok) return connected;
    const socket = connected.value;
    const client = new ModbusRTU();
    client.on('error', () => {});
    try {
      await client.linkTCP(socket, { port });
    } catch (error) {
      socket.resetAndDestroy();
      return fail('unreachable', `the connection was lost (${String(error)})`);
    }
    client.setID(unit);
    client.setTimeout(timing.requestTimeoutMs);
    return ok(new ModbusLink(socket, client, unit));
  }

  async read(read: Read): Promise<Result<readonly number[]>> {
    const { at, count } = read;
    return this.#ask(read, async () => {
      switch (read.table) {
        case 'coil':
          return bits(await this.#client.readCoils(at, count), count);
        case 'discrete':
          return bits(await this.#client.readDiscreteInputs(at, count), count);
        case 'holding':
          return (await this.#client.readHoldingRegisters(at, count)).data;
        case 'input':
          return (await this.#client.readInputRegisters(at, count)).data;
      }
    });
  }

  /** Writes one coil (0 or 1) or one holding register. */
  async write(place: Place, value: number): Promise<Result<null>> {
    return this.#ask(place, async () => {
      const { at, table } = place;
      const echo =
        table === 'coil'
          ? await this.#client.writeCoil(at, value === 1)
          : await this.#client.writeRegister(at, value);
      const said = 'state' in echo ? Number(echo.state) : echo.value;
      if (echo.address !== at || said !== value) throw new Error('it repeats another request');
      return null;
    });
  }

  /** One request: what the library throws becomes a fault; a lost connection is seen at once. */
  #ask<T>(place: Place, run: () => Promise<T>): Promise<Result<T>> {
    return new Promise((resolve) => {
      this.#onLost = () => resolve(fail('dropped', 'the connection was lost'));
      if (this.#socket.destroyed) this.#onLost();
      run().then(
        (value) => resolve(ok(value)),
        (error: unknown) => resolve({ ok: false, fault: faultOf(error, place, this.#unit) }),
      );
    });
  }

  /** Ends it at once; what the system has not sent yet is thrown away, never sent later. */
  end(): void {
    if (!this.#socket.destroyed) this.#socket.resetAndDestroy();
  }
}

function bits({ data }: { readonly data: readonly boolean[] }, count: number): number[] {
  return data.slice(0, count).map(Number);
}

function connect(address: string, port: number, timeoutMs: number): Promise<Result<Socket>> {
  const socket = new Socket();
  socket.setNoDelay(true);
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      socket.destroy();
      resolve(fail('silent', 'nobody takes the connection'));
    }, timeoutMs);
    socket.on('error', (error) => {
      clearTimeout(late);
      const { code = error.message } = error as NodeJS.ErrnoException;
      resolve(fail('unreachable', `the connection is refused or has no way there (${code})`));
    });
    socket.connect(port, address, () => {
      clearTimeout(late);
      resolve(ok(socket));
    });
  });
}
