import { expect, onTestFinished, test } from 'vitest';
import { correctionList } from '../../src/main/engine/api/correction-list.ts';
import { paperForms } from '../../src/main/engine/api/paper.ts';
import type { Sql } from '../../src/main/engine/store/database.ts';
import type { CorrectionRow } from '../../src/shared/contract/people-queries.ts';
import { CorrectionState } from '../../src/shared/domain/correction.ts';
import { type KitJournal, kitJournal, value } from '../kit/journal-kit.ts';
import { inOneAndInMany } from '../kit/one-and-many.ts';

/** A journal's files, with the rows that each question reads out of them. */
function counted({ db, segments }: KitJournal) {
  const rows: number[] = [];
  const query = (sql: string) => {
    const read = db.query<Sql[], object>(sql);
    const all = (...values: Sql[]) => {
      const found = read.all(...values);
      rows.push(found.length);
      return found;
    };
    const get = (...values: Sql[]) => read.get(...values);
    return { all, get };
  };
  const live = { ...segments.live, db: { query } };
  return { rows, db: { query } as never, segments: { live, all: [live] } as never };
}

const COUNT = 'WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000)';

test('corrections and paper forms are read a page at a time, however many there are', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  kit.db.exec(`${COUNT} INSERT INTO fact_correction (key, correction, crossing, fact, before, after,
    state, asked_ms, asked_reason)
    SELECT n, 'C0-' || n, 'X0-' || n, 'passage', '"passed"', '"not-taken"', 'asked', n, 'T1-1'
    FROM c`);
  kit.db.exec(`${COUNT} INSERT INTO paper_form (series, number, holder, handed_ms, state)
    SELECT 'A', n, '4711', 1, iif(n = 2000, 'void', iif(n = 1999, 'keyed', 'out')) FROM c`);
  const { db, rows, segments } = counted(kit);
  for (const state of [undefined, 'asked'] as const) {
    const page = value(correctionList({ segments }, { limit: 5, ...(state && { state }) }));
    expect(page).toMatchObject({ more: true, rows: { length: 5 } });
  }
  const { missing, out, series } = value(paperForms({ db }));
  expect(series).toEqual([{ series: 'A', last: 3000, out: 2998, keyed: 1, void: 1 }]);
  expect([missing, out.length, out[0]?.missing]).toEqual([1998, 500, true]);
  expect(Math.max(...rows)).toBe(500);
  expect(rows.slice(0, 2)).toEqual([6, 6]);
});

test('corrections over many files are those of one, page by page, in every state', () => {
  const told = (of: KitJournal, state: CorrectionState | undefined) => {
    const rows: CorrectionRow[] = [];
    for (let more = true; more; ) {
      const after = rows.at(-1)?.correction;
      const page = value(
        correctionList(of, { limit: 2, ...(state && { state }), ...(after && { after }) }),
      );
      rows.push(...page.rows);
      more = page.more;
    }
    return rows;
  };
  const seen = new Set<CorrectionState>();
  for (const acts of [640, 740, 860]) {
    const { one, many, remove } = inOneAndInMany(`corrections ${acts}`, acts, 0.04);
    for (const state of [undefined, ...CorrectionState.options]) {
      const rows = told(one, state);
      expect(told(many, state)).toEqual(rows);
      for (const row of rows) seen.add(row.state);
    }
    remove();
  }
  expect([...seen].sort()).toEqual(CorrectionState.options.toSorted());
}, 60_000);
