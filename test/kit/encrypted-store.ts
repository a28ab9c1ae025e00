/** Set up before each file of the suite `store-encrypted`: the store's own tests, with a key. */
import { randomBytes } from 'node:crypto';
import { setStoreKey } from '../../src/main/engine/store/driver.ts';

const set = setStoreKey(randomBytes(32));
if (!set.ok) throw new Error(set.fault.text);
