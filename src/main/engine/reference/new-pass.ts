import type { Permit } from '../../../shared/domain/permit.ts';
import type { ReadableDb } from '../store/database.ts';

/** When the permit of the same id that is in force began and ends, ms, and which trade it names. */
interface Running {
  readonly valid_to_ms: number;
  readonly trade: string | null;
}

/** What is wrong with a new pass; null where nothing is. */
export type NewPassCheck = (row: Permit) => string | null;

/**
 * A special pass names a trade of the admission list. A trade that was struck off gives no new
 * passes and lets running ones end: a pass that is in force may stay as it is and may be cut short,
 * but not begin, be prolonged or take up another trade once its trade is off the list. What counts
 * is the moment from which it is new. Without an admission list in force nothing is asked.
 */
export function newPassCheck(
  db: ReadableDb,
  permitsInForce: number,
  admissionList: number,
): NewPassCheck {
  if (admissionList === 0) return () => null;
  const inForce = 'from_version <= ? AND (to_version IS NULL OR to_version > ?)';
  const running = db.query<[string, number, number], Running>(
    `SELECT valid_to_ms, trade FROM permit WHERE permit = ? AND ${inForce} LIMIT 1`,
  );
  const listed = db.query<[string, number, number, number, number], { trade: string }>(
    `SELECT trade FROM admitted_trade WHERE trade = ? AND from_ms <= ?
     AND (to_ms IS NULL OR to_ms > ?) AND ${inForce} LIMIT 1`,
  );
  return ({ class: of, permit, trade, validFromMs, validToMs }) => {
    if (of !== 'special-pass') return null;
    if (trade === null) return 'a special pass names its trade';
    const now = running.get(permit, permitsInForce, permitsInForce);
    const isSame = now?.trade === trade;
    if (isSame && validToMs <= now.valid_to_ms) return null;
    const newFromMs = isSame ? Math.max(validFromMs, now.valid_to_ms) : validFromMs;
    const found = listed.get(trade, newFromMs, newFromMs, admissionList, admissionList);
    if (found !== undefined) return null;
    const from = new Date(newFromMs).toISOString().slice(0, 16);
    return `${trade} is not on the admission list at ${from}Z, when this pass would be new`;
  };
}
