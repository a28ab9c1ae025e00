import { textId } from '../../shared/domain/ids.ts';
import type { NewEvent } from '../../shared/journal/events.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import { saltText } from '../engine/journal/typed-text.ts';
import type { Loaded } from '../engine/reference/load-request.ts';
import { openJournal } from '../engine/segments/open-journal.ts';
import type { Terminal } from './command.ts';

const CONSOLE = { type: 'console' } as const;

/** Journals that somebody took a staged version, while no console works on the folder. */
export function putInForce(
  dir: string,
  console: string,
  { changed, dataset, hash, refusedCount, rows, version }: Loaded,
  { by, reason: why }: { readonly by: string; readonly reason: string | null },
  terminal: Terminal,
): Result<null> {
  const opened = openJournal(dir, console, `import-${process.pid}`, (line) => {
    terminal.err(`twoline: ${line}`);
  });
  if (!opened.ok) return opened;
  const { db, journal, projector, segments } = opened.value;
  const text = why === null ? null : saltText(why, (size) => terminal.randomBytes(size));
  const reason = textId(journal.epoch, journal.seq + 1);
  const took = refusedCount > 0 ? ('good-rows' as const) : ('all' as const);
  const told = { dataset, version, rows, changed, refused: refusedCount, hash, took, by };
  const events: NewEvent[] = [];
  if (text !== null) {
    const kept = { text: reason, length: text.body.length, saltedHash: text.saltedHash };
    events.push({ kind: 'text.kept', data: kept });
  }
  const data = text === null ? told : { ...told, reason };
  events.push({ kind: 'dataset.in-force', data });
  const atMs = Math.max(journal.lastAtMs, Math.round(terminal.nowMs()));
  const stamp = { atMs, monoMs: terminal.monoMs(), actor: CONSOLE, cause: null };
  try {
    db.transaction(() => {
      for (const event of events) projector.apply(journal.append(event, stamp));
      projector.mark(journal.seq);
      if (text !== null) {
        db.write<[string, Buffer, string]>(
          'INSERT INTO typed_text (text, salt, body) VALUES (?, ?, ?)',
        ).run(reason, Buffer.from(text.saltHex, 'hex'), text.body);
      }
    });
    return ok(null);
  } finally {
    segments.close();
  }
}
