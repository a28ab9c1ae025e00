import { join } from 'node:path';
import { decodeStrict } from '../../src/main/engine/journal/read.ts';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import type { EventData, EventKind, JournalEvent } from '../../src/shared/journal/events.ts';
import { value } from './journal-kit.ts';
import { until } from './waiting.ts';

/** Looks into the journal of a running engine by a connection of its own. */
export class ZoneJournal {
  readonly db: ReadableDb;

  constructor(dataDir: string) {
    this.db = value(openReader(join(dataDir, 'journal.db'), journalSchema));
  }

  /** Every event after a seq, strictly read: each must fit its schema. */
  events(after = 0): JournalEvent[] {
    return this.db
      .query<[number], { body: string }>('SELECT body FROM journal WHERE seq > ? ORDER BY seq')
      .all(after)
      .map(({ body }) => decodeStrict(body) as JournalEvent);
  }

  all<K extends EventKind>(kind: K, after = 0): Extract<JournalEvent, { kind: K }>[] {
    return this.events(after).filter(
      (event): event is Extract<JournalEvent, { kind: K }> => event.kind === kind,
    );
  }

  head(): number {
    return this.number('SELECT coalesce(max(seq), 0) AS n FROM journal');
  }

  /** The one number `n` of a query. */
  number(sql: string): number {
    return this.db.query<[], { n: number }>(sql).get()?.n ?? 0;
  }

  /** Resolves with the first event of a kind after a seq that fits. */
  async first<K extends EventKind>(
    kind: K,
    fits: (data: EventData<K>) => boolean = () => true,
    { after = 0, limitMs = 10_000 }: { after?: number; limitMs?: number } = {},
  ): Promise<Extract<JournalEvent, { kind: K }>> {
    let found: Extract<JournalEvent, { kind: K }> | undefined;
    let looked = -1;
    const look = () => {
      const head = this.head();
      if (head === looked) return false;
      looked = head;
      found = this.all(kind, after).find((event) => fits(event.data as EventData<K>));
      return found !== undefined;
    };
    await until(`${kind} in the journal`, look, limitMs);
    return found as Extract<JournalEvent, { kind: K }>;
  }

  close(): void {
    this.db.close();
  }
}
