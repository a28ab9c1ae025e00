import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JournalAppender } from '../../src/main/engine/journal/append.ts';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { Projector } from '../../src/main/engine/projections/projector.ts';
import { rebuildProjections } from '../../src/main/engine/projections/rebuild.ts';
import { NextSegment } from '../../src/main/engine/segments/next-segment.ts';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { segmentPath } from '../../src/main/engine/store/segment-files.ts';
import type { JournalEvent, NewEvent } from '../../src/shared/journal/events.ts';
import type { Result } from '../../src/shared/lib/result.ts';
import type { KitEvent } from './history.ts';

/** A data folder with a journal that a test writes by itself, without an engine. */
export interface KitJournal {
  readonly dir: string;
  readonly path: string;
  readonly db: WritableDb;
  readonly segments: Segments;
  /** Appends and projects in one transaction, as the step does. */
  write(events: readonly KitEvent[]): JournalEvent[];
  /** The same, in transactions of so many events. */
  writeAll(events: readonly KitEvent[], perTransaction?: number): void;
  /** One event by itself, at a moment. */
  add(event: NewEvent, atMs: number): JournalEvent;
  /** The same, going on in another file wherever a segment is sealed, as the engine does. */
  writeRolling(events: readonly KitEvent[]): void;
  /** Lets the journal go on in another file; `meanwhile` between preparing it and the change. */
  roll(at?: { readonly atMs: number; readonly monoMs: number }, meanwhile?: () => void): void;
  /** Closes the databases and leaves the folder. */
  close(): void;
  remove(): void;
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

export function kitJournal(): KitJournal {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-journal-'));
  const path = segmentPath(dir, 1);
  const db = value(openWriter(path, journalSchema));
  rebuildProjections(db, db, 0);
  const projector = new Projector(db);
  const segments = new Segments([db]);
  let journal = new JournalAppender(db, 'console-1', 'boot-1');
  const write = (events: readonly KitEvent[]) =>
    db.transaction(() => {
      const written = events.map(({ event, atMs, monoMs, boot, actor }) => {
        if (journal.boot !== boot) journal = new JournalAppender(db, 'console-1', boot);
        const full = journal.append(event, { atMs, monoMs, actor, cause: null });
        projector.apply(full);
        return full;
      });
      projector.mark(journal.seq);
      return written;
    });
  const one = (event: NewEvent, atMs: number): KitEvent => ({
    ...{ event, atMs, monoMs: 1, boot: journal.boot },
    actor: { type: 'console' },
  });
  return {
    ...{ dir, path, db, segments, write },
    writeAll(events, perTransaction = 50) {
      for (let at = 0; at < events.length; at += perTransaction) {
        write(events.slice(at, at + perTransaction));
      }
    },
    add(event, atMs) {
      const [full] = write([one(event, atMs)]);
      if (full === undefined) throw new Error('nothing was written');
      return full;
    },
    writeRolling(events) {
      let waiting: KitEvent[] = [];
      for (const one of events) {
        if (one.event.kind !== 'segment.sealed') {
          waiting.push(one);
          continue;
        }
        this.writeAll(waiting);
        waiting = [];
        this.roll(one);
      }
      this.writeAll(waiting);
    },
    roll({ atMs, monoMs } = { atMs: journal.lastAtMs, monoMs: 1 }, meanwhile) {
      const ordinal = segments.live.ordinal + 1;
      const path = segmentPath(dir, ordinal);
      const next = NextSegment.begin(path, { db, journal, projector }, ordinal);
      while (next.prepare());
      meanwhile?.();
      const clock = { wallMs: () => atMs, monoMs: () => monoMs, speed: () => 1 };
      segments.rolled(next.goOn(segments.live, 'size', clock), db);
    },
    close: () => segments.close(),
    remove() {
      segments.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
