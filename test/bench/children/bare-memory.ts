/** The least that an engine's process could hold: Node, both databases, their caches filled. */
import Sqlite from 'better-sqlite3';

const [journal = '', reference = ''] = process.argv.slice(2);
/** As the engine's own connections have them, KiB. */
const CACHES = { journal: 64_000, reference: 16_000 };
const HEADROOM = 2;

function fill(path: string, kib: number, table: string): Sqlite.Database {
  const db = new Sqlite(path, { readonly: true });
  db.pragma(`cache_size = -${kib}`);
  const rows = db.prepare(`SELECT * FROM ${table}`).iterate();
  let bytes = 0;
  for (const row of rows) {
    bytes += JSON.stringify(row).length;
    if (bytes > kib * 1024 * HEADROOM) break;
  }
  return db;
}

const open = [
  fill(journal, CACHES.journal, 'journal'),
  fill(reference, CACHES.reference, 'permit'),
];
process.send?.({ t: 'filled' });
process.on('message', () => {
  for (const db of open) db.close();
  process.exit(0);
});
process.on('disconnect', () => process.exit(0));
