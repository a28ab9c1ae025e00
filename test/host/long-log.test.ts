import { expect, test } from 'vitest';
import { raiseIncident } from '../kit/small-zone.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

test('somebody who reads without end keeps the log long: a person hears of it', async () => {
  const longLog = { pages: 1_500, forMs: 500 };
  const { zone, journal } = await startWatchedZone([{ n: 1 }], { longLog });
  const reader = new ZoneJournal(zone.dataDir);
  const rows = reader.db.query<[], { seq: number }>('SELECT seq FROM journal').iterate();
  rows.next();
  for (let i = 0; i < 800; i += 1) {
    await raiseIncident(zone);
  }
  const { data } = await journal.first('incident.raised', ({ type }) => type === 'log-too-long');
  expect(data).toMatchObject({ priority: 2, board: null, lane: null });
  expect(Number(data.params.megabytes)).toBeGreaterThanOrEqual(6);
  expect(journal.all('journal.log-long')).toHaveLength(1);
  rows.return?.();
  reader.close();
});
