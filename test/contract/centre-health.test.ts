import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import { TestCentre } from '../kit/centre.ts';
import { LiveUpload } from '../kit/live-upload.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';

let centre: TestCentre;
let port: PgCentre;
let journal: MemoryJournal;

beforeAll(async () => {
  centre = await TestCentre.start();
});
afterAll(() => centre.dispose());
beforeEach(async () => {
  await centre.empty();
  await centre.sql('DELETE FROM central.boot');
  await centre.sql('SELECT * FROM central.ensure_partitions(14)');
  port = centre.port();
  journal = new MemoryJournal();
  journal.grow(10);
  await port.push(journal.batch(1, 10));
  await port.hello(journal.head());
});
afterEach(() => port.close());

interface Finding {
  about: string;
  code: string;
  detail: string;
}

const health = (args = '') => centre.sql<Finding>(`SELECT * FROM central.health(${args})`);
const codes = async (args = '') => (await health(args)).map(({ about, code }) => [about, code]);
const today = async (ahead: number) => {
  const [row] = await centre.sql<{ name: string }>(
    `SELECT 'central.' || central.partition_of(central.today() + ${ahead}) AS name`,
  );
  return row?.name;
};

/** What the centre says of its own upkeep to a console. */
async function upkeep(): Promise<string | null> {
  const hello = await port.hello(journal.head());
  if (!hello.ok) throw new Error(hello.fault.text);
  const found = hello.value.notices.find(({ code }) => code === 'centre-upkeep');
  return found?.text ?? null;
}

test('a centre that is well has nothing to say, to its administrator or a console', async () => {
  expect(await health()).toEqual([]);
  expect(await upkeep()).toBe(null);
});

