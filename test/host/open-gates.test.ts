/** Whoever walks through gates that an evacuation opened is counted, on every driver. */
import { expect, onTestFinished, test } from 'vitest';
import type { AreaNow } from '../../src/shared/contract/views.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { LEAVES, startMixedZone } from '../kit/mixed-zone.ts';
import { realClock } from '../kit/real-clock.ts';
import { viewUntil } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const PEOPLE = 6;
const OUT = ['f-out-1', 'o-out', 'm-out'] as const;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function start() {
  const holders = Array.from({ length: PEOPLE }, (_, i) => ({ n: i + 1 }));
  // What a board may do alone plays no part here.
  const change = (site: Site) => ({
    ...site,
    lanes: site.lanes.map((lane) => ({ ...lane, offline: 'deny' as const })),
  });
  const zone = await startMixedZone({ clock: realClock(), holders, change });
  const journal = new ZoneJournal(zone.dataDir);
  onTestFinished(async () => {
    journal.close();
    await zone.close();
  });
  const tell = async (name: string, input: object) =>
    value(await zone.engine.backend.command(name, input, callerOf('supervisor')));
  const loop = (wanted: Pick<AreaNow, 'inside' | 'unknown'>) =>
    viewUntil<AreaNow>(zone.engine, 'areas', (rows) => {
      const now = rows.get('loop');
      return now?.inside === wanted.inside && now.unknown === wanted.unknown;
    });
  const walks: Readonly<Record<(typeof OUT)[number], () => Promise<unknown>>> = {
    'f-out-1': () => must(zone.boards[0], 'board').personPasses(2, 200),
    async 'o-out'() {
      zone.device.setInput(LEAVES[1], true);
      await pause(250);
      zone.device.setInput(LEAVES[1], false);
    },
    'm-out': () => zone.gates.out.personPasses(250),
  };
  return { zone, journal, tell, loop, walks };
}

test('unnamed and uncertain until a head count; then the ledger is right', async () => {
  const { journal, loop, tell, walks, zone } = await start();
  for (let n = 1; n <= PEOPLE; n += 1) {
    await tell('presence.set', { person: `P-${n}`, place: 'loop', reason: 'counted' });
  }
  await loop({ inside: PEOPLE, unknown: 0 });
  await tell('zone.evacuate', { area: null, reason: 'drill' });
  for (const lane of OUT) {
    await journal.first('gate.mode', (data) => data.lane === lane && data.mode === 'held');
  }
  for (const [i, lane] of OUT.entries()) {
    await walks[lane]();
    const { data } = await journal.first('passage.unnamed', (one) => one.lane === lane);
    expect(data).toMatchObject({ lane, from: 'loop', to: 'beyond-first', direction: 'out' });
    await loop({ inside: PEOPLE - 1 - i, unknown: 1 + i });
  }
  expect(journal.all('passage.unnamed')).toHaveLength(OUT.length);
  // Nobody forced a gate that stands open.
  const types = journal.all('incident.raised').map(({ data }) => data.type);
  expect(types).not.toContain('door-forced');

  // Whoever is named outside is one of those who left: fewer are uncertain, as many inside.
  const seen = (n: number, place: string) =>
    tell('presence.set', { person: `P-${n}`, place, reason: 'seen there' });
  await seen(1, 'beyond-first');
  await loop({ inside: 3, unknown: 2 });
  await zone.restart();
  await loop({ inside: 3, unknown: 2 });
  for (const n of [2, 3]) await seen(n, 'beyond-first');
  await loop({ inside: 3, unknown: 0 });
  // All who left are named: one more slipped out where nothing looked.
  await seen(4, 'beyond-first');
  await loop({ inside: 2, unknown: 0 });

  await tell('area.count', { area: 'loop', counted: 3, reason: 'searched room by room' });
  await loop({ inside: 3, unknown: 1 });
  const { actor, data } = await journal.first('area.counted');
  expect(actor).toMatchObject({ type: 'person', role: 'supervisor' });
  expect(data).toMatchObject({ area: 'loop', counted: 3, named: 2, anonymous: 0 });
  // The one whom the count found has a name.
  await seen(4, 'loop');
  await loop({ inside: 3, unknown: 0 });
}, 60_000);
