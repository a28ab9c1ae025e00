import { afterEach, expect, test } from 'vitest';
import { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import { QUICK_LIMITS } from '../kit/centre.ts';
import { centreInStep, type SmallZone, startSmallZone, viewUntil } from '../kit/small-zone.ts';
import { TlsCentre } from '../kit/tls-centre.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Resolves when an incident of each type stands in the queue that a supervisor sees. */
function queued({ engine }: SmallZone, types: readonly string[]): Promise<unknown> {
  return viewUntil<{ incident?: string }>(
    engine,
    'queue',
    (rows) => types.every((type) => [...rows.values()].some(({ incident }) => incident === type)),
    50_000,
  );
}

test('what the centre tells reaches a person: a real site over TLS', async () => {
  const tls = await TlsCentre.start();
  endings.push(() => tls.dispose());
  const { centre } = tls;
  const target = tls.target(await centre.running.enrol('console-1'));
  const site = { centre: tls.siteCentre(target) };
  const zone = await startSmallZone([{ n: 1 }], { site });
  endings.push(() => zone.close());
  const journal = new ZoneJournal(zone.dataDir);
  endings.push(() => journal.close());
  await centreInStep(zone);
  expect(journal.all('incident.raised')).toEqual([]);

  // Its upkeep was left undone, and it was restored from a copy that ends at 3.
  const [row] = await centre.sql<{ name: string }>(
    "SELECT 'central.' || central.partition_of(central.today() + 2) AS name",
  );
  await centre.sql(`DROP TABLE ${row?.name}`);
  const head = journal.head();
  expect(head).toBeGreaterThan(3);
  await centre.sql('BEGIN');
  await centre.sql("DELETE FROM central.event WHERE console_id = 'console-1' AND seq > 3");
  await centre.sql(
    `UPDATE central.chain SET head_seq = 3, head_hash = (SELECT hash FROM central.event
       WHERE console_id = 'console-1' AND seq = 3) WHERE console_id = 'console-1'`,
  );
  await centre.sql('COMMIT');
  // Somebody else says hello under its name, as a copy of its data folder would.
  const copy = new PgCentre(target, QUICK_LIMITS, 'the-copy');
  endings.push(() => copy.close());
  expect(await copy.hello({ epoch: 1, seq: 0, hash: new Uint8Array(32) })).toMatchObject({
    ok: true,
  });
  const types = ['centre-upkeep', 'centre-went-back', 'centre-second-console'];
  await queued(zone, types);
  const raised = journal.all('incident.raised').map(({ data }) => data);
  expect(raised.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
  expect(raised.find(({ type }) => type === 'centre-went-back')).toMatchObject({
    params: { seq: 3 },
  });
  const told = journal.all('centre.state').map(({ data }) => data);
  expect(told.find(({ code }) => code === 'centre-second-console')).toMatchObject({
    text: 'another console signs in to the centre under this name: boot the-copy',
  });
  const status = await viewUntil<{ centre: { text: string | null } }>(
    zone.engine,
    'status',
    (rows) => rows.get('now')?.centre.text !== null,
  );
  expect(status.get('now')?.centre.text).toMatch(/under this name|went back/);
  // And what it had lost is sent to it again.
  await centreInStep(zone);
  expect((await centre.held('console-1')).length).toBeGreaterThan(head);
});
