import { eventKey } from '../../../shared/domain/ids.ts';
import { hkDay } from '../../../shared/lib/hk-time.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/**
 * Which days a board's missing or lost records can belong to, so that a day's report can say
 * whether it is complete. The records of a gap were made between the last one heard before it and
 * the moment the gap was found. `board_gap` says which gaps are still open.
 */
const ddl = `
CREATE TABLE board_hole (
  key INTEGER PRIMARY KEY,
  board TEXT NOT NULL,
  from_index INTEGER NOT NULL,
  to_index INTEGER NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  lost INTEGER NOT NULL
) STRICT;
CREATE INDEX board_hole_board ON board_hole (board, from_index);
CREATE INDEX board_hole_lost ON board_hole (to_day) WHERE lost = 1;
CREATE TABLE board_absence (
  board TEXT PRIMARY KEY,
  since_day TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/**
 * Holes that are not filled, those that end where a board's next hole may begin, and those that a
 * passage under way is judged by.
 */
const OPEN_HOLE = `EXISTS (SELECT 1 FROM board_gap g WHERE g.board = board_hole.board
    AND g.from_index <= board_hole.to_index AND g.to_index >= board_hole.from_index)
  OR (lost = 0 AND to_index >= (SELECT b.last_index FROM board b WHERE b.board = board_hole.board))
  OR key > (SELECT min(r.key) FROM reservation r)`;

/** Before every day: for a board that was never heard. */
const EVER = '0000-00-00';

function statements(db: WritableDb) {
  return {
    add: db.write<[number, string, number, number, string, string, number]>(
      `INSERT INTO board_hole (key, board, from_index, to_index, from_day, to_day, lost)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    drop: db.write<[string]>('DELETE FROM board_hole WHERE board = ? AND lost = 0'),
    earliest: db.query<[string, number, number], { day: string | null }>(
      `SELECT min(from_day) AS day FROM board_hole
       WHERE board = ? AND lost = 0 AND from_index <= ? AND to_index >= ? - 1`,
    ),
    heard: db.query<[string], { last_read_ms: number | null }>(
      'SELECT last_read_ms FROM board WHERE board = ?',
    ),
    absent: db.write<[string, string]>(
      'INSERT INTO board_absence (board, since_day) VALUES (?, ?) ON CONFLICT (board) DO NOTHING',
    ),
    present: db.write<[string]>('DELETE FROM board_absence WHERE board = ?'),
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  /** The earliest day on which a record of this range can have been made. */
  const since = (board: string, from: number, to: number): string => {
    const heardMs = sql.heard.get(board)?.last_read_ms ?? null;
    const heard = heardMs === null ? EVER : hkDay(heardMs);
    // A range that goes on where an older hole ended is as old as that one.
    const older = sql.earliest.get(board, to, from)?.day ?? heard;
    return [older, heard].sort()[0] ?? EVER;
  };
  return {
    'board.gap': (event) => {
      const { board, from, to } = event.data;
      const key = eventKey(event.epoch, event.seq);
      sql.add.run(key, board, from, to, since(board, from, to), hkDay(event.at), 0);
    },
    'board.lost': (event) => {
      const { board, from, to, cleared } = event.data;
      const day = hkDay(event.at);
      const key = eventKey(event.epoch, event.seq);
      if (to >= from) sql.add.run(key, board, from, to, since(board, from, to), day, 1);
      if (cleared) sql.drop.run(board);
    },
    'board.state': (event) => {
      const { board, online } = event.data;
      if (online) sql.present.run(board);
      else sql.absent.run(board, hkDay(event.at));
    },
  };
}

/** Applied after `device`, whose boards it looks at. */
export const coverage: Projection = {
  name: 'coverage',
  tables: { board_hole: { where: OPEN_HOLE }, board_absence: 'all' },
  ddl,
  appliers,
};
