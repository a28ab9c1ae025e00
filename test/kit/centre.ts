import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { CentreTarget } from '../../src/main/engine/sync/centre-address.ts';
import { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import {
  type CentreLogin,
  startTrainingCentre,
  type TrainingCentre,
} from '../../src/training/centre/training-centre.ts';

const DDL_FOLDER = new URL('../../resources/central', import.meta.url).pathname;
export const QUICK_LIMITS = { connectTimeoutMs: 2000, answerTimeoutMs: 5000 };

/** A real PostgreSQL centre, one per test file: from beforeAll to afterAll. */
export class TestCentre {
  readonly folder: string;
  readonly #durable: boolean;
  #running: TrainingCentre | null = null;
  #admin: Client | null = null;

  private constructor(folder: string, durable: boolean) {
    this.folder = folder;
    this.#durable = durable;
  }

  /** `durable`: commits wait for the disk, as outside tests; only figures need that. */
  static async start(durable = false): Promise<TestCentre> {
    const folder = mkdtempSync(join(tmpdir(), 'twoline-centre-'));
    const centre = new TestCentre(folder, durable);
    await centre.startServer();
    return centre;
  }

  get running(): TrainingCentre {
    if (!this.#running) throw new Error('the test centre is stopped');
    return this.#running;
  }

  get login(): CentreLogin {
    return this.running.login;
  }

  async startServer(): Promise<void> {
    const started = await startTrainingCentre({
      folder: join(this.folder, 'centre'),
      ddlFolder: DDL_FOLDER,
      consoleId: 'C7',
      durable: this.#durable,
      log: () => {},
    });
    if (!started.ok) throw new Error(`${started.fault.code}: ${started.fault.text}`);
    this.#running = started.value;
    this.#admin = new Client({ ...started.value.admin, database: 'central', ssl: false });
    this.#admin.on('error', () => {});
    await this.#admin.connect();
  }

  async stopServer(): Promise<void> {
    await this.#admin?.end().catch(() => {});
    this.#admin = null;
    await this.#running?.stop();
    this.#running = null;
  }

  /** As administrator of the centre. */
  async sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    if (!this.#admin) throw new Error('the test centre is stopped');
    return (await this.#admin.query<Row>(text, values)).rows;
  }

  /** As the console would: a target for a PgCentre, on another port when a proxy stands between. */
  target(login: CentreLogin = this.login, port: number = login.port): CentreTarget {
    return { ...login, port, tls: null };
  }

  port(login: CentreLogin = this.login, boot = 'boot-1'): PgCentre {
    return new PgCentre(this.target(login), QUICK_LIMITS, boot);
  }

  /** A bare connection with a console's rights, to try what it may not do. */
  async connectAs(login: CentreLogin): Promise<Client> {
    const client = new Client({ ...login, ssl: false });
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  /** Everything that a console has sent, in order of seq. */
  async held(consoleId = 'C7', epoch = 1): Promise<{ seq: number; body: string }[]> {
    const rows = await this.sql<{ seq: string; body: Buffer }>(
      'SELECT seq, body FROM central.event WHERE console_id = $1 AND epoch = $2 ORDER BY seq',
      [consoleId, epoch],
    );
    return rows.map((row) => ({ seq: Number(row.seq), body: row.body.toString('utf8') }));
  }

  /** Forgets every event and console head. */
  async empty(): Promise<void> {
    await this.sql('TRUNCATE central.event');
    await this.sql('DELETE FROM central.chain');
  }

  async dispose(): Promise<void> {
    await this.stopServer();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
