import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestCentre } from '../kit/centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';

/** Nothing is believed of what is granted: everything is tried, as the console's own login. */
let centre: TestCentre;
let console7: Client;

beforeAll(async () => {
  centre = await TestCentre.start();
  await centre.running.enrol('C8');
  console7 = await centre.connectAs(centre.login);
});
afterAll(async () => {
  await console7.end();
  await centre.dispose();
});

/** What the centre did not refuse for want of a right, each with what it said instead. */
async function notRefused(client: Client, statements: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const statement of statements) {
    const said = await client.query(statement).then(
      () => 'done',
      (error: { code?: string; message: string }) =>
        error.code === '42501' ? null : `${error.code} ${error.message}`,
    );
    if (said !== null) wrong.push(`${statement}: ${said}`);
    await client.query('ROLLBACK');
  }
  return wrong;
}

const OWN_SCHEMAS =
  "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";

interface Column {
  table: string;
  column: string;
}

/** Every table of the database with its first column: what is added later is tried too. */
function tables(): Promise<Column[]> {
  return centre.sql<Column>(
    `SELECT c.oid::regclass::text AS table, quote_ident(a.attname) AS column
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${OWN_SCHEMAS} ORDER BY 1`,
  );
}

/** Every function of the database by its signature, and as a call without arguments that matter. */
function functions(): Promise<{ signature: string; call: string }[]> {
  return centre.sql(
    `SELECT p.oid::regprocedure::text AS signature,
         format('SELECT * FROM %I.%I(%s)', n.nspname, p.proname, (
           SELECT string_agg(format('NULL::%s', format_type(t, NULL)), ', ')
           FROM unnest(p.proargtypes) t)) AS call
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE ${OWN_SCHEMAS} ORDER BY 1`,
  );
}

const MAY = [
  'central.hello(integer,bigint,bytea,text)',
  'central.push(integer,bigint,integer[],bytea,bytea)',
];

