import { randomBytes } from 'node:crypto';
import { setStoreKey } from '../../src/main/engine/store/driver.ts';
import { encryptDatabase } from '../../src/main/engine/store/encrypt-database.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { Contest, empty, ROUND_SECONDS } from './admit.ts';
import { BareWriter } from './bare-writer.ts';
import type { BenchContext } from './context.ts';
import { median } from './figures.ts';
import { permitStore } from './permits.ts';
import type { Figure } from './row.ts';
import { admittedBy } from './write-log.ts';

/**
 * What encryption costs: the rows of the very transactions that admit people, written into an
 * encrypted file and into a plain one, in turn.
 */
export async function measureEncrypted(context: BenchContext): Promise<Figure[]> {
  const permits = permitStore(context.permits, context.say);
  const { path, loaded } = empty(permits);
  const encrypted = encryptedTwin(path);
  const contest = new Contest(loaded, permits, path);
  const times: number[] = [];
  await encrypted.repeat(await contest.round(false));
  for (let round = 0; round < context.seconds / ROUND_SECONDS; round += 1) {
    const transactions = await contest.round(true);
    const took = await encrypted.repeat(transactions);
    for (const [at, transaction] of transactions.entries()) {
      if (admittedBy(transaction) > 0) times.push(must(took[at], 'time'));
    }
  }
  await encrypted.close();
  const wrong = await contest.close(true);
  const [value, bare] = [median(times), median(contest.times.bare)];
  const bar = { ratioAtLeast: 0.5 };
  return [{ row: 'admit-encrypted', unit: 'ms', better: 'less', value, bare, bar, wrong }];
}

/** Its thread has the key as well; all that is opened afterwards is plain again. */
function encryptedTwin(path: string): BareWriter {
  const twin = `${path}.encrypted`;
  const set = setStoreKey(randomBytes(32));
  if (!set.ok) throw new Error(set.fault.text);
  encryptDatabase(path, twin);
  const writer = new BareWriter(twin);
  setStoreKey(null);
  return writer;
}
