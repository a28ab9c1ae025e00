import { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { CentreTarget } from './centre-address.ts';
import { centreFault } from './centre-faults.ts';
import { type Findings, noticesOf } from './centre-notices.ts';
import type {
  CentreAck,
  CentreBatch,
  CentreFault,
  CentreHello,
  CentrePort,
  JournalHead,
} from './centre-port.ts';
import { BatchPacker } from './pack-batch.ts';

export interface PgCentreLimits {
  /** For the connection, TLS and sign-in together. */
  readonly connectTimeoutMs: number;
  readonly answerTimeoutMs: number;
}

const HELLO = 'SELECT * FROM central.hello($1::integer, $2::bigint, $3::bytea, $4::text)';
const PUSH =
  'SELECT * FROM central.push($1::integer, $2::bigint, $3::integer[], $4::bytea, $5::bytea)';

interface HelloRow extends Findings {
  acked_seq: string;
  acked_hash: Buffer;
  epoch_state: string;
  max_rows: number;
  max_bytes: number;
  now_ms: string;
}

interface AckRow {
  acked_seq: string;
  acked_hash: Buffer;
}

interface Line {
  readonly client: Client;
  readonly socket: Socket;
  readonly ready: Promise<unknown>;
}

/** The centre over one PostgreSQL connection: opened when there is none, dropped after a fault. */
export class PgCentre implements CentrePort {
  readonly #target: CentreTarget;
  readonly #limits: PgCentreLimits;
  readonly #boot: string;
  readonly #packer = new BatchPacker();
  #line: Line | null = null;

  /** `boot`: this run of the console, by which the centre knows it from a second one. */
  constructor(target: CentreTarget, limits: PgCentreLimits, boot: string) {
    this.#target = target;
    this.#limits = limits;
    this.#boot = boot;
  }

  hello(head: JournalHead): Promise<Result<CentreHello, CentreFault>> {
    return this.#run(async (line) => {
      await line.ready;
      const values = [head.epoch, head.seq, Buffer.from(head.hash), this.#boot];
      const row = await askOne<HelloRow>(line.client, 'hello', HELLO, values);
      return {
        ackedSeq: Number(row.acked_seq),
        ackedHash: row.acked_hash,
        epochState: epochState(row.epoch_state),
        maxRows: row.max_rows,
        maxBytes: row.max_bytes,
        nowMs: Number(row.now_ms),
        notices: noticesOf(row),
      };
    });
  }

  push(batch: CentreBatch): Promise<Result<CentreAck, CentreFault>> {
    return this.#run(async (line) => {
      await line.ready;
      const packed = this.#packer.pack(batch.rows);
      const values = [batch.epoch, packed.first, packed.ends, packed.bodies, packed.hashes];
      const row = await askOne<AckRow>(line.client, 'push', PUSH, values);
      return { ackedSeq: Number(row.acked_seq), ackedHash: row.acked_hash };
    });
  }

  close(): void {
    if (this.#line) this.#drop(this.#line);
  }

  async #run<T>(work: (line: Line) => Promise<T>): Promise<Result<T, CentreFault>> {
    const line = this.#line ?? this.#open();
    try {
      return ok(await work(line));
    } catch (error) {
      // After a time-out an answer may still be under way, so the connection is of no more use.
      this.#drop(line);
      return { ok: false, fault: centreFault(error) };
    }
  }

  #open(): Line {
    // The socket is ours, so that it can be dropped in any state: end() waits for the server.
    const socket = new Socket();
    const client = new Client(clientConfig(this.#target, this.#limits, socket));
    client.on('error', () => this.#drop(line));
    const line: Line = { client, socket, ready: client.connect() };
    this.#line = line;
    return line;
  }

  /** A newer connection stays as it is: an old one may fail after it was given up. */
  #drop(line: Line): void {
    if (this.#line === line) this.#line = null;
    line.socket.destroy();
  }
}

/** Made anew for each client: pg hides `ssl.key` on the object it is given, and a copy lacks it. */
function clientConfig(target: CentreTarget, limits: PgCentreLimits, socket: Socket): ClientConfig {
  const { tls } = target;
  return {
    host: target.host,
    port: target.port,
    database: target.database,
    user: target.user,
    // A function, since pg would otherwise take PGPASSWORD or a password file for a missing one.
    password: () => target.password ?? '',
    ssl: tls
      ? {
          ca: tls.ca,
          cert: tls.cert,
          key: tls.key,
          minVersion: 'TLSv1.3',
          rejectUnauthorized: true,
        }
      : false,
    stream: () => socket,
    application_name: 'twoline',
    connectionTimeoutMillis: limits.connectTimeoutMs,
    query_timeout: limits.answerTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
  };
}

async function askOne<Row extends object>(
  client: Client,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row> {
  const result = await client.query<Row>({ name, text, values });
  const row = result.rows[0];
  if (!row) throw new Error(`${name} answered no row`);
  return row;
}

function epochState(text: string): CentreHello['epochState'] {
  return text === 'new' || text === 'closed' ? text : 'open';
}
