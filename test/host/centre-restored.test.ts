import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { decodeStrict } from '../../src/main/engine/journal/read.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { value } from '../kit/journal-kit.ts';
import { addAdmin, twoline } from '../kit/run-cli.ts';
import { centreInStep, raiseIncident, startSmallZone, viewUntil } from '../kit/small-zone.ts';
import { TlsCentre } from '../kit/tls-centre.ts';

const OPEN = ['--by', 'Wong', '--reason', 'restored from last night'];

test('restored, a console goes on at the centre in a new epoch; both know the loss', async () => {
  const tls = await TlsCentre.start();
  onTestFinished(() => tls.dispose());
  const { centre } = tls;
  const target = tls.target(await centre.running.enrol('console-1'));
  const site = { centre: tls.siteCentre(target) };
  const zone = await startSmallZone([{ n: 1 }], { site });
  onTestFinished(() => zone.close());
  await raiseIncident(zone);
  await addAdmin(zone.dataDir, 'Wong');
  const out = join(zone.dir, 'backup');
  expect((await twoline('backup', zone.dataDir, out)).code).toBe(0);
  const copied = JSON.parse(readFileSync(join(out, 'backup.json'), 'utf8')) as { last: number };
  for (let i = 0; i < 5; i += 1) await raiseIncident(zone);
  await centreInStep(zone);
  await zone.engine.stop();
  const lost = (await centre.held('console-1')).slice(copied.last);
  expect(lost.length).toBeGreaterThanOrEqual(5);

  rmSync(zone.dataDir, { recursive: true });
  cpSync(out, zone.dataDir, { recursive: true });
  expect((await twoline('epoch', 'open', zone.dataDir, ...OPEN)).code).toBe(0);
  zone.engine = await zone.start();
  await viewUntil<{ incident?: string }>(
    zone.engine,
    'queue',
    (rows) => [...rows.values()].some(({ incident }) => incident === 'centre-epoch'),
    40_000,
  );
  await centreInStep(zone);
  const chains = await centre.sql(
    `SELECT epoch, head_seq::integer, parent_epoch, parent_seq::integer, parent_state,
         lost_from::integer, lost_to::integer
       FROM central.chain WHERE console_id = 'console-1' ORDER BY epoch`,
  );
  const had = copied.last + lost.length;
  expect(chains).toMatchObject([
    { epoch: 1, head_seq: had, parent_state: null },
    {
      ...{ epoch: 2, parent_epoch: 1, parent_seq: copied.last, parent_state: 'agrees' },
      ...{ lost_from: copied.last + 1, lost_to: had },
    },
  ]);
  expect((await centre.held('console-1')).slice(copied.last)).toEqual(lost);
  for (const epoch of [1, 2]) {
    const [audit] = await centre.sql<{ bad_seq: string | null }>(
      "SELECT bad_seq FROM central.audit('console-1', $1)",
      [epoch],
    );
    expect(audit?.bad_seq).toBe(null);
  }
  // The centre holds nothing of the new epoch at first: that is no centre which went back.
  const segments = value(Segments.open(zone.dataDir));
  const told = segments
    .readAfter(2, 0, 1000, 1e6)
    .map(({ body }) => decodeStrict(body) as JournalEvent)
    .flatMap((event) => (event.kind === 'centre.state' ? [event.data.code] : []));
  segments.close();
  expect(told).toEqual([null, 'centre-epoch']);
});
