import { textId } from '../../../shared/domain/ids.ts';
import type { EventData, NewEvent } from '../../../shared/journal/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import { JournalAppender } from '../journal/append.ts';
import { readHead } from '../journal/read.ts';
import type { SaltedText } from '../journal/typed-text.ts';
import { Projector } from '../projections/projector.ts';
import { segmentPath } from '../store/segment-files.ts';
import type { Guard } from './epoch-guard.ts';
import { NextSegment } from './next-segment.ts';
import type { OpenJournal } from './open-journal.ts';

export interface NewEpoch {
  /** Why, in a person's words; it goes to the erasable texts. */
  readonly reason: SaltedText;
  /** Who opened it. */
  readonly by: string;
  /** How far the journal had come, where that is known. */
  readonly guard: Guard | null;
}

/**
 * Ends a journal's epoch where it stands and begins the next one, in a file of its own: its first
 * event says from which event it goes on, and what was lost. Nothing is written into the old epoch,
 * since the centre may hold other events of it. Returns what was lost of that, null where nobody
 * knows. Throws what the store throws.
 */
export function openEpoch(opened: OpenJournal, clock: Clock, epoch: NewEpoch): Lost {
  const { dataDir, db, segments, journal } = opened;
  const parent = readHead(db);
  const ordinal = segments.live.ordinal + 1;
  const next = NextSegment.begin(segmentPath(dataDir, ordinal), opened, ordinal);
  while (next.prepare());
  // Never one that was begun before: the centre may hold events of it.
  const number = Math.max(parent.epoch, epoch.guard?.epoch ?? 0) + 1;
  const data = { ...openedData(parent, epoch), reason: textId(number, 1), by: epoch.by };
  const left = next.goOnInNewEpoch(number, (into) => {
    const appender = new JournalAppender(into, journal.console, journal.boot);
    const projector = new Projector(into);
    const stamp = { atMs: clock.wallMs(), monoMs: clock.monoMs(), actor: CONSOLE, cause: null };
    const { body, saltHex, saltedHash } = epoch.reason;
    const kept = { text: data.reason, length: body.length, saltedHash };
    const events: NewEvent[] = [
      { kind: 'epoch.opened', data },
      { kind: 'text.kept', data: kept },
    ];
    for (const event of events) projector.apply(appender.append(event, stamp));
    projector.mark(appender.seq);
    into
      .write<[string, Buffer, string]>('INSERT INTO typed_text (text, salt, body) VALUES (?, ?, ?)')
      .run(data.reason, Buffer.from(saltHex, 'hex'), body);
  });
  segments.rolled(left, db);
  journal.reload();
  return data.lost;
}

type Lost = EventData<'epoch.opened'>['lost'];

const CONSOLE = { type: 'console' } as const;

function openedData(
  { epoch, seq, hash }: ReturnType<typeof readHead>,
  { guard }: NewEpoch,
): Pick<EventData<'epoch.opened'>, 'parentEpoch' | 'parentSeq' | 'parentHash' | 'lost'> {
  const parent = { parentEpoch: epoch, parentSeq: seq, parentHash: hash.toString('hex') };
  const isLost = guard !== null && guard.epoch === epoch && guard.seq > seq;
  return { ...parent, lost: isLost ? { fromSeq: seq + 1, toSeq: guard.seq } : null };
}
