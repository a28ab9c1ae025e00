import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CentreTarget } from '../../src/main/engine/sync/centre-address.ts';
import { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { QUICK_LIMITS } from '../kit/centre.ts';
import { drainMany, enrolMany, type OneConsole } from '../kit/many-consoles.ts';
import { TlsCentre } from '../kit/tls-centre.ts';
import { until } from '../kit/waiting.ts';

const COUNT = 20;
const EVENTS = 3000;

let tls: TlsCentre;
let consoles: readonly OneConsole[];

beforeAll(async () => {
  tls = await TlsCentre.start();
  consoles = await enrolMany(tls, COUNT, EVENTS);
});
afterAll(() => tls.dispose());

/** Each console's events are held whole, in order, under its own name and nobody else's. */
async function expectNoCrossTalk(among: readonly OneConsole[]): Promise<void> {
  const { centre } = tls;
  const [strays] = await centre.sql(
    `SELECT count(*)::integer AS n FROM central.event
       WHERE convert_from(body, 'UTF8')::jsonb ->> 'console' <> console_id`,
  );
  expect(strays).toEqual({ n: 0 });
  for (const { id, journal } of among) {
    expect((await centre.held(id)).map(({ body }) => body)).toEqual(
      journal.rows.map(({ body }) => body),
    );
    const [chain] = await centre.sql<{ head_seq: string; head_hash: Buffer }>(
      'SELECT head_seq, head_hash FROM central.chain WHERE console_id = $1 AND epoch = 1',
      [id],
    );
    expect(Number(chain?.head_seq)).toBe(journal.rows.length);
    expect(chain?.head_hash).toEqual(Buffer.from(journal.head().hash));
    const [audit] = await centre.sql<{ bad_seq: string | null }>(
      'SELECT bad_seq FROM central.audit($1, 1)',
      [id],
    );
    expect(audit?.bad_seq).toBe(null);
  }
}

test('twenty consoles at once, each over its own TLS login: all fair, none mixed up', async () => {
  const { fairness, states } = await drainMany(consoles);
  expect(fairness).toBeGreaterThan(0.3);
  expect(states.filter(({ code, notices }) => code !== null || notices.length > 0)).toEqual([]);
  await expectNoCrossTalk(consoles);
  const [row] = await tls.centre.sql('SELECT count(*)::integer AS n FROM central.event');
  expect(row).toEqual({ n: COUNT * EVENTS });
  expect(await tls.centre.sql("SELECT * FROM central.health() WHERE about <> 'C7'")).toEqual([]);
});

/** Everything at once that a console's login allows to do wrong. */
class Misbehaving {
  readonly #target: CentreTarget;
  readonly #console: OneConsole;
  readonly #clients: Client[] = [];
  #stopped = false;
  greetings = 0;
  refused = 0;

  constructor(console: OneConsole, target: CentreTarget) {
    this.#console = console;
    this.#target = target;
  }

  /** Begins a transaction and leaves it open; answers how that is ended. */
  async leaveOpen(): Promise<{ client: Client; ended: Promise<string | undefined> }> {
    const client = await this.connect();
    const ended = new Promise<string | undefined>((resolve) => {
      client.once('error', ({ code }: { code?: string }) => resolve(code));
    });
    await client.query('BEGIN');
    return { client, ended };
  }

  /** The same after a batch, without the limit that a login may lift for itself. */
  async pushAndLeaveOpen(): Promise<{ ended: Promise<string | undefined> }> {
    const { client, ended } = await this.leaveOpen();
    await client.query('SET idle_in_transaction_session_timeout = 0');
    const { body, hash } = must(this.#console.journal.rows[0], 'an event');
    const ends = `{${Buffer.byteLength(body)}}`;
    const values = [1, 1, ends, Buffer.from(body), Buffer.from(hash)];
    await client.query('SELECT * FROM central.push($1, $2, $3::integer[], $4, $5)', values);
    return { ended };
  }

  /** Greets without a pause. */
  async flood(): Promise<void> {
    const client = await this.connect();
    while (!this.#stopped) {
      await client.query("SELECT * FROM central.hello(1, 0, '')");
      this.greetings += 1;
    }
  }

  /** Sends large batches whose last hash is wrong, one after another. */
  async sendWrong(): Promise<void> {
    const port = new PgCentre(this.#target, QUICK_LIMITS, 'boot-wrong');
    const { rows } = this.#console.journal.batch(1, 1000);
    const wrong = rows.map((row) => (row.seq === 1000 ? { ...row, hash: Buffer.alloc(32) } : row));
    while (!this.#stopped) {
      const answer = await port.push({ epoch: 7, rows: wrong });
      if (!answer.ok && answer.fault.code === 'wrong-hash') this.refused += 1;
    }
    port.close();
  }

  async connect(): Promise<Client> {
    const { tls: own, ...address } = this.#target;
    const client = new Client({ ...address, ssl: { ...must(own, 'certificates') } });
    client.on('error', () => {});
    await client.connect();
    this.#clients.push(client);
    return client;
  }

  get login(): string {
    return this.#target.user;
  }

  async close(client: Client): Promise<void> {
    this.#clients.splice(this.#clients.indexOf(client), 1);
    await client.end();
  }

  stop(): void {
    this.#stopped = true;
  }

  async end(): Promise<void> {
    for (const client of this.#clients) await client.end();
  }
}

/** It has one; two more are all that its login gets, and they are free again afterwards. */
async function expectThreeConnections(misbehaving: Misbehaving): Promise<void> {
  const more = [await misbehaving.connect(), await misbehaving.connect()];
  await expect(misbehaving.connect()).rejects.toMatchObject({ code: '53300' });
  for (const client of more) await misbehaving.close(client);
  const open = `SELECT count(*)::integer AS n FROM pg_stat_activity WHERE usename = $1`;
  for (let n = 3; n > 1; ) {
    const [row] = await tls.centre.sql<{ n: number }>(open, [misbehaving.login]);
    n = row?.n ?? 0;
  }
}

test('one that misbehaves in every way holds up none of the others', async () => {
  const { centre } = tls;
  await centre.empty();
  const [bad, ...others] = consoles;
  const one = must(bad, 'a console');
  const misbehaving = new Misbehaving(one, tls.target(await centre.running.enrol(one.id)));
  const openedMs = performance.now();
  const lifted = await misbehaving.pushAndLeaveOpen();
  await expectThreeConnections(misbehaving);
  const loops = [misbehaving.flood(), misbehaving.sendWrong()];
  const stopped = Promise.all(loops);
  stopped.catch(() => {});
  await until('both at it', () => misbehaving.greetings > 10 && misbehaving.refused > 0);

  const { fairness, states } = await drainMany(others);
  const openMs = performance.now() - openedMs;
  expect(openMs).toBeLessThan(25_000);
  expect(fairness).toBeGreaterThan(0.3);
  expect(states.filter(({ code, notices }) => code !== null || notices.length > 0)).toEqual([]);
  await expectNoCrossTalk(others);
  expect(misbehaving.greetings).toBeGreaterThan(100);
  misbehaving.stop();
  await stopped;

  // A transaction that is left idle ends, and one whose login lifted that limit ends too.
  const idle = await misbehaving.leaveOpen();
  expect(await idle.ended).toBe('25P03');
  expect(await lifted.ended).toBe('25P04');
  await misbehaving.end();
  expect(await centre.held(one.id)).toEqual([]);
  // Once it behaves, it is taken like any other.
  await drainMany([one]);
  await expectNoCrossTalk(consoles);
}, 120_000);
