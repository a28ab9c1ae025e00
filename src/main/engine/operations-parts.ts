import { createDevices } from './devices/start-devices.ts';
import type { LoaderParts, LoaderTiming } from './reference/loader.ts';
import { openJournal } from './segments/open-journal.ts';
import { startCheckpointer } from './store/checkpointer.ts';
import { type SpaceOf, spaceOf } from './store/disk-space.ts';
import type { LongLog } from './store/wal-watch.ts';
import { startCentre } from './sync/start-centre.ts';

/**
 * What the engine reaches the world by: files, sockets, threads. A simulation puts its own in their
 * place, everything else in the engine is as ever.
 */
export interface OperationsParts {
  readonly openJournal: typeof openJournal;
  readonly createDevices: typeof createDevices;
  readonly startCentre: typeof startCentre;
  readonly startCheckpointer: typeof startCheckpointer;
  readonly loader?: LoaderParts | undefined;
  readonly loaderTiming?: LoaderTiming | undefined;
  /** When the journal's write-ahead log is told to be long. */
  readonly longLog?: LongLog | undefined;
  /** How far the journal has come is noted outside of its folder, where it is a real zone's. */
  readonly guard?: boolean | undefined;
  /** The room on the journal's disk, asked for so often; absent: nobody looks after it. */
  readonly disk?: { readonly spaceOf: SpaceOf; readonly everyMs?: number | undefined } | undefined;
}

export const realParts: OperationsParts = {
  openJournal,
  createDevices,
  startCentre,
  startCheckpointer,
  disk: { spaceOf },
  guard: true,
};