describe('a console', () => {
  const verbs: Readonly<Record<string, (at: Column) => string>> = {
    select: ({ table, column }) => `SELECT ${column} FROM ${table}`,
    count: ({ table }) => `SELECT count(*) FROM ${table}`,
    insert: ({ table }) => `INSERT INTO ${table} DEFAULT VALUES`,
    update: ({ table, column }) => `UPDATE ${table} SET ${column} = NULL`,
    delete: ({ table }) => `DELETE FROM ${table}`,
    truncate: ({ table }) => `TRUNCATE ${table}`,
    lock: ({ table }) => `BEGIN; LOCK TABLE ${table} IN ACCESS SHARE MODE`,
    'copy out of': ({ table }) => `COPY ${table} TO STDOUT`,
    alter: ({ table, column }) => `ALTER TABLE ${table} DROP COLUMN ${column}`,
    drop: ({ table }) => `DROP TABLE ${table}`,
    'put an index on': ({ table, column }) => `CREATE INDEX ON ${table} (${column})`,
    'refer to': ({ table, column }) => `CREATE VIEW central.mine AS SELECT ${column} FROM ${table}`,
  };

  test.each(Object.keys(verbs))('may not %s any table', async (verb) => {
    const all = await tables();
    expect(all.length).toBeGreaterThan(20);
    expect(all.map(({ table }) => table)).toContain('central.event_default');
    expect(await notRefused(console7, all.map(verbs[verb]!))).toEqual([]);
  });

  test('may not create anything in any schema, nor a schema', async () => {
    const schemas = await centre.sql<{ name: string }>(
      "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'",
    );
    const names = schemas.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['central', 'public', 'pg_catalog']));
    const statements = names.flatMap((name) => [
      `CREATE TABLE ${name}.mine (x integer)`,
      `CREATE FUNCTION ${name}.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'`,
      `CREATE TYPE ${name}.mine AS ENUM ('x')`,
      `CREATE SEQUENCE ${name}.mine`,
    ]);
    statements.push('CREATE TEMPORARY TABLE mine (x integer)', 'CREATE SCHEMA mine');
    expect(await notRefused(console7, statements)).toEqual([]);
  });

  test('may call no function but hello and push', async () => {
    const all = await functions();
    const others = all.filter(({ signature }) => !MAY.includes(signature));
    expect(all.length - others.length).toBe(MAY.length);
    expect(others.length).toBeGreaterThan(10);
    expect(
      await notRefused(
        console7,
        others.map(({ call }) => call),
      ),
    ).toEqual([]);
  });

  test('may execute hello and push', async () => {
    const hello = await console7.query("SELECT * FROM central.hello(1, 0, '')");
    expect(hello.rows[0]).toMatchObject({ acked_seq: '0', epoch_state: 'new' });
    const journal = new MemoryJournal();
    journal.grow(3);
    const port = centre.port();
    expect(await port.push(journal.batch(1, 3))).toMatchObject({ value: { ackedSeq: 3 } });
    port.close();
  });

  test('may take up no role but its own and the one that it is a member of', async () => {
    const roles = await centre.sql<{ name: string }>(
      "SELECT rolname AS name FROM pg_roles WHERE rolname NOT IN ('console_c7', 'console_role')",
    );
    const names = roles.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['postgres', 'central_owner', 'console_c8']));
    const takenUp = names.flatMap((name) => [
      `SET ROLE ${name}`,
      `SET SESSION AUTHORIZATION ${name}`,
      `SELECT set_config('role', '${name}', false)`,
      `SELECT set_config('session_authorization', '${name}', false)`,
    ]);
    expect(await notRefused(console7, takenUp)).toEqual([]);
    // PostgreSQL's own roles can be altered by nobody.
    const altered = names.filter((name) => !name.startsWith('pg_'));
    const statements = altered.flatMap((name) => [
      `GRANT ${name} TO console_c7`,
      `ALTER ROLE ${name} SET statement_timeout = 1`,
      `ALTER ROLE ${name} PASSWORD 'x'`,
      `DROP ROLE ${name}`,
    ]);
    expect(await notRefused(console7, statements)).toEqual([]);
  });

  const others: readonly string[] = [
    'ALTER ROLE console_c7 SUPERUSER',
    'ALTER ROLE console_c7 CONNECTION LIMIT -1',
    'CREATE ROLE mine',
    'CREATE DATABASE mine',
    'DROP DATABASE central',
    'CREATE EXTENSION file_fdw',
    'CREATE PUBLICATION mine FOR ALL TABLES',
    "CREATE TABLESPACE mine LOCATION '/srv/mine'",
    'CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION pg_catalog.unknown()',
    'ALTER SYSTEM SET ssl = off',
    "SET log_statement = 'none'",
    'SET session_replication_role = replica',
    'DO $$ BEGIN END $$',
    "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'",
    'SELECT * FROM pg_shadow',
    'SELECT * FROM pg_hba_file_rules',
    'SELECT * FROM pg_file_settings',
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY (SELECT 1) TO '/srv/mine'",
    "COPY pg_catalog.pg_authid FROM PROGRAM 'true'",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_read_binary_file('ca.crt')",
    "SELECT pg_ls_dir('.')",
    'SELECT pg_reload_conf()',
    'SELECT pg_rotate_logfile()',
    "SELECT pg_create_restore_point('x')",
    'SELECT pg_stat_reset()',
    "SELECT pg_create_physical_replication_slot('mine')",
    'SELECT lo_create(0)',
    'SELECT lo_creat(1)',
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT lo_import('/etc/passwd')",
    'SELECT lo_get(1)',
    'SELECT lo_open(1, 131072)',
    'SELECT lo_unlink(1)',
    "SELECT lo_export(1, '/srv/mine')",
    'SELECT pg_advisory_lock(n) FROM generate_series(1, 100000) n',
    'SELECT pg_try_advisory_xact_lock(1, 2)',
    "SELECT pg_logical_emit_message(false, 'x', 'y')",
  ];
  test.each(others)('may not: %s', async (statement) => {
    expect(await notRefused(console7, [statement])).toEqual([]);
  });

  test('may not end or read what another console or the administrator does', async () => {
    const other = await centre.connectAs(await centre.running.enrol('C8'));
    await other.query("SELECT 'a secret of C8'");
    const pids = await centre.sql<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE usename IN ('console_c8', 'postgres')",
    );
    expect(pids.length).toBeGreaterThanOrEqual(2);
    const statements = pids.flatMap(({ pid }) => [
      `SELECT pg_cancel_backend(${pid})`,
      `SELECT pg_terminate_backend(${pid})`,
    ]);
    expect(await notRefused(console7, statements)).toEqual([]);
    const seen = await console7.query<{ query: string }>(
      "SELECT query FROM pg_stat_activity WHERE usename <> 'console_c7'",
    );
    expect(new Set(seen.rows.map(({ query }) => query))).toEqual(
      new Set(['<insufficient privilege>']),
    );
    await other.end();
  });

  test('cannot name another console: neither by an argument nor in what it sends', async () => {
    const rows = await centre.sql<{ names: string[] }>(
      `SELECT array_agg(a) AS names FROM pg_proc p, unnest(p.proargnames) a
         WHERE p.oid IN ('${MAY.join("'::regprocedure, '")}'::regprocedure)`,
    );
    expect(rows[0]?.names).toContain('p_epoch');
    expect(rows[0]?.names.filter((name) => /console|login|user|role/.test(name))).toEqual([]);
    const theirs = new MemoryJournal('C8');
    theirs.grow(2);
    await centre.empty();
    const port = centre.port();
    expect(await port.push(theirs.batch(1, 2))).toMatchObject({ value: { ackedSeq: 2 } });
    port.close();
    expect(await centre.held('C8')).toEqual([]);
    expect(await centre.held('C7')).toHaveLength(2);
  });

  test('its sessions are few, short and end when idle', async () => {
    const rows = await centre.sql<{ rolconnlimit: number; rolconfig: string[] }>(
      "SELECT rolconnlimit, rolconfig FROM pg_roles WHERE rolname = 'console_c7'",
    );
    expect(rows[0]?.rolconnlimit).toBe(3);
    expect(rows[0]?.rolconfig).toEqual([
      'statement_timeout=15s',
      'idle_in_transaction_session_timeout=10s',
      'idle_session_timeout=120s',
      'search_path=pg_catalog',
      'transaction_timeout=30s',
    ]);
    const shown = await console7.query<{ statement_timeout: string }>('SHOW statement_timeout');
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

describe("the centre's own job", () => {
  let keeper: Client;
  beforeAll(async () => {
    await centre.sql('CREATE ROLE job LOGIN IN ROLE central_keeper');
    keeper = await centre.connectAs({ ...centre.login, ...centre.running.admin });
    await keeper.query('SET SESSION AUTHORIZATION job');
  });
  afterAll(() => keeper.end());

  test('may make partitions, which belong to the owner, and ask for the health', async () => {
    await keeper.query('SELECT * FROM central.ensure_partitions(20)');
    await keeper.query('SELECT * FROM central.health()');
    const owners = await centre.sql<{ owner: string }>(
      `SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class
         WHERE relname ~ '^event_[0-9]{8}$'`,
    );
    expect(owners).toEqual([{ owner: 'central_owner' }]);
  });

  test('may do nothing else', async () => {
    const may = ['central.ensure_partitions(integer)', 'central.health(integer,interval,interval)'];
    const calls = (await functions()).filter(({ signature }) => !may.includes(signature));
    const statements = [
      ...calls.map(({ call }) => call),
      ...(await tables()).map(({ table, column }) => `SELECT ${column} FROM ${table}`),
      ...(await tables()).map(({ table }) => `DELETE FROM ${table}`),
      'CREATE TABLE central.mine (x integer)',
      'SET ROLE central_owner',
      'SET ROLE console_c7',
    ];
    expect(await notRefused(keeper, statements)).toEqual([]);
  });
});
