import { Client } from 'pg';
import { drainMany, enrolMany, type OneConsole } from '../kit/many-consoles.ts';
import { TlsCentre } from '../kit/tls-centre.ts';
import { copyIn } from './copy-in.ts';
import { median } from './figures.ts';
import type { Figure } from './row.ts';
import { copyChunks, makeRawTable } from './sync-drain.ts';

const CONSOLES = 20;
const ROUNDS = 3;

/**
 * Twenty consoles with a backlog each, all at once over their own TLS logins, through the
 * least-privilege function of a centre that waits for its disk; and twenty raw COPYs of the same
 * rows at once, over TLS too. The consoles' own work is done in this one process, on the same
 * machine. The figures are the medians of three rounds, taken in turn.
 */
export async function measureTwenty(events = 5000): Promise<readonly Figure[]> {
  const tls = await TlsCentre.start(true);
  try {
    const consoles = await enrolMany(tls, CONSOLES, events);
    const chunks = consoles.map(({ journal }) => copyChunks(journal));
    await makeRawTable(tls.centre);
    const rows = CONSOLES * events;
    const drained: number[] = [];
    const copied: number[] = [];
    const fairness: number[] = [];
    let wrong: string | null = null;
    for (let round = 0; round < ROUNDS; round += 1) {
      copied.push(rows / (await timeCopies(tls, chunks)));
      await tls.centre.empty();
      await tls.centre.sql('CHECKPOINT');
      const { seconds, fairness: fair } = await drainMany(consoles);
      drained.push(rows / seconds);
      fairness.push(fair);
      wrong ??= await whatIsWrong(tls, consoles);
    }
    const more = { better: 'more', wrong } as const;
    const fair = { row: 'sync-twenty-fairness', unit: 'of the fastest', bar: { atLeast: 0.5 } };
    return [
      {
        ...{ row: 'sync-twenty', unit: 'rows/s', bar: { ratioAtLeast: 0.4 } },
        ...{ value: Math.round(median(drained)), bare: Math.round(median(copied)), ...more },
      },
      { ...fair, value: median(fairness), bare: null, ...more },
    ];
  } finally {
    await tls.dispose();
  }
}

async function timeCopies(tls: TlsCentre, chunks: readonly Buffer[][]): Promise<number> {
  await tls.centre.sql('TRUNCATE public.raw');
  await tls.centre.sql('CHECKPOINT');
  const { admin } = tls.centre.running;
  const clients = chunks.map(
    () => new Client({ ...admin, database: 'central', ssl: { ca: tls.ca.cert } }),
  );
  const startedMs = performance.now();
  await Promise.all(
    clients.map(async (client, i) => {
      await client.connect();
      await copyIn(client, 'public.raw', chunks[i] ?? []);
    }),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  return seconds;
}

/** Every console's journal is held whole under its own name, or what is not. */
async function whatIsWrong(
  { centre }: TlsCentre,
  consoles: readonly OneConsole[],
): Promise<string | null> {
  for (const { id, journal } of consoles) {
    const [audit] = await centre.sql<{ events: string; bad_seq: string | null }>(
      'SELECT events, bad_seq FROM central.audit($1, 1)',
      [id],
    );
    const isWhole = Number(audit?.events) === journal.rows.length && audit?.bad_seq === null;
    if (!isWhole) return `${id}: ${audit?.events} events held, the first bad one ${audit?.bad_seq}`;
  }
  return null;
}
