import { parentPort, workerData } from 'node:worker_threads';
import { BEYOND } from '../../../shared/domain/place.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { journalSchema } from '../journal/schema.ts';
import { type Segment, Segments } from '../journal/segments.ts';
import type { ReadableDb } from '../store/database.ts';
import { openWriter } from '../store/open.ts';
import type { ErasedTexts, ErasingAsk } from './erasing-request.ts';
import { findTexts } from './find-texts.ts';

const KEPT = `
SELECT person FROM presence
WHERE unknown = 1 OR place NOT IN (${BEYOND.map((place) => `'${place}'`).join(', ')})
UNION SELECT person FROM reservation WHERE person IS NOT NULL
UNION SELECT person FROM exception WHERE outcome IS NULL AND person IS NOT NULL`;

/** Goes through the whole journal, off the engine's own thread; asked once, it ends by itself. */
function answer({ dataDir, what }: ErasingAsk): Result<ErasedTexts | string[]> {
  const opened = Segments.open(dataDir);
  if (!opened.ok) return opened;
  const segments = opened.value;
  try {
    if (what.do === 'whom-to-keep') return ok(whomToKeep(segments.live.db));
    const texts = findTexts(segments, what.scope, new Set(what.permits));
    if (what.do === 'erase-texts') for (const one of segments.earlier) eraseIn(one, texts);
    const live = textsIn(segments.live.db, texts);
    return ok({ texts: texts.length, live: { ordinal: segments.live.ordinal, texts: live } });
  } finally {
    segments.close();
  }
}

function whomToKeep(db: ReadableDb): string[] {
  const kept = db.query<[], { person: string }>(KEPT).all();
  return kept.map(({ person }) => person);
}

function textsIn(db: ReadableDb, texts: readonly string[]): string[] {
  const has = db.query<[string], { text: string }>('SELECT text FROM typed_text WHERE text = ?');
  return texts.filter((text) => has.get(text) !== undefined);
}

/** A sealed segment takes no event any more; its texts are not part of the chain. */
function eraseIn(segment: Segment, texts: readonly string[]): void {
  const here = textsIn(segment.db, texts);
  if (here.length === 0) return;
  const opened = openWriter(segment.db.path, journalSchema);
  if (!opened.ok) throw new Error(`${opened.fault.text} (${segment.db.path})`);
  const db = opened.value;
  try {
    const erase = db.write<[string]>('DELETE FROM typed_text WHERE text = ?');
    db.transaction(() => {
      for (const text of here) erase.run(text);
    });
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

function attempt(ask: ErasingAsk): Result<ErasedTexts | string[]> {
  try {
    return answer(ask);
  } catch (error) {
    return fail('texts-not-erased', (error as Error).message, ask.dataDir);
  }
}

parentPort?.postMessage(attempt(workerData as ErasingAsk));
