import type { Place } from '../../../src/shared/domain/place.ts';
import { type Move, staysOf } from '../../../src/shared/presence/stays.ts';

/** A moment in Hong Kong: `2026-03-01 09:30`. */
export function at(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
}

const AREA = 'loop' as Place;

/** Moves of a person who commutes over the first line: `in`, `out`, each at its moment. */
export function moves(...lines: readonly string[]): Move[] {
  return lines.map((line, i) => {
    const [, day = '', time = '', how = ''] = /^(\S+) (\S+) (.+)$/.exec(line) ?? [];
    const certain = !how.endsWith('?');
    const isIn = how.startsWith('in');
    const [from, to]: [Place, Place] = isIn ? ['beyond-first', AREA] : [AREA, 'beyond-first'];
    return { atMs: at(`${day} ${time}`), from, to, certain, source: `X1-${i + 1}` };
  });
}

export const inZone = (place: Place) => place !== 'beyond-first' && place !== 'beyond-second';

/** The times of such a person. */
export function stays(nowText: string, ...lines: readonly string[]) {
  return staysOf(moves(...lines), inZone, at(nowText));
}
