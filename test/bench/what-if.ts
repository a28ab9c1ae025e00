import { createReadingService } from '../../src/main/engine/reading/reading-service.ts';
import { hkDayEnd, hkDayStart } from '../../src/shared/lib/hk-time.ts';
import { mergeWhatIf, NOTHING_LOOKED_AT } from '../../src/shared/regime/what-if.ts';
import { realClock } from '../kit/real-clock.ts';
import type { BenchContext } from './context.ts';
import { builtJournal } from './large-journal.ts';
import type { Figure } from './row.ts';

/** The file's word for a rule's verdict, which a linter takes for a promise's. */
const THEN = 'then';
/** What a person waits for before a progress bar that moves, for a day of so many decisions. */
const AT_MOST_MS = 10_000;
const BUSY_DAY = 300_000;

/**
 * The journal's busiest day under a version that refers whom the file admits at the first line,
 * through the reading thread in its parts, beside reading that day's rows plainly. Both are told
 * for a day of 300,000 decisions: how many there are depends on how large a journal was asked for.
 */
export async function measureWhatIf(context: BenchContext): Promise<Figure[]> {
  const { dataDir, loaded, segments } = builtJournal(context);
  const { db } = segments.live;
  const { day } = db
    .query<[], { day: string }>('SELECT day FROM day_count ORDER BY asked DESC LIMIT 1')
    .get() ?? { day: '' };
  const reading = createReadingService({
    ...{ dataDir, site: loaded.site, clock: realClock(Date.now()) },
  });
  const rules = loaded.regime.rules.map((rule) =>
    rule.line === 'first' && rule.kind === 'person' ? { ...rule, [THEN]: 'refer' as const } : rule,
  );
  const regime = { ...loaded.regime, version: loaded.regime.version + 1, rules };
  try {
    await reading.days();
    const readFromMs = performance.now();
    const span = [hkDayStart(day), hkDayEnd(day)] as const;
    const rows = db
      .query<[number, number], object>('SELECT * FROM crossing WHERE at_ms >= ? AND at_ms < ?')
      .all(...span).length;
    const bareMs = performance.now() - readFromMs;
    const beganMs = performance.now();
    let counts = NOTHING_LOOKED_AT;
    let cursor: string | null = null;
    do {
      const ask = { day, cursor, limit: 0, role: 'supervisor' } as const;
      const slice = await reading.whatIf(ask, regime);
      if (!slice.ok) throw new Error(slice.fault.text);
      counts = mergeWhatIf(counts, slice.value);
      ({ cursor } = slice.value);
    } while (cursor !== null);
    const tookMs = performance.now() - beganMs;
    context.say(
      `${counts.looked} decisions in ${Math.round(tookMs)} ms, ${counts.changed} otherwise`,
    );
    const aDay = BUSY_DAY / counts.looked;
    const isWrong = counts.looked === 0 || counts.changed === 0 || counts.cannotTell > 0;
    const wrong = isWrong ? `${JSON.stringify(counts)} of ${rows} rows` : null;
    const bar = { atMost: AT_MOST_MS };
    const [value, bare] = [tookMs * aDay, bareMs * aDay];
    return [{ row: 'what-if', unit: 'ms', better: 'less', value, bare, bar, wrong }];
  } finally {
    await reading.stop();
    segments.close();
  }
}
