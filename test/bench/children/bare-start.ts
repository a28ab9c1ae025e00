/** The least that a start could do: Node, the journal opened, its newest event read. */
import Sqlite from 'better-sqlite3';

const [path = ''] = process.argv.slice(2);
const db = new Sqlite(path);
db.pragma('journal_mode = WAL');
const { body } = db.prepare('SELECT body FROM journal ORDER BY seq DESC LIMIT 1').get() as {
  body: string;
};
process.send?.({ t: 'ready', kind: (JSON.parse(body) as { kind: string }).kind });
process.on('message', () => {
  db.close();
  process.exit(0);
});
process.on('disconnect', () => process.exit(0));
