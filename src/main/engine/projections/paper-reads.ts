import type { PaperState } from '../../../shared/domain/paper-form.ts';
import type { ReadableDb } from '../store/database.ts';

interface PaperForm {
  readonly state: PaperState;
  readonly crossing: string | null;
  readonly handedMs: number;
  readonly handedBy: string | null;
}

/** What is known of paper forms. */
export function paperReads(db: ReadableDb) {
  const form = db.query<[string, number], PaperForm>(
    `SELECT state, crossing, handed_ms AS handedMs, handed_by AS handedBy FROM paper_form
     WHERE series = ? AND number = ?`,
  );
  const last = db.query<[string], { number: number | null }>(
    'SELECT max(number) AS number FROM paper_form WHERE series = ?',
  );
  return {
    form: (series: string, number: number) => form.get(series, number) ?? null,
    /** The highest number that was handed out of a series; 0 for none. */
    last: (series: string) => last.get(series)?.number ?? 0,
  };
}
