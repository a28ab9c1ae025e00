import { onTestFinished } from 'vitest';
import {
  type Holder,
  type SmallZone,
  type SmallZoneOptions,
  startSmallZone,
} from './small-zone.ts';
import { ZoneJournal } from './zone-journal.ts';

/** A small zone with a reader on its journal; both are closed when the running test ends. */
export async function startWatchedZone(
  holders: readonly Holder[],
  options?: SmallZoneOptions,
): Promise<{ zone: SmallZone; journal: ZoneJournal }> {
  const zone = await startSmallZone(holders, options);
  const journal = new ZoneJournal(zone.dataDir);
  onTestFinished(async () => {
    journal.close();
    await zone.close();
  });
  return { zone, journal };
}
