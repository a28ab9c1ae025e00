/**
 * A day of a zone that mixes every driver, on real sockets, as much faster as it is long. The
 * simulation's machine carries no TCP, and modbus-serial takes nothing but a socket of Node's; and
 * drivers that look twenty times a second would make ten million looks of a virtual day.
 */
import type { DriverDeps } from '../../../src/main/engine/devices/ports.ts';
import { verifyChain } from '../../../src/main/engine/journal/verify.ts';
import type { Operations } from '../../../src/main/engine/operations.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../../src/main/engine/store/open.ts';
import type { JournalEvent } from '../../../src/shared/journal/events.ts';
import { seededRng } from '../../../src/shared/lib/rng.ts';
import { callerOf } from '../../kit/caller.ts';
import { startMixedZone } from '../../kit/mixed-zone.ts';
import { realClock } from '../../kit/real-clock.ts';
import { until } from '../../kit/waiting.ts';
import { ZoneJournal } from '../../kit/zone-journal.ts';
import { type Attempt, account } from './attempts.ts';
import { Troubles } from './troubles.ts';
import { Walkers } from './walkers.ts';

const DAY_MS = 86_400_000;
const MIDNIGHT = Date.parse('2026-11-23T00:00+08:00');
const BOARDS = 3;
const PEOPLE = 14;
/** A badge and its crossing lie this far apart at most, real ms. */
const APART_MS = 4_000;
const SETTLES_MS = 40_000;

export interface MixedDayOptions {
  readonly seed: string;
  /** Real seconds that the whole day takes. */
  readonly seconds: number;
  readonly paceMs?: number | undefined;
  readonly troubles?: boolean | undefined;
  readonly between?: ((sink: DriverDeps['sink']) => DriverDeps['sink']) | undefined;
}

export interface MixedDay {
  readonly attempts: readonly Attempt[];
  readonly events: readonly JournalEvent[];
  /** What is wrong with the accounts of passages in these events. */
  faults(events?: readonly JournalEvent[]): readonly string[];
  /** What is wrong with the journal, its chain or its projections. */
  readonly damage: readonly string[];
  readonly troubles: ReadonlyMap<string, number>;
  /** How many passages stand as what. */
  readonly kinds: Readonly<Record<'passed' | 'late' | 'recorded' | 'unknown', number>>;
}

export async function playMixedDay(options: MixedDayOptions): Promise<MixedDay> {
  const { seed, seconds, paceMs = 1_200, between } = options;
  const speed = DAY_MS / (seconds * 1000);
  const clock = realClock(MIDNIGHT, speed);
  const rng = seededRng(`mixed day ${seed}`);
  const holders = Array.from({ length: PEOPLE }, (_, i) => ({ n: i + 1 }));
  const zone = await startMixedZone({
    ...{ clock, holders, boards: BOARDS, rng: rng.fork('zone'), between },
    change: (site) => ({
      ...site,
      lanes: site.lanes.map((lane) => ({ ...lane, offline: 'roster' as const })),
    }),
  });
  const journal = new ZoneJournal(zone.dataDir);
  const troubles = new Troubles();
  const supervising = supervise(() => zone.engine);
  try {
    const own = { zone, clock, count: PEOPLE, paceMs };
    const walkers = new Walkers({ ...own, rng: rng.fork('walkers') });
    walkers.start();
    if (options.troubles !== false) troubles.start(zone, rng.fork('troubles'));
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    await walkers.goHome();
    await troubles.end(zone);
    await settled(journal, zone.boards);
    const events = journal.events();
    const { attempts } = walkers;
    const faults = (of = events) => account(attempts, of, APART_MS * speed);
    const of = (kind: string, fits = (_: unknown): boolean => true) =>
      events.filter((event) => event.kind === kind && fits(event.data)).length;
    const isLate = (data: unknown) => (data as { timing?: string }).timing === 'late';
    const isGranted = (data: unknown) => (data as { granted: boolean }).granted;
    const kinds = {
      ...{ passed: of('crossing.passed'), late: of('crossing.passed', isLate) },
      ...{ recorded: of('crossing.recorded', isGranted), unknown: of('crossing.unknown') },
    };
    clearInterval(supervising);
    await zone.engine.stop();
    return {
      ...{ attempts, events, faults, kinds, troubles: troubles.counts },
      damage: damageOf(journal),
    };
  } finally {
    clearInterval(supervising);
    journal.close();
    await zone.close();
  }
}

/** Admits whoever is referred: an unknown passage before makes the ledger doubt them. */
function supervise(engine: () => Operations): NodeJS.Timeout {
  const done = new Set<string>();
  const open = new Set<string>();
  engine().backend.watch('queue', {}, callerOf('supervisor'), {
    update({ set }) {
      for (const key of Object.keys(set)) if (key.startsWith('E')) open.add(key);
    },
    end: () => undefined,
  });
  return setInterval(() => {
    for (const exception of open) {
      if (done.has(exception)) continue;
      done.add(exception);
      const input = { exception, reason: 'spoken to at the counter' };
      void engine().backend.command('exception.admit', input, callerOf('supervisor'));
    }
  }, 50);
}

/** Until no crossing is under way and the journal has all that the boards hold. */
async function settled(
  journal: ZoneJournal,
  boards: readonly { readonly serial: number; lastIndex(): number }[],
): Promise<void> {
  const heard = journal.db.query<[string], { n: number }>(
    'SELECT last_index AS n FROM board WHERE board = ?',
  );
  const rest = () =>
    journal.number('SELECT count(*) AS n FROM reservation') +
    journal.number('SELECT count(*) AS n FROM board_gap') +
    boards.filter((one) => heard.get(String(one.serial))?.n !== one.lastIndex()).length;
  await until('an end of all that is under way', () => rest() === 0, SETTLES_MS);
}

function damageOf(journal: ZoneJournal): string[] {
  const { fault, last } = verifyChain(journal.db);
  const scratch = openScratch(':memory:');
  rebuildProjections(journal.db, scratch, last ?? 0);
  const different = compareProjections(journal.db, scratch).map(({ table }) => table);
  scratch.close();
  return [
    ...(fault === null ? [] : [`the chain breaks at ${fault.seq}: ${fault.text}`]),
    ...different.map((table) => `a rebuild gives other rows of ${table}`),
  ];
}
