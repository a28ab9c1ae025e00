import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { MOST_EXPORT_CHARACTERS } from '../../../shared/contract/import-operations.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { type ExportFormat, exportDataset } from '../reference/export.ts';
import { referenceSchema } from '../reference/schema.ts';
import { openReader } from '../store/open.ts';
import type { ReadingAsk, RowsFile } from './reading-request.ts';

type ExportAsk = Extract<ReadingAsk, { what: 'export' }>;

/** A dataset as a file, read over a connection of its own. */
export function exportedDataset(dataDir: string, ask: ExportAsk): Result<RowsFile> {
  const { dataset, format, version } = ask;
  const opened = openReader(join(dataDir, 'reference.db'), referenceSchema);
  if (!opened.ok) return opened;
  try {
    const name = `${dataset}-${version}.${format}`;
    return wholeFile(name, exportDataset(opened.value, dataset, version, format), format);
  } finally {
    opened.value.close();
  }
}

/** Pieces as one file, as long as an answer can bring it. */
export function wholeFile(
  name: string,
  pieces: Iterable<string>,
  format: ExportFormat,
): Result<RowsFile> {
  const parts: string[] = [];
  const sum = createHash('sha256');
  let characters = 0;
  for (const piece of pieces) {
    characters += piece.length;
    if (characters > MOST_EXPORT_CHARACTERS) {
      const text = `over ${MOST_EXPORT_CHARACTERS} characters: write it with "twoline export"`;
      return fail('export-too-large', text, name);
    }
    sum.update(piece);
    parts.push(piece);
  }
  // The header line, or the end of the array, is no row.
  const rows = parts.length - 1;
  const file = { name, text: parts.join(''), sha256: sum.digest('hex') };
  return ok({ file, rows: format === 'json' ? Math.max(0, rows) : rows });
}
