import { join } from 'node:path';

/** Where a double hears orders: beside its profile, as a socket of this machine. */
export function ordersPath(userData: string): string {
  return join(userData, 'double.sock');
}

/** Where a double puts what its windows save: nobody is asked for a place. */
export function downloadsPath(userData: string): string {
  return join(userData, 'downloads');
}
