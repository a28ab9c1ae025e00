import { join } from 'node:path';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { ReadableDb } from '../store/database.ts';
import { openReader, openWriter } from '../store/open.ts';
import { referenceSchema } from './schema.ts';

/** Makes reference.db if it is not there, and opens it for reading. Writing is the loader's. */
export function openReference(dataDir: string): Result<{ path: string; db: ReadableDb }> {
  const path = join(dataDir, 'reference.db');
  const made = openWriter(path, referenceSchema);
  if (!made.ok) return made;
  made.value.close();
  const opened = openReader(path, referenceSchema);
  return opened.ok ? ok({ path, db: opened.value }) : opened;
}
