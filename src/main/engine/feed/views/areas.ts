import type { AreaNow } from '../../../../shared/contract/views.ts';
import type { SiteIndex } from '../../projections/gather/site-index.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { ViewSource } from '../view-source.ts';

const MOVES = new Set([
  ...['crossing.admitted', 'crossing.passed', 'crossing.recorded', 'crossing.not-taken'],
  ...['crossing.unknown', 'presence.set', 'passage.answered', 'passage.unnamed'],
  'area.counted',
]);

/** Who is inside each area, who is on the way in, whose place is not known; and the limits. */
export function areasView(db: ReadableDb, site: SiteIndex): ViewSource<'areas'> {
  const inside = db.query<[string], { inside: number; anonymous: number }>(
    'SELECT inside, anonymous FROM occupancy WHERE area = ?',
  );
  const reserved = db.query<[string], { n: number }>(
    'SELECT count(*) AS n FROM reservation WHERE area = ?',
  );
  const unknown = db.query<[string], { n: number }>(
    'SELECT count(*) AS n FROM presence WHERE unknown = 1 AND place = ?',
  );
  const ids = site.site.areas.map((area) => area.id);
  const row = (key: string): AreaNow | null => {
    const area = site.area(key);
    if (area === null) return null;
    const count = inside.get(key);
    return {
      area: area.id,
      inside: (count?.inside ?? 0) + (count?.anonymous ?? 0),
      reserved: reserved.get(key)?.n ?? 0,
      unknown: (unknown.get(key)?.n ?? 0) + Math.abs(count?.anonymous ?? 0),
      ...area.capacity,
    };
  };
  return {
    name: 'areas',
    row,
    snapshot: () => new Map(ids.flatMap((id) => entry(id, row(id)))),
    touched: (event) => (MOVES.has(event.kind) ? ids : []),
  };
}

function entry<T>(key: string, row: T | null): [string, T][] {
  return row === null ? [] : [[key, row]];
}
