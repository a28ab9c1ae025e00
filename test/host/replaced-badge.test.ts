import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FoundPerson } from '../../src/shared/contract/queries.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { permitsCsv, withRoster } from '../kit/small-zone.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

const NEW = 77;

async function start() {
  const started = await startWatchedZone([{ n: 1 }, { n: 2 }]);
  const { zone, journal } = started;
  const board = must(zone.boards[0], 'board');
  const replace = (permit: string, n: number) =>
    zone.engine.backend.command(
      'badge.replace',
      { permit, credential: `h10301/1/${n}`, reason: 'badge lost' },
      callerOf('operator'),
    );
  /** Who is known by a badge that is held to the way in. */
  const swipe = async (n: number) => {
    const after = journal.head();
    void board.swipe(1, 'in', zone.badge(n), 50);
    return (await journal.first('crossing.asked', () => true, { after })).data.person;
  };
  return { ...started, replace, swipe };
}

test('a badge given at the desk is its holder’s at once, and the old one is nobody’s', async () => {
  const { journal, replace, swipe, zone } = await start();
  expect(await swipe(1)).toBe('P-1');
  value(await replace('SP-1', NEW));
  const { actor, data } = await journal.first('badge.replaced');
  expect(actor).toMatchObject({ type: 'person', role: 'operator' });
  expect(data).toMatchObject({ permit: 'SP-1', was: 'h10301/1/1', credential: 'h10301/1/77' });
  expect(await swipe(1)).toBeNull();
  expect(await swipe(NEW)).toBe('P-1');
  const asked = { by: { credential: 'h10301/1/77' }, purpose: 'who is it' };
  const found = await zone.engine.backend.query('person.find', asked, callerOf('operator'));
  const [person] = (value(found) as { persons: FoundPerson[] }).persons;
  expect(person).toMatchObject({ person: 'P-1', permits: [{ credential: 'h10301/1/77' }] });
  expect(await replace('SP-2', NEW)).toMatchObject({ fault: { code: 'badge-taken' } });
  await zone.restart();
  expect(await swipe(NEW)).toBe('P-1');
});

test('boards that decide alone know the new badge and not the old one', async () => {
  const { replace, zone } = await start();
  const board = must(zone.boards[0], 'board');
  await withRoster(zone);
  const [old, fresh] = [zone.badge(1), zone.badge(NEW)];
  const stored = (card: number) => board.storedCard(card).card;
  await expect.poll(() => stored(old), { timeout: 10_000 }).toBe(old);
  value(await replace('SP-1', NEW));
  await expect.poll(() => stored(fresh), { timeout: 10_000 }).toBe(fresh);
  expect(stored(old)).toBe(0);
});

test('once the dataset names another badge for the permit, the dataset is right', async () => {
  const { journal, replace, swipe, zone } = await start();
  value(await replace('SP-1', NEW));
  const after = journal.head();
  const text = permitsCsv([{ n: 1 }, { n: 2 }]).replace('h10301/1/1,', 'h10301/1/50,');
  writeFileSync(join(zone.dir, 'permits.csv'), text);
  await journal.first('dataset.in-force', () => true, { after });
  expect(await swipe(50)).toBe('P-1');
  expect(await swipe(NEW)).toBeNull();
  expect(await swipe(1)).toBeNull();
});
