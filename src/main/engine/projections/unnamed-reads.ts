import {
  type CrossingId,
  crossingOfKey,
  type PassageId,
  passageOfKey,
} from '../../../shared/domain/ids.ts';
import { minutesOfForms, spanOfForm } from '../../../shared/domain/paper-form.ts';
import type { ReadableDb } from '../store/database.ts';

/** Two are as many as a hundred: nobody can tell which. */
const MOST = 9;

type Of = [lane: string, direction: string, fromMs: number, toMs: number];
interface Found {
  readonly key: number;
}

/** What of passages at open gates and of forms may be one and the same: at most nine. */
export function unnamedReads(db: ReadableDb) {
  const passages = db.query<Of, Found>(
    `SELECT key FROM unnamed_passage
     WHERE lane = ? AND direction = ? AND happened_ms >= ? AND happened_ms < ?
     ORDER BY happened_ms, key LIMIT ${MOST}`,
  );
  const forms = db.query<[...Of, number], Found>(
    `SELECT key FROM paper_crossing
     WHERE lane = ? AND direction = ? AND minute_ms >= ? AND minute_ms < ?
       AND at_ms >= ? AND taken = 0
     ORDER BY minute_ms, key LIMIT ${MOST}`,
  );
  return {
    /** Passages without a name that a form may tell of. */
    passages: (lane: string, direction: string, formMs: number): readonly PassageId[] => {
      const { fromMs, toMs } = spanOfForm(formMs);
      return passages.all(lane, direction, fromMs, toMs).map(({ key }) => passageOfKey(key));
    },
    /** Forms without their passage, keyed in after this one happened, that may tell of it. */
    forms: (lane: string, direction: string, passageMs: number): readonly CrossingId[] => {
      const { fromMs, toMs } = minutesOfForms(passageMs);
      const found = forms.all(lane, direction, fromMs, toMs, passageMs);
      return found.map(({ key }) => crossingOfKey(key));
    },
  };
}
