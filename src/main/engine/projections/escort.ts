import { isArea, type Place } from '../../../shared/domain/place.ts';
import { ESCORT_MS } from '../core/timing.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, EventOf, Projection } from './projection.ts';

/** Escorted visitors who are inside: behind which official each came in, and who is without one. */
const ddl = `
CREATE TABLE escort (
  visitor TEXT PRIMARY KEY,
  area TEXT NOT NULL,
  -- The crossing by which the visitor came in; null where a person put them there.
  crossing TEXT,
  official TEXT,
  -- By the monotonic clock of this boot: since when the escort is not there.
  alone_mono INTEGER,
  alone_boot TEXT,
  -- 1: what left them alone was heard of only afterwards.
  alone_late INTEGER NOT NULL DEFAULT 0,
  told INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX escort_alone ON escort (alone_mono) WHERE alone_mono IS NOT NULL AND told = 0;
`;

interface OfficialNow {
  readonly official: string | null;
  readonly official_mono: number | null;
  readonly official_boot: string | null;
}

function statements(db: WritableDb) {
  return {
    official: db.query<[string], OfficialNow>(
      'SELECT official, official_mono, official_boot FROM lane_now WHERE lane = ?',
    ),
    comes: db.write<[string, string, string, string | null, number | null, string | null, number]>(
      `INSERT OR REPLACE INTO escort
         (visitor, area, crossing, official, alone_mono, alone_boot, alone_late)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    moves: db.write<[string, string]>('UPDATE escort SET area = ? WHERE visitor = ?'),
    leaves: db.write<[string]>('DELETE FROM escort WHERE visitor = ?'),
    left: db.write<[number, string, number, string, string]>(
      `UPDATE escort SET alone_mono = ?, alone_boot = ?, alone_late = ?
       WHERE official = ? AND area <> ? AND alone_mono IS NULL`,
    ),
    back: db.write<[string, string]>(
      `UPDATE escort SET alone_mono = NULL, alone_boot = NULL, alone_late = 0, told = 0
       WHERE official = ? AND area = ?`,
    ),
    told: db.write<[string]>('UPDATE escort SET told = 1 WHERE visitor = ?'),
  };
}

function appliers(db: WritableDb): Appliers {
  const sql = statements(db);
  /** The official whom this visitor followed through the lane, within the time for that. */
  const escortAt = ({ boot, data: { lane }, mono }: Passage): string | null => {
    const now = sql.official.get(lane);
    if (now?.official_mono == null || now.official_boot !== boot) return null;
    return mono - now.official_mono <= ESCORT_MS ? now.official : null;
  };
  const passes = (event: Passage) => {
    const { class: of, crossing, person, to } = event.data;
    if (person === null) return;
    const late = isLate(event) ? 1 : 0;
    if (of === 'official') stands(person, to, event, late);
    if (of !== 'escorted-visitor') return;
    if (!isArea(to)) return void sql.leaves.run(person);
    const official = event.kind === 'crossing.passed' ? escortAt(event) : null;
    const [mono, boot] = official === null ? [event.mono, event.boot] : [null, null];
    sql.comes.run(person, to, crossing, official, mono, boot, mono === null ? 0 : late);
  };
  /** An official is at a place: visitors who came behind them elsewhere are alone. */
  const stands = (official: string, place: Place, { boot, mono }: When, late: 0 | 1) => {
    sql.back.run(official, place);
    sql.left.run(mono, boot, late, official, place);
  };
  return {
    'crossing.passed': (event) => {
      if (event.data.movesPresence) passes(event);
    },
    'crossing.recorded': (event) => {
      if (event.data.movesPresence) passes(event);
    },
    'presence.set': (event) => {
      const { person, place } = event.data;
      if (isArea(place)) sql.moves.run(place, person);
      else sql.leaves.run(person);
      stands(person, place, event, 0);
    },
    'visitor.alone': ({ data }) => void sql.told.run(data.person),
  };
}

type Passage = EventOf<'crossing.passed' | 'crossing.recorded'>;
/** Heard of only afterwards; passages of old that do not say are live, records of old late. */
function isLate({ data: { timing }, kind }: Passage): boolean {
  return kind === 'crossing.passed' ? timing === 'late' : timing !== 'live';
}

type When = Pick<EventOf<'presence.set'>, 'boot' | 'mono'>;

/** Applied after `lane`, whose rows it looks at. */
export const escort: Projection = { name: 'escort', tables: { escort: 'all' }, ddl, appliers };
