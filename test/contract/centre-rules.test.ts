import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import type { CentreLogin } from '../../src/training/centre/training-centre.ts';
import { TestCentre } from '../kit/centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';

let centre: TestCentre;
let other: CentreLogin;
let port: PgCentre;

beforeAll(async () => {
  centre = await TestCentre.start();
  other = await centre.running.enrol('C8');
});
afterAll(() => centre.dispose());
beforeEach(async () => {
  await centre.empty();
  port = centre.port();
});
afterEach(() => port.close());

describe('what a console may not do', () => {
  let client: Client;
  beforeAll(async () => {
    client = await centre.connectAs(centre.login);
  });
  afterAll(() => client.end());

  const columns = {
    event: 'body',
    event_default: 'body',
    chain: 'head_seq',
    console: 'login',
    setting: 'max_rows',
  };
  const onTables = Object.entries(columns).flatMap(([table, column]) => [
    `SELECT ${column} FROM central.${table}`,
    `INSERT INTO central.${table} DEFAULT VALUES`,
    `UPDATE central.${table} SET ${column} = NULL`,
    `DELETE FROM central.${table}`,
    `TRUNCATE central.${table}`,
    `ALTER TABLE central.${table} DROP COLUMN ${column}`,
    `DROP TABLE central.${table}`,
  ]);
  const others = [
    'CREATE TABLE central.mine (x integer)',
    'CREATE TABLE public.mine (x integer)',
    'CREATE TEMPORARY TABLE mine (x integer)',
    'CREATE SCHEMA mine',
    'CREATE ROLE mine',
    'CREATE DATABASE mine',
    'CREATE FUNCTION central.mine() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$',
    'DO $$ BEGIN END $$',
    'SET ROLE central_owner',
    'SET SESSION AUTHORIZATION console_c8',
    "SELECT central.enrol_console('C9', 'console_c9')",
    'SELECT * FROM central.ensure_partitions(14)',
    "SELECT * FROM central.audit('C8', 1)",
    'SELECT central.console_of_session()',
    'SELECT central.refuse_hash(1)',
    "SELECT * FROM central.lock_chain('C8', 1)",
    "SELECT central.check_batch(1, '{1}', '', '')",
    "SELECT central.check_held('C8', 1, 1, '')",
    "SELECT pg_read_file('postgresql.conf')",
    'SELECT pg_reload_conf()',
    'SELECT lo_create(0)',
    "SELECT lo_from_bytea(0, 'x')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'",
  ];

  test.each([...onTables, ...others])('%s', async (statement) => {
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('but it may execute hello and push', async () => {
    const hello = await client.query("SELECT * FROM central.hello(1, 0, '')");
    expect(hello.rows[0]).toMatchObject({ acked_seq: '0', epoch_state: 'new' });
    const journal = new MemoryJournal();
    journal.grow(3);
    expect(await port.push(journal.batch(1, 3))).toMatchObject({ value: { ackedSeq: 3 } });
  });

  test('its sessions are few, short and end when idle', async () => {
    const rows = await centre.sql<{ rolconnlimit: number; rolconfig: string[] }>(
      "SELECT rolconnlimit, rolconfig FROM pg_roles WHERE rolname = 'console_c7'",
    );
    expect(rows[0]?.rolconnlimit).toBe(3);
    expect(rows[0]?.rolconfig).toEqual(
      expect.arrayContaining([
        'statement_timeout=15s',
        'idle_in_transaction_session_timeout=10s',
        'idle_session_timeout=120s',
      ]),
    );
    const shown = await client.query<{ statement_timeout: string }>('SHOW statement_timeout');
    expect(shown.rows[0]?.statement_timeout).toBe('15s');
    const more = [await centre.connectAs(centre.login), await centre.connectAs(centre.login)];
    await expect(centre.connectAs(centre.login)).rejects.toMatchObject({ code: '53300' });
    for (const one of more) await one.end();
  });

  test('a wrong password and an unknown login are refused', async () => {
    for (const login of [{ password: 'wrong' }, { user: 'console_c99' }, { password: '' }]) {
      const stranger = centre.port({ ...centre.login, ...login });
      expect(await stranger.hello(new MemoryJournal().head())).toMatchObject({
        ok: false,
        fault: { kind: 'refused', code: 'login-refused' },
      });
      stranger.close();
    }
  });
});

describe('two consoles', () => {
  test('neither sees nor touches the events of the other', async () => {
    const mine = new MemoryJournal('C7');
    const theirs = new MemoryJournal('C8');
    mine.grow(20);
    theirs.grow(7);
    const second = centre.port(other);
    await port.push(mine.batch(1, 20));
    expect(await second.hello(theirs.head())).toMatchObject({ value: { ackedSeq: 0 } });
    await second.push(theirs.batch(1, 7));
    expect(await port.hello(mine.head())).toMatchObject({ value: { ackedSeq: 20 } });
    expect(await second.push(theirs.batch(1, 7))).toMatchObject({ value: { ackedSeq: 7 } });
    second.close();
    expect((await centre.held('C7')).map(({ body }) => body)).toEqual(
      mine.rows.map(({ body }) => body),
    );
    expect((await centre.held('C8')).map(({ body }) => body)).toEqual(
      theirs.rows.map(({ body }) => body),
    );
  });

  test('two connections of one console that send the same at once are both answered', async () => {
    const journal = new MemoryJournal();
    journal.grow(2000);
    const second = centre.port();
    for (let from = 1; from <= 2000; from += 50) {
      const batch = journal.batch(from, from + 49);
      const answers = await Promise.all([port.push(batch), second.push(batch)]);
      for (const answer of answers) expect(answer).toMatchObject({ ok: true });
    }
    second.close();
    expect((await centre.held()).map(({ seq }) => seq)).toEqual(journal.rows.map(({ seq }) => seq));
  });

  test('a console that is not enrolled any more is refused by name', async () => {
    await centre.sql("UPDATE central.console SET login = 'console_old' WHERE console_id = 'C7'");
    expect(await port.hello(new MemoryJournal().head())).toMatchObject({
      ok: false,
      fault: { kind: 'refused', code: 'not-enrolled' },
    });
    await centre.sql("UPDATE central.console SET login = 'console_c7' WHERE console_id = 'C7'");
  });

  test('the centre notes what a console says of itself', async () => {
    await port.hello({ epoch: 1, seq: 4711, hash: new Uint8Array(32) });
    const rows = await centre.sql("SELECT * FROM central.console WHERE console_id = 'C7'");
    expect(rows[0]).toMatchObject({ claimed_epoch: 1, claimed_seq: '4711' });
  });
});

describe('no text can be refused for what it says', () => {
  const texts: Readonly<Record<string, string>> = {
    'an escaped zero': '{"note":"a\\u0000b"}',
    'a lone surrogate, escaped': '{"note":"\\ud800"}',
    'a lone surrogate as it is': '{"note":"\ud800"}',
    'a zero byte as it is': '{"note":"a\0b"}',
    'every control character': JSON.stringify({
      note: Array.from({ length: 0x20 }, (_, i) => String.fromCharCode(i)).join(''),
    }),
    'what is not JSON': '{"at":1,',
    'nothing at all': '',
    'quotes, backslashes and the end of a literal': `{"note":"'; DROP TABLE \\\\ $$ E'\\\\x00'"}`,
    'scripts of every width': '{"name":"陳大文 𠮷 مرحبا 👩‍👩‍👧 é"}',
    'a moment thirty years ahead': '{"at":2742080000000}',
    'the largest event': `"${'界'.repeat(21_844)}"`,
  };

  test.each(Object.entries(texts))('%s', async (_name, body) => {
    const journal = new MemoryJournal();
    journal.grow(1);
    journal.append(body);
    journal.grow(1);
    expect(await port.push(journal.batch(1, 3))).toMatchObject({ value: { ackedSeq: 3 } });
    const rows = await centre.sql<{ body: Buffer }>('SELECT body FROM central.event WHERE seq = 2');
    expect(rows[0]?.body).toEqual(Buffer.from(body, 'utf8'));
    expect(await centre.sql("SELECT * FROM central.audit('C7', 1)")).toEqual([
      { events: '3', first_seq: '1', last_seq: '3', bad_seq: null },
    ]);
  });
});

describe('batches that make no sense', () => {
  const hash = (n: number) => Buffer.alloc(32 * n);
  const batches: readonly [string, unknown[]][] = [
    ['no rows', [1, 1, [], Buffer.from(''), hash(0)]],
    ['a first seq of zero', [1, 0, [1], Buffer.from('x'), hash(1)]],
    ['ends beyond the bodies', [1, 1, [5], Buffer.from('x'), hash(1)]],
    ['bodies beyond the ends', [1, 1, [1], Buffer.from('xx'), hash(1)]],
    ['too few hashes', [1, 1, [1, 2], Buffer.from('xx'), hash(1)]],
    ['a missing end', [1, 1, [null], Buffer.from('x'), hash(1)]],
    ['a negative end', [1, 1, [-1, 1], Buffer.from('x'), hash(2)]],
    ['no bodies', [1, 1, [1], null, hash(1)]],
    ['nothing', [null, null, null, null, null]],
  ];

  test.each(batches)('%s', async (_name, values) => {
    const client = await centre.connectAs(centre.login);
    const push = 'SELECT * FROM central.push($1, $2, $3::integer[], $4, $5)';
    await expect(client.query(push, values)).rejects.toMatchObject({ code: 'P0B01' });
    await client.end();
    expect(await centre.held()).toEqual([]);
  });

  test('ends that run backwards', async () => {
    const client = await centre.connectAs(centre.login);
    const push = 'SELECT * FROM central.push($1, $2, $3::integer[], $4, $5)';
    const values = [1, 1, [5, 2, 6], Buffer.from('xxxxxx'), hash(3)];
    await expect(client.query(push, values)).rejects.toThrow();
    await client.end();
    expect(await centre.held()).toEqual([]);
  });
});

describe('epochs', () => {
  test('a later epoch starts at 1 and closes the one before for ever', async () => {
    const first = new MemoryJournal();
    first.grow(5);
    await port.push(first.batch(1, 3));
    const second = new MemoryJournal();
    second.epoch = 2;
    second.grow(2);
    expect(await port.push(second.batch(1, 2))).toMatchObject({ value: { ackedSeq: 2 } });
    expect(await port.push(first.batch(4, 5))).toMatchObject({
      ok: false,
      fault: { kind: 'refused', code: 'epoch-closed' },
    });
    expect(await port.hello(first.head())).toMatchObject({ value: { epochState: 'closed' } });
    expect(await port.hello(second.head())).toMatchObject({ value: { epochState: 'open' } });
  });
});

describe('days', () => {
  test('events stand in the partition of the day of receipt', async () => {
    const journal = new MemoryJournal();
    journal.grow(2);
    await port.push(journal.batch(1, 2));
    const rows = await centre.sql<{ part: string; day: string }>(
      `SELECT tableoid::regclass::text AS part, to_char(day, 'YYYYMMDD') AS day
         FROM central.event`,
    );
    expect(rows.map(({ part }) => part)).toEqual(rows.map(({ day }) => `central.event_${day}`));
  });

  test('partitions stand for two weeks ahead; making them again changes nothing', async () => {
    const again = await centre.sql<{ state: string }>(
      'SELECT state FROM central.ensure_partitions(14)',
    );
    expect(again.map(({ state }) => state)).toEqual(Array.from({ length: 15 }, () => 'there'));
  });

  test('without a partition for the day the default one takes the events', async () => {
    const journal = new MemoryJournal();
    journal.grow(4);
    await port.push(journal.batch(1, 2));
    const [today] = await centre.sql<{ part: string }>(
      'SELECT DISTINCT tableoid::regclass::text AS part FROM central.event',
    );
    await centre.sql(`DROP TABLE ${today?.part}`);
    await centre.sql('DELETE FROM central.chain');
    expect(await port.push(journal.batch(1, 4))).toMatchObject({ value: { ackedSeq: 4 } });
    const [held] = await centre.sql('SELECT count(*)::integer AS n FROM central.event_default');
    expect(held).toEqual({ n: 4 });
    const states = await centre.sql<{ state: string }>(
      'SELECT state FROM central.ensure_partitions(0)',
    );
    expect(states).toEqual([{ state: 'rows in default' }]);
    await centre.empty();
    const mended = await centre.sql<{ state: string }>(
      'SELECT state FROM central.ensure_partitions(0)',
    );
    expect(mended).toEqual([{ state: 'made' }]);
  });

  test('the audit finds an event that was changed or taken away at the centre', async () => {
    const journal = new MemoryJournal();
    journal.grow(10);
    await port.push(journal.batch(1, 10));
    const audit = "SELECT bad_seq FROM central.audit('C7', 1)";
    expect(await centre.sql(audit)).toEqual([{ bad_seq: null }]);
    await centre.sql("UPDATE central.event SET body = body || ' ' WHERE seq = 6");
    expect(await centre.sql(audit)).toEqual([{ bad_seq: '6' }]);
    await centre.sql('DELETE FROM central.event WHERE seq = 4');
    expect(await centre.sql(audit)).toEqual([{ bad_seq: '5' }]);
    await centre.sql('DELETE FROM central.event WHERE seq > 3');
    expect(await centre.sql(audit)).toEqual([{ bad_seq: '4' }]);
  });
});
