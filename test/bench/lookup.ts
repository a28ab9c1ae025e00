import { ReferenceLookup } from '../../src/main/engine/reference/lookup.ts';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import { NO_DATASETS } from '../../src/shared/domain/permit.ts';
import { seededRng } from '../../src/shared/lib/rng.ts';
import type { BenchContext } from './context.ts';
import { percentile } from './figures.ts';
import { permitStore } from './permits.ts';
import type { Figure } from './row.ts';
import { credentialOf } from './zone.ts';

const ROUNDS = 40;
const PER_ROUND = 1_000;
const IN_FORCE = { ...NO_DATASETS, permits: 1 };

/** A badge's permit, found among all of them, beside the bare row by its index. */
export function measureLookup(context: BenchContext): Figure[] {
  const permits = permitStore(context.permits, context.say);
  const open = () => {
    const opened = openReader(permits.referencePath, referenceSchema);
    if (!opened.ok) throw new Error(opened.fault.text);
    return opened.value;
  };
  const [ours, bare] = [open(), open()];
  const lookup = new ReferenceLookup(ours);
  const row = bare.query<[string], { permit: string }>('SELECT * FROM permit WHERE credential = ?');
  const rng = seededRng('lookup');
  const times = { ours: [] as number[], bare: [] as number[] };
  let missed = 0;
  const probe = (into: number[], find: (credential: string) => unknown) => {
    const credential = credentialOf(rng.below(permits.count));
    const beganMs = performance.now();
    const found = find(credential);
    into.push((performance.now() - beganMs) * 1000);
    if (found === null || found === undefined) missed += 1;
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let n = 0; n < PER_ROUND; n += 1) {
      probe(times.ours, (credential) =>
        lookup.steadily(() => lookup.permitOfCredential(credential, IN_FORCE)),
      );
    }
    for (let n = 0; n < PER_ROUND; n += 1) {
      probe(times.bare, (credential) => row.get(credential));
    }
  }
  ours.close();
  bare.close();
  const wrong = missed === 0 ? null : `${missed} permits were not found`;
  const both = { unit: 'µs', better: 'less', wrong } as const;
  const at = (share: number) => ({
    value: percentile(times.ours, share),
    bare: percentile(times.bare, share),
  });
  return [
    { ...both, ...at(0.5), row: 'lookup-p50', bar: {} },
    { ...both, ...at(0.99), row: 'lookup-p99', bar: { atMost: 50 } },
  ];
}
