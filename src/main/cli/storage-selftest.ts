import { percentFree, spaceOf } from '../engine/store/disk-space.ts';
import { judgeSyncs, measureSyncs, type SyncVerdict } from '../engine/store/storage-selftest.ts';
import { type Command, EXIT, sayFault } from './command.ts';
import { findFolder } from './data-folder.ts';

const SAID: Readonly<Record<SyncVerdict, string | null>> = {
  good: null,
  slow:
    'the disk is slow: of a hundred commits one takes longer than a person at a gate should ' +
    'wait; give the data folder a faster disk, or end what else writes to this one',
  implausible:
    'the disk is faster than a disk can be: it may say that it has written what a power cut ' +
    'would lose; see that its write cache has power of its own, or turn the cache off',
};

export const storageSelftest: Command = {
  words: ['storage-selftest'],
  places: ['DIR'],
  options: { json: { type: 'boolean' } },
  takes: 'DIR [--json]',
  summary: 'measure how long the disk takes to keep a commit; exit 1 when slow or implausible',
  async run(given, terminal) {
    const folder = findFolder(given.places[0] ?? '', 'name the one that is to hold the journal');
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const dir = folder.value;
    try {
      const times = measureSyncs(dir, () => terminal.monoMs());
      const verdict = judgeSyncs(times);
      const space = await spaceOf(dir);
      if (given.flag('json')) terminal.out(JSON.stringify({ ...times, verdict, ...space }));
      else {
        terminal.out(`commits ${times.syncs}`);
        terminal.out(`half within ${times.p50Ms.toFixed(3)} ms`);
        terminal.out(`99 of 100 within ${times.p99Ms.toFixed(3)} ms`);
        terminal.out(`slowest ${times.slowestMs.toFixed(3)} ms`);
        terminal.out(`free ${percentFree(space).toFixed(0)} %`);
      }
      const said = SAID[verdict];
      if (said === null) return EXIT.ok;
      terminal.err(`twoline: ${said} (storage-${verdict})`);
      return EXIT.found;
    } catch (error) {
      const text = `the folder cannot be written (${(error as Error).message}): see its rights \
and its room`;
      return sayFault(terminal, { code: 'folder-unusable', text, where: dir });
    }
  },
};
