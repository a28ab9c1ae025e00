import { once } from 'node:events';
import { connect } from 'node:net';
import type { Desktop, Order } from './orders.ts';
import { ordersPath } from './profile-paths.ts';

/** Gives the double of a running console an order; rejects with what it says is wrong. */
export async function giveDesktopOrder(userData: string, order: Order): Promise<Desktop> {
  const socket = connect(ordersPath(userData));
  let text = '';
  socket.on('data', (data: Buffer) => {
    text += data.toString();
  });
  socket.write(JSON.stringify(order));
  await once(socket, 'end');
  const answer = JSON.parse(text) as Desktop & { readonly fault?: string };
  if (answer.fault !== undefined) throw new Error(answer.fault);
  return answer;
}
