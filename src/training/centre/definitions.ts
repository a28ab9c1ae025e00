import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

/** A signed-in administrator's address. */
export interface AdminAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export const CENTRE_DATABASE = 'central';

/** Opens a connection as administrator, hands it on and closes it whatever happens. */
export async function asAdmin<T>(
  admin: AdminAddress,
  database: string,
  work: (client: Client) => Promise<T>,
  connectTimeoutMs = 10_000,
): Promise<T> {
  const client = new Client({
    ...admin,
    database,
    ssl: false,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: 60_000,
    application_name: 'twoline-training',
  });
  // A server that ends under us fails the query that is under way; there is nothing more to do.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The data folder of the server that answers there; throws when none does. */
export async function folderOfServer(admin: AdminAddress): Promise<string> {
  const sql = "SELECT current_setting('data_directory') AS folder";
  const ask = async (client: Client) => {
    const { rows } = await client.query<{ folder: string }>(sql);
    return rows[0]?.folder ?? '';
  };
  return asAdmin(admin, 'postgres', ask, 2000);
}

/** Makes the database when it is not there, and brings its definitions up to date. */
export async function applyDefinitions(admin: AdminAddress, ddlFolder: string): Promise<void> {
  await asAdmin(admin, 'postgres', async (client) => {
    const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [
      CENTRE_DATABASE,
    ]);
    if (rows.length === 0) await client.query(`CREATE DATABASE ${CENTRE_DATABASE}`);
  });
  const files = readdirSync(ddlFolder)
    .filter((name) => /^\d{3}-[a-z-]+\.sql$/.test(name))
    .sort();
  if (files.length === 0) throw new Error(`no definitions of the centre in ${ddlFolder}`);
  await asAdmin(admin, CENTRE_DATABASE, async (client) => {
    // Each file may be applied again; all of them or none.
    await client.query('BEGIN');
    for (const name of files) {
      await client.query(readFileSync(join(ddlFolder, name), 'utf8')).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`${name}: ${why}`, { cause: error });
      });
    }
    await client.query('COMMIT');
  });
}

/** Partitions for the coming two weeks; run at start and daily. */
export async function ensurePartitions(admin: AdminAddress): Promise<void> {
  await asAdmin(admin, CENTRE_DATABASE, async (client) => {
    await client.query('SELECT * FROM central.ensure_partitions(14)');
  });
}

/** The login of a console: `C7` signs in as `console_c7`. */
export function loginOf(consoleId: string): string {
  return `console_${consoleId.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`.slice(0, 62);
}

/** Makes a console's login with a password, which only a training centre has. */
export async function enrolConsole(
  admin: AdminAddress,
  consoleId: string,
  password: string,
): Promise<string> {
  const login = loginOf(consoleId);
  await asAdmin(admin, CENTRE_DATABASE, async (client) => {
    await client.query('SELECT central.enrol_console($1, $2)', [consoleId, login]);
    const quoted = client.escapeLiteral(password);
    await client.query(`ALTER ROLE ${client.escapeIdentifier(login)} PASSWORD ${quoted}`);
  });
  return login;
}
