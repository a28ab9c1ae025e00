import { afterEach, expect, test } from 'vitest';
import { callerOf } from '../kit/caller.ts';
import { type SmallZone, startSmallZone } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

let zone: SmallZone | null = null;
let journal: ZoneJournal | null = null;

afterEach(async () => {
  journal?.close();
  await zone?.close();
  zone = null;
  journal = null;
});

const NOTE = { checkpoint: null, lane: null, priority: 4, note: 'heard by telephone' };

test('somebody who reads without end keeps the log long: a person hears of it', async () => {
  zone = await startSmallZone([{ n: 1 }], { longLog: { pages: 1_500, forMs: 500 } });
  journal = new ZoneJournal(zone.dataDir);
  const { backend } = zone.engine;
  const reader = new ZoneJournal(zone.dataDir);
  const rows = reader.db.query<[], { seq: number }>('SELECT seq FROM journal').iterate();
  rows.next();
  for (let i = 0; i < 800; i += 1) {
    await backend.command('incident.raise', NOTE, callerOf('operator'));
  }
  const { data } = await journal.first('incident.raised', ({ type }) => type === 'log-too-long');
  expect(data).toMatchObject({ priority: 2, board: null, lane: null });
  expect(Number(data.params.megabytes)).toBeGreaterThanOrEqual(6);
  expect(journal.all('journal.log-long')).toHaveLength(1);
  rows.return?.();
  reader.close();
});
