import { userOf } from '../../../shared/journal/envelope.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';
import { happenedMs } from './projection.ts';

/** Numbered paper forms: who has them, and what became of each. */
const ddl = `
CREATE TABLE paper_form (
  series TEXT NOT NULL,
  number INTEGER NOT NULL,
  checkpoint TEXT,
  holder TEXT NOT NULL,
  handed_ms INTEGER NOT NULL,
  handed_by TEXT,
  state TEXT NOT NULL,
  crossing TEXT,
  writer TEXT,
  happened_ms INTEGER,
  -- When it was keyed in, or said to be void; and by whom.
  settled_ms INTEGER,
  settled_by TEXT,
  PRIMARY KEY (series, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_form_out ON paper_form (series, number) WHERE state = 'out';
CREATE INDEX paper_form_settled ON paper_form (series, number) WHERE state <> 'out';
CREATE INDEX paper_form_void ON paper_form (series) WHERE state = 'void';
CREATE INDEX paper_form_crossing ON paper_form (crossing) WHERE crossing IS NOT NULL;
`;

function appliers(db: WritableDb): Appliers {
  const out = db.write<[string, number, string | null, string, number, string | null]>(
    `INSERT OR IGNORE INTO paper_form (series, number, checkpoint, holder, handed_ms, handed_by,
       state)
     VALUES (?, ?, ?, ?, ?, ?, 'out')`,
  );
  type Settled = [...[string, string | null, string | null, number | null, number, string | null]];
  const settle = db.write<[...Settled, string, number]>(
    `UPDATE paper_form SET state = ?, crossing = ?, writer = ?, happened_ms = ?, settled_ms = ?,
       settled_by = ? WHERE series = ? AND number = ?`,
  );
  return {
    'paper.handed-out': ({ actor, at, data }) => {
      const by = userOf(actor);
      const { checkpoint, from, holder, series, to } = data;
      for (let number = from; number <= to; number += 1) {
        out.run(series, number, checkpoint, holder, at, by);
      }
    },
    'paper.voided': ({ actor, at, data: { series, number } }) => {
      const by = userOf(actor);
      settle.run('void', null, null, null, at, by, series, number);
    },
    'crossing.recorded': (event) => {
      const { actor, at, data } = event;
      if (data.paper === undefined) return;
      const { number, series, writer } = data.paper;
      const by = userOf(actor);
      settle.run('keyed', data.crossing, writer, happenedMs(event), at, by, series, number);
    },
  };
}

/** Each number is given out once: the forms go over from segment to segment. */
export const paper: Projection = {
  name: 'paper',
  tables: { paper_form: 'all' },
  ddl,
  appliers,
};
