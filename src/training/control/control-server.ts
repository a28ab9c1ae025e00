import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { fail, type Result } from '../../shared/lib/result.ts';
import { Order } from './orders.ts';

const MAX_LINE = 4096;
const MAX_CONNECTIONS = 8;
/** Who was refused may read why for this long: destroyed at once, it could be lost. */
const HEARD_MS = 200;
/** Orders of one connection that may wait for their answer. */
const MAX_WAITING = 64;

export interface ControlServer {
  readonly address: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

type CarryOut = (order: Order) => Promise<Result<object>>;

async function answerTo(line: string, carryOut: CarryOut): Promise<Result<object>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return fail('order', 'a line must be one JSON object');
  }
  const order = Order.safeParse(value);
  if (!order.success) {
    const issue = order.error.issues[0];
    return fail('order', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not an order'}`);
  }
  try {
    return await carryOut(order.data);
  } catch (error) {
    return fail('order-failed', error instanceof Error ? error.message : String(error));
  }
}

function serve(socket: Socket, carryOut: CarryOut): void {
  let rest = '';
  let waiting = 0;
  let isOver = false;
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    // What comes after a refusal is dropped: a line without end may not grow our memory.
    if (isOver) return;
    rest += text;
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE || waiting + lines.length > MAX_WAITING) {
      isOver = true;
      rest = '';
      const refusal = fail('order', 'too long a line, or too many at once');
      // Ending alone would leave our reading side open for as long as the other side writes.
      socket.end(`${JSON.stringify(refusal)}\n`, () =>
        setTimeout(() => socket.destroy(), HEARD_MS),
      );
      return;
    }
    for (const line of lines) {
      if (line.trim() === '') continue;
      waiting += 1;
      void answerTo(line, carryOut).then((answer) => {
        waiting -= 1;
        if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`);
      });
    }
  });
}

/**
 * Takes orders on a free TCP port of 127.0.0.1: one JSON object a line, answered by one line
 * `{"ok":true,"value":…}` or `{"ok":false,"fault":{"code","text"}}`. Rejects when it cannot listen.
 */
export async function startControl(carryOut: CarryOut): Promise<ControlServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, carryOut);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    address: '127.0.0.1',
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
