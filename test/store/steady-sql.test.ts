import { expect, test } from 'vitest';
import { openScratch } from '../../src/main/engine/store/open.ts';
import { steadySql } from '../../src/main/engine/store/steady-sql.ts';

test('only parameters change, not question marks in texts, names and comments', () => {
  expect(steadySql("SELECT '?''?', \"?\" FROM t -- ?\nWHERE a = ? LIMIT ?")).toBe(
    "SELECT '?''?', \"?\" FROM t -- ?\nWHERE a = +? LIMIT +?",
  );
});

test('every kind of value keeps its value and its type', () => {
  const db = openScratch(':memory:');
  db.exec('CREATE TABLE kept (text TEXT, number INTEGER, blob BLOB, none TEXT) STRICT');
  const row = { text: '007', number: 2 ** 53 - 1, blob: Buffer.from([0, 255]), none: null };
  db.write<[string, number, Buffer, null]>('INSERT INTO kept VALUES (?, ?, ?, ?)').run(
    ...([row.text, row.number, row.blob, row.none] as const),
  );
  const find = db.query<[string, number], typeof row>('SELECT * FROM kept WHERE text = ? LIMIT ?');
  expect(find.all('007', 1)).toEqual([row]);
  expect(find.all('7', 1)).toEqual([]);
  db.close();
});
