import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/**
 * Boards, readers and lanes as last heard. A board's event indexes: `last_index` is the highest
 * durable one; what is missing below it stands in `board_gap` until it comes or is declared lost.
 */
const ddl = `
CREATE TABLE board (
  board TEXT PRIMARY KEY,
  online INTEGER NOT NULL,
  version TEXT,
  text TEXT,
  last_index INTEGER NOT NULL,
  lost INTEGER NOT NULL,
  corrected_ms INTEGER,
  corrected_by_ms INTEGER,
  fire INTEGER NOT NULL,
  force_lock INTEGER NOT NULL,
  last_read_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE board_gap (
  board TEXT NOT NULL,
  from_index INTEGER NOT NULL,
  to_index INTEGER NOT NULL,
  PRIMARY KEY (board, from_index)
) STRICT, WITHOUT ROWID;
CREATE TABLE reader (
  reader TEXT PRIMARY KEY,
  online INTEGER NOT NULL,
  model TEXT,
  serial TEXT,
  text TEXT,
  last_read_ms INTEGER
) STRICT, WITHOUT ROWID;
`;

function statements(db: WritableDb) {
  return {
    boardsUnknown: db.write<[]>('UPDATE board SET online = 0'),
    readersUnknown: db.write<[]>('UPDATE reader SET online = 0'),
    seen: db.write<[string]>(
      `INSERT INTO board (board, online, last_index, lost, fire, force_lock)
       VALUES (?, 0, 0, 0, 0, 0) ON CONFLICT (board) DO NOTHING`,
    ),
    state: db.write<[number, string | null, string | null, string]>(
      'UPDATE board SET online = ?, version = coalesce(?, version), text = ? WHERE board = ?',
    ),
    corrected: db.write<[number, number, string]>(
      'UPDATE board SET corrected_ms = ?, corrected_by_ms = ? WHERE board = ?',
    ),
    inputs: db.write<[number, number, string]>(
      'UPDATE board SET fire = ?, force_lock = ? WHERE board = ?',
    ),
    index: db.write<[string, number, number]>(
      `INSERT INTO board (board, online, last_index, lost, fire, force_lock, last_read_ms)
       VALUES (?, 0, ?, 0, 0, 0, ?)
       ON CONFLICT (board) DO UPDATE SET last_index = max(last_index, excluded.last_index),
         last_read_ms = excluded.last_read_ms`,
    ),
    lost: db.write<[number, number, string]>(
      'UPDATE board SET lost = lost + ?, last_index = max(last_index, ?) WHERE board = ?',
    ),
    reach: db.write<[number, string]>(
      'UPDATE board SET last_index = max(last_index, ?) WHERE board = ?',
    ),
    restart: db.write<[string]>('UPDATE board SET last_index = 0 WHERE board = ?'),
    dropGaps: db.write<[string]>('DELETE FROM board_gap WHERE board = ?'),
    gapAt: db.query<[string, number, number], { from_index: number; to_index: number }>(
      `SELECT from_index, to_index FROM board_gap
       WHERE board = ? AND from_index <= ? AND to_index >= ?`,
    ),
    addGap: db.write<[string, number, number]>(
      'INSERT OR IGNORE INTO board_gap (board, from_index, to_index) VALUES (?, ?, ?)',
    ),
    dropGap: db.write<[string, number]>('DELETE FROM board_gap WHERE board = ? AND from_index = ?'),
    reader: db.write<[string, number, string | null, string | null, string | null]>(
      `INSERT INTO reader (reader, online, model, serial, text) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (reader) DO UPDATE SET online = excluded.online,
         model = coalesce(excluded.model, model), serial = coalesce(excluded.serial, serial),
         text = excluded.text`,
    ),
    readerRead: db.write<[number, string | null, string]>(
      'UPDATE reader SET last_read_ms = ?, text = ? WHERE reader = ?',
    ),
  };
}

type Statements = ReturnType<typeof statements>;

/** Takes the indexes from..to out of every gap that holds some of them. */
function closeGap(sql: Statements, board: string, from: number, to: number): number {
  let closed = 0;
  for (const gap of sql.gapAt.all(board, to, from)) {
    sql.dropGap.run(board, gap.from_index);
    if (gap.from_index < from) sql.addGap.run(board, gap.from_index, from - 1);
    if (gap.to_index > to) sql.addGap.run(board, to + 1, gap.to_index);
    closed += Math.min(gap.to_index, to) - Math.max(gap.from_index, from) + 1;
  }
  return closed;
}

const UNREAD_WORDS = { 'no-permit': 'what was read is no permit’s code' } as const;

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  const heard = (event: {
    at: number;
    data: { board: string; index: number; reader?: string | undefined; paper?: object | undefined };
  }) => {
    const { board, index, paper, reader } = event.data;
    if (paper !== undefined) return;
    if (reader !== undefined) {
      sql.readerRead.run(event.at, null, reader);
      return;
    }
    closeGap(sql, board, index, index);
    sql.index.run(board, index, event.at);
  };
  return {
    // What an earlier boot last knew says nothing of now.
    'engine.started': () => {
      sql.boardsUnknown.run();
      sql.readersUnknown.run();
    },
    'crossing.asked': heard,
    'crossing.recorded': heard,
    'cargo.read': heard,
    'door.heard': heard,
    'gate.remote-opened': heard,
    'gate.button-pressed': heard,
    'board.alarm': heard,
    'board.state': (event) => {
      const { board, online, version, text } = event.data;
      sql.seen.run(board);
      sql.state.run(online ? 1 : 0, version, text, board);
    },
    'board.clock': (event) => {
      const { board, corrected, driftMs } = event.data;
      sql.seen.run(board);
      // A board that was ahead is set back: by as much, the other way.
      if (corrected) sql.corrected.run(event.at, -driftMs, board);
    },
    'board.inputs': (event) => {
      const { board, fire, forceLock } = event.data;
      sql.seen.run(board);
      sql.inputs.run(fire ? 1 : 0, forceLock ? 1 : 0, board);
    },
    'board.gap': (event) => {
      const { board, from, to } = event.data;
      sql.seen.run(board);
      sql.addGap.run(board, from, to);
      sql.reach.run(to, board);
    },
    'board.lost': (event) => {
      const { board, from, to, cleared } = event.data;
      sql.seen.run(board);
      closeGap(sql, board, from, to);
      sql.lost.run(to - from + 1, to, board);
      if (!cleared) return;
      sql.dropGaps.run(board);
      sql.restart.run(board);
    },
    'reader.state': (event) => {
      const { reader, online, model, serial, text } = event.data;
      sql.reader.run(reader, online ? 1 : 0, model, serial, text);
    },
    'muster.marked': ({ at, data }) => void sql.readerRead.run(at, null, data.reader ?? ''),
    'desk.read': ({ at, data }) => void sql.readerRead.run(at, null, data.reader),
    'reader.unread': (event) => {
      sql.readerRead.run(event.at, UNREAD_WORDS[event.data.why], event.data.reader);
    },
  };
}

export const device: Projection = {
  name: 'device',
  tables: { board: 'all', board_gap: 'all', reader: 'all' },
  ddl,
  appliers,
};
