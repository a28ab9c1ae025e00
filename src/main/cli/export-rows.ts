import { createHash } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatasetName } from '../../shared/domain/permit.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { ledgerReads } from '../engine/projections/gather/ledger.ts';
import { salesText } from '../engine/reading/sales-file.ts';
import { type ExportFormat, exportDataset } from '../engine/reference/export.ts';
import { referenceSchema } from '../engine/reference/schema.ts';
import { openReader } from '../engine/store/open.ts';
import { type Command, EXIT, sayFault } from './command.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';

export const exportRows: Command = {
  words: ['export'],
  places: ['WHAT', 'DIR'],
  options: {
    out: { type: 'string' },
    format: { type: 'string' },
    site: { type: 'string' },
    key: { type: 'string' },
  },
  takes: 'WHAT DIR --out FILE [--format csv|json] [--site FILE] [--key FILE]',
  summary: 'a dataset in force, or "sales", as a file that imports as the same',
  run(given, terminal) {
    const [what = ''] = given.places;
    const out = given.text('out');
    const format = given.text('format') ?? 'csv';
    const dataset = DatasetName.safeParse(what);
    if (!dataset.success && what !== 'sales') {
      const text = `WHAT is sales or one of ${DatasetName.options.join(', ')}`;
      return sayFault(terminal, { code: 'usage', text });
    }
    if (out === undefined || (format !== 'csv' && format !== 'json')) {
      const text = 'name the file, --out FILE, and perhaps --format csv or json';
      return sayFault(terminal, { code: 'usage', text });
    }
    const folder = openDataFolder({ ...given, places: [given.places[1] ?? ''] });
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const path = resolve(out);
    const written = dataset.success
      ? writeDataset(folder.value, dataset.data, format, path)
      : write(path, salesText(folder.value.db, format));
    folder.value.segments.close();
    if (!written.ok) return sayFault(terminal, written.fault);
    terminal.out(`${path} ${written.value.bytes} bytes sha256 ${written.value.sha256}`);
    return EXIT.ok;
  },
};

type Written = Result<{ bytes: number; sha256: string }>;

function writeDataset(
  { db, dir }: DataFolder,
  dataset: DatasetName,
  format: ExportFormat,
  path: string,
): Written {
  const now = ledgerReads(db).dataset(dataset);
  if (now === null) return fail('nothing-in-force', 'no version of it is in force', dataset);
  const opened = openReader(join(dir, 'reference.db'), referenceSchema);
  if (!opened.ok) return opened;
  try {
    return write(path, exportDataset(opened.value, dataset, now.version, format));
  } finally {
    opened.value.close();
  }
}

/** Whole or not at all, piece by piece: memory stays the same however many rows there are. */
function write(path: string, pieces: Iterable<string>): Written {
  const part = `${path}.part`;
  try {
    const file = openSync(part, 'w', 0o600);
    const sum = createHash('sha256');
    let bytes = 0;
    try {
      for (const piece of pieces) {
        const chunk = Buffer.from(piece);
        sum.update(chunk);
        bytes += writeSync(file, chunk);
      }
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
    return ok({ bytes, sha256: sum.digest('hex') });
  } catch (error) {
    rmSync(part, { force: true });
    return fail('file-not-written', `cannot write the file: ${(error as Error).message}`, path);
  }
}
