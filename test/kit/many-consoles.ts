import { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import type { SyncState } from '../../src/main/engine/sync/sync-state.ts';
import { QUICK_LIMITS } from './centre.ts';
import { LiveUpload } from './live-upload.ts';
import { MemoryJournal } from './memory-journal.ts';
import type { TlsCentre } from './tls-centre.ts';

/** A console with a login, a certificate and a journal of its own. */
export interface OneConsole {
  readonly id: string;
  readonly journal: MemoryJournal;
  readonly port: PgCentre;
}

/** How several consoles did that sent all they had at once. */
export interface Drained {
  readonly seconds: number;
  /** The rate of the slowest by that of the fastest: 1 when none had to wait for another. */
  readonly fairness: number;
  /** Every state that any of them was in. */
  readonly states: readonly SyncState[];
}

/** Enrols so many consoles, `D1` and on, each with as many events. */
export async function enrolMany(
  tls: TlsCentre,
  count: number,
  events: number,
): Promise<OneConsole[]> {
  const consoles: OneConsole[] = [];
  for (let i = 1; i <= count; i += 1) {
    const id = `D${i}`;
    const journal = new MemoryJournal(id);
    journal.grow(events);
    const target = tls.target(await tls.centre.running.enrol(id));
    consoles.push({ id, journal, port: new PgCentre(target, QUICK_LIMITS, `boot-${id}`) });
  }
  return consoles;
}

/** Lets them all send at once, each by an uploader of its own, until the centre has everything. */
export async function drainMany(consoles: readonly OneConsole[]): Promise<Drained> {
  const startedMs = performance.now();
  const uploads = consoles.map(({ journal, port }) => new LiveUpload(journal, port));
  const rates = await Promise.all(
    uploads.map(async (upload, i) => {
      await upload.inStep();
      return consoles[i]!.journal.rows.length / (performance.now() - startedMs);
    }),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  for (const { uploader } of uploads) await uploader.stop();
  const fairness = Math.min(...rates) / Math.max(...rates);
  return { seconds, fairness, states: uploads.flatMap(({ states }) => states) };
}
