import type { CorrectionRow } from '../../../shared/contract/people-queries.ts';
import type { FactCorrectionColumns } from './fact-correction.ts';
import type { JournalFiles } from './journal-files.ts';
import { TypedTexts } from './typed-texts.ts';

/** The contract's form of corrections, with what people typed of them. */
export function correctionRows(
  segments: JournalFiles,
  rows: readonly FactCorrectionColumns[],
): CorrectionRow[] {
  const texts = new TypedTexts(segments);
  return rows.map((row) => {
    const { correction, crossing, fact, person, state } = row;
    const { settled_by: by, settled_ms: atMs, settled_reason: settledReason } = row;
    const values = { before: JSON.parse(row.before), after: JSON.parse(row.after) };
    const asked = { askedMs: row.asked_ms, askedBy: row.asked_by };
    const askedReason = texts.of(row.asked_reason);
    const settled = atMs === null ? null : { atMs, by, reason: texts.of(settledReason) };
    const told = { correction, crossing, person, fact, state, ...values, ...asked };
    return { ...told, askedReason, settled } as CorrectionRow;
  });
}
