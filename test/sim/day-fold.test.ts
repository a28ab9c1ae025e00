import { expect, test } from 'vitest';
import { must } from '../../src/shared/lib/assert.ts';
import { peopleBench } from '../kit/people-bench.ts';
import { foldDay } from './day-fold.ts';

/** Somebody is in the area; a board then tells that they went in, which they are not seen to do. */
function toldAgain(movesPresence: boolean) {
  const zone = peopleBench();
  zone.crosses(1);
  zone.clock.advance(120_000);
  const data = { ...must(zone.all('crossing.passed')[0], 'a passage'), movesPresence };
  const events = [{ kind: 'crossing.passed', data } as const];
  zone.run({ kind: 'noted', events, actor: { type: 'console' } });
  const { inside, places, twoPlaces } = foldDay(zone.reader);
  const minutes = zone.rows('SELECT area FROM area_minute').length;
  return { minutes, counted: inside.get('loop')?.size, place: places.get('P-1'), twoPlaces };
}

test('a passage told late, after something newer of the person, is history only', () => {
  const { counted, minutes, place, twoPlaces } = toldAgain(false);
  expect([place, twoPlaces]).toEqual(['loop', []]);
  expect(counted).toBe(minutes);
});

test('a passage from where somebody is not is found, unless an incident tells of it', () => {
  expect(toldAgain(true).twoPlaces).toHaveLength(1);
  const zone = peopleBench();
  zone.crosses(1);
  zone.run({ kind: 'noted', events: lent(zone), actor: { type: 'console' } });
  expect(foldDay(zone.reader).twoPlaces).toEqual([]);
});

function lent(zone: ReturnType<typeof peopleBench>) {
  const data = must(zone.all('crossing.passed')[0], 'a passage');
  const told = { incident: 'I1-1', type: 'impossible-order', priority: 2, board: null };
  const about = { ...told, lane: data.lane, crossing: data.crossing, timing: 'live', note: null };
  return [
    { kind: 'crossing.passed', data },
    { kind: 'incident.raised', data: { ...about, checkpoint: data.checkpoint, params: {} } },
  ] as never;
}