describe('partitions', () => {
  test('that run short are found and told to consoles, and made by the daily job', async () => {
    await centre.sql(`DROP TABLE ${await today(4)}`);
    expect(await health()).toEqual([]);
    expect(await upkeep()).toBe(null);
    expect(await codes('4')).toEqual([['partitions', 'days-short']]);
    await centre.sql(`DROP TABLE ${await today(3)}`);
    expect(await codes()).toEqual([['partitions', 'days-short']]);
    expect(await upkeep()).toContain('has not prepared the coming days');
    const made = await centre.sql<{ state: string }>(
      'SELECT state FROM central.ensure_partitions()',
    );
    expect(made.map(({ state }) => state)).toEqual([
      ...['there', 'there', 'there', 'made', 'made'],
      ...Array.from({ length: 10 }, () => 'there'),
    ]);
    expect(await health()).toEqual([]);
    expect(await upkeep()).toBe(null);
  });

  /** As when nobody made a partition for today. */
  async function withoutToday(): Promise<void> {
    await centre.sql(`DROP TABLE ${await today(0)}`);
    await centre.sql('DELETE FROM central.chain');
    expect(await port.push(journal.batch(1, 10))).toMatchObject({ value: { ackedSeq: 10 } });
    const rows = await centre.sql('SELECT count(*)::integer AS n FROM central.event_default');
    expect(rows).toEqual([{ n: 10 }]);
  }

  test('that are missing leave events in the default one: found, told, and moved', async () => {
    await withoutToday();
    const [found] = await health();
    expect(found).toMatchObject({ about: 'partitions', code: 'rows-in-default' });
    expect(found?.detail).toMatch(/^of days \d{4}-\d{2}-\d{2}$/);
    expect(await upkeep()).toContain('outside of their days');
    const states = await centre.sql('SELECT state FROM central.ensure_partitions(0)');
    expect(states).toEqual([{ state: 'rows in default' }]);

    expect(await centre.sql('SELECT moved::integer FROM central.empty_default()')).toEqual([
      { moved: 10 },
    ]);
    expect(await health()).toEqual([]);
    expect(await upkeep()).toBe(null);
    expect((await centre.held()).map(({ body }) => body)).toEqual(
      journal.rows.map(({ body }) => body),
    );
    const parts = await centre.sql<{ part: string }>(
      'SELECT DISTINCT tableoid::regclass::text AS part FROM central.event',
    );
    expect(parts).toEqual([{ part: await today(0) }]);
    expect(await centre.sql("SELECT bad_seq FROM central.audit('C7', 1)")).toEqual([
      { bad_seq: null },
    ]);
    const twice = 'INSERT INTO central.event SELECT * FROM central.event WHERE seq = 3';
    await expect(centre.sql(twice)).rejects.toMatchObject({ code: '23505' });
  });

  test('are put right while a console goes on sending, and nothing is lost', async () => {
    await withoutToday();
    const live = new LiveUpload(journal, port);
    await live.inStep();
    for (let i = 0; i < 30; i += 1) {
      journal.grow(200);
      live.uploader.committed(journal.head().seq);
      if (i === 10) await centre.sql('SELECT * FROM central.empty_default()');
      else await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await live.inStep();
    await live.uploader.stop();
    expect(await centre.held()).toHaveLength(6010);
    expect(await health()).toEqual([]);
  });
});

describe('a console', () => {
  test('that is silent, or was never heard, is found; one that was dismissed is not', async () => {
    await centre.running.enrol('C9');
    expect(await health()).toEqual([{ about: 'C9', code: 'silent', detail: 'last heard never' }]);
    await centre.sql(
      "UPDATE central.console SET seen_at = now() - interval '6 minutes' WHERE console_id = 'C7'",
    );
    expect(await codes()).toEqual(
      expect.arrayContaining([
        ['C7', 'silent'],
        ['C9', 'silent'],
      ]),
    );
    expect(await codes("3, '10 minutes'")).toEqual([['C9', 'silent']]);
    await centre.sql('ALTER ROLE console_c9 NOLOGIN');
    expect(await codes("3, '10 minutes'")).toEqual([]);
  });

  test('that has more and sends nothing is found', async () => {
    journal.grow(90);
    await port.hello(journal.head());
    expect(await health()).toEqual([]);
    await centre.sql("UPDATE central.chain SET moved_at = now() - interval '6 minutes'");
    const [stuck] = await health();
    expect(stuck).toMatchObject({ about: 'C7', code: 'stuck' });
    expect(stuck?.detail).toContain('it has 100, held are 10');
    await port.push(journal.batch(11, 100));
    expect(await health()).toEqual([]);
  });

  test('whose journal ends before what is held, or with another event, is found', async () => {
    const [fourth] = journal.batch(4, 4).rows;
    await port.hello({ epoch: 1, seq: 4, hash: fourth!.hash });
    expect(await health()).toEqual([
      {
        ...{ about: 'C7', code: 'restored' },
        detail: 'it says epoch 1 ends at 4, which is before what is held',
      },
    ]);
    const other = new MemoryJournal();
    other.grow(10, 'crossing.refused');
    await port.hello(other.head());
    expect((await health())[0]?.detail).toBe(
      'it says epoch 1 ends at 10, which is not what is held',
    );
    await port.hello(journal.head());
    expect(await health()).toEqual([]);
  });

  test('that is there twice is found', async () => {
    const other = centre.port(centre.login, 'boot-2');
    await other.hello(journal.head());
    other.close();
    await centre.sql(
      `UPDATE central.boot SET first_at = first_at - interval '10 seconds',
         last_at = last_at - interval '10 seconds'`,
    );
    expect(await health()).toEqual([]);
    await port.hello(journal.head());
    expect(await health()).toEqual([
      {
        ...{ about: 'C7', code: 'second-console' },
        detail: 'boots boot-1 and boot-2 are both heard',
      },
    ]);
  });

  test('that began a later epoch is found for a day, with what is missing', async () => {
    const second = new MemoryJournal('C7', journal.copyTo(6));
    second.open();
    await port.push(second.batch(1, 1));
    await port.hello(second.head());
    expect(await health()).toEqual([
      {
        ...{ about: 'C7', code: 'epoch' },
        detail: 'epoch 2 goes on from 6 of epoch 1: agrees, 7 to 10 are held here only',
      },
    ]);
    await centre.sql("UPDATE central.chain SET opened_at = opened_at - interval '25 hours'");
    expect(await health()).toEqual([]);
  });

  test('whose login was given other limits, by itself too, is found', async () => {
    const client = await centre.connectAs(centre.login);
    await client.query('ALTER ROLE console_c7 SET statement_timeout = 0');
    await client.end();
    const [found] = await health();
    expect(found).toMatchObject({ about: 'C7', code: 'limits-changed' });
    expect(found?.detail).toContain('statement_timeout=0');
    await centre.running.enrol('C7');
    expect(await health()).toEqual([]);
    await centre.sql('ALTER ROLE console_c7 CONNECTION LIMIT 50');
    expect((await health())[0]?.detail).toContain('50 connections');
    await centre.running.enrol('C7');
    expect(await health()).toEqual([]);
  });

  test('that leaves a transaction open is found', async () => {
    const client = await centre.connectAs(centre.login);
    await client.query('BEGIN');
    await client.query("SELECT * FROM central.hello(1, 10, '')");
    await new Promise((resolve) => setTimeout(resolve, 150));
    const found = await health("3, '5 minutes', '0.1 seconds'");
    expect(found).toMatchObject([{ about: 'C7', code: 'long-transaction' }]);
    await client.end();
    expect(await health("3, '5 minutes', '0.1 seconds'")).toEqual([]);
  });
});

test('definitions of before are brought up to date with all that is held', async () => {
  // What an older centre lacks, and the shape that its hello had.
  await centre.sql('DROP FUNCTION central.health, central.begin_epoch, central.empty_default');
  await centre.sql('DROP TABLE central.boot');
  await centre.sql('ALTER TABLE central.console DROP COLUMN claim');
  await centre.sql(
    `ALTER TABLE central.chain DROP COLUMN parent_epoch, DROP COLUMN parent_seq,
       DROP COLUMN parent_hash, DROP COLUMN parent_state, DROP COLUMN lost_from,
       DROP COLUMN lost_to`,
  );
  await centre.sql('DROP FUNCTION central.hello');
  await centre.sql(
    `CREATE FUNCTION central.hello(p_epoch integer, p_seq bigint, p_hash bytea)
       RETURNS TABLE (acked_seq bigint) LANGUAGE sql AS 'SELECT 1'`,
  );
  await centre.stopServer();
  await centre.startServer();
  expect(await port.hello(journal.head())).toMatchObject({ value: { ackedSeq: 10, notices: [] } });
  expect(await health()).toEqual([]);
  expect(await centre.held()).toHaveLength(10);
});
