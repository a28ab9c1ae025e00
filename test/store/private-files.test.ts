import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { value } from '../kit/journal-kit.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-private-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const rightsOf = (path: string) => statSync(path).mode & 0o777;

test('a database is for its own user alone', () => {
  const path = join(dir, 'reference.db');
  const db = value(openWriter(path, referenceSchema));
  expect(rightsOf(path)).toBe(0o600);
  expect(rightsOf(`${path}-wal`)).toBe(0o600);
  db.close();
  chmodSync(path, 0o644);
  value(openWriter(path, referenceSchema)).close();
  expect(rightsOf(path)).toBe(0o600);
});
