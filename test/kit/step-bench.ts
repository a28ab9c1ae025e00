import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Input } from '../../src/main/engine/core/input.ts';
import { JournalAppender } from '../../src/main/engine/journal/append.ts';
import { decodeStrict } from '../../src/main/engine/journal/read.ts';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { Gatherer } from '../../src/main/engine/projections/gather/gather.ts';
import { always } from '../../src/main/engine/projections/gather/regimes.ts';
import { SiteIndex } from '../../src/main/engine/projections/gather/site-index.ts';
import { Projector } from '../../src/main/engine/projections/projector.ts';
import { rebuildProjections } from '../../src/main/engine/projections/rebuild.ts';
import { ReferenceLookup } from '../../src/main/engine/reference/lookup.ts';
import { openReference } from '../../src/main/engine/reference/open-reference.ts';
import { NextSegment } from '../../src/main/engine/segments/next-segment.ts';
import { Step } from '../../src/main/engine/step.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import { openReader, openWriter } from '../../src/main/engine/store/open.ts';
import { segmentPath } from '../../src/main/engine/store/segment-files.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { ManualClock } from '../../src/shared/lib/clock.ts';
import type { Result } from '../../src/shared/lib/result.ts';
import { parseRegime, type Regime } from '../../src/shared/regime/regime-file.ts';
import { value } from './journal-kit.ts';
import { smallSite } from './small-site.ts';

const REGIMES = new URL('../../resources/regimes/', import.meta.url);
export const BOARD = 405_419_001;

function shipped(id: string): Regime {
  const file = `${id}.json`;
  return value(parseRegime(readFileSync(new URL(file, REGIMES), 'utf8'), file));
}

function eventsIn(file: ReadableDb): JournalEvent[] {
  const read = file.query<[], { body: string }>('SELECT body FROM journal ORDER BY seq');
  return read.all().map(({ body }) => decodeStrict(body) as JournalEvent);
}

/** The step with its journal and its facts, on real files, under a clock that a test moves. */
export function stepBench(
  speed = 1,
  change: (site: Site) => Site = (site) => site,
  decidesBy: string | Regime = 'cma-buffer-zone',
) {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-step-'));
  const path = join(dir, 'journal.db');
  const db = value(openWriter(path, journalSchema));
  rebuildProjections(db, db, 0);
  db.leaveCheckpoints();
  const segments = new Segments([db]);
  const projector = new Projector(db);
  const journal = new JournalAppender(db, 'console-1', 'boot-1');
  const reference = value(openReference(dir));
  const site = new SiteIndex(change(smallSite([{ serial: BOARD, port: 60_000 }])));
  const regime = typeof decidesBy === 'string' ? shipped(decidesBy) : decidesBy;
  const regimes = always(regime);
  const lookup = new ReferenceLookup(reference.db);
  const facts = new Gatherer({
    ...{ db, segments, reference: lookup, site, regimes, boot: 'boot-1' },
  });
  const clock = new ManualClock(Date.UTC(2026, 2, 9, 4, 0, 0), speed);
  const kinds: string[] = [];
  const note = ({ kind }: { readonly kind: string }) => void kinds.push(kind);
  const step = new Step({ db, journal, projector, facts, clock, note });
  const reader = value(openReader(path, journalSchema));
  const events = () => [reader, ...segments.all.slice(1).map((one) => one.db)].flatMap(eventsIn);
  /** The journal goes on in another file; `reader` stays at the first one. */
  const roll = () => {
    const ordinal = segments.live.ordinal + 1;
    const next = NextSegment.begin(segmentPath(dir, ordinal), { db, journal, projector }, ordinal);
    while (next.prepare());
    segments.rolled(next.goOn(segments.live, 'size', clock), db);
  };
  /** Runs the inputs as one batch; returns what each asker was told. */
  const run = (...inputs: readonly Input[]) => {
    const told: (Result<unknown> | null)[] = [];
    const batch = inputs.map((input) => ({
      input,
      settle: (answer: Result<unknown> | null) => void told.push(answer),
    }));
    step.run(batch, () => null);
    return told;
  };
  return {
    ...{ dir, path, db, segments, roll, journal, clock },
    ...{ step, facts, reader, events, run, kinds, lookup, regimes },
    close() {
      segments.close();
      for (const open of [reader, reference.db]) open.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type StepBench = ReturnType<typeof stepBench>;
