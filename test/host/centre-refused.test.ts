import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type SmallZone, startSmallZone, viewUntil } from '../kit/small-zone.ts';

let zone: SmallZone | null = null;
afterEach(async () => {
  await zone?.close();
  zone = null;
});

test('a centre whose certificates are not in order keeps no gate waiting', async () => {
  zone = await startSmallZone([{ n: 1 }]);
  const path = join(zone.dir, 'site.json');
  const site = JSON.parse(readFileSync(path, 'utf8')) as object;
  const centre = {
    host: 'centre.example',
    port: 5432,
    database: 'central',
    user: 'console_1',
    certificates: 'no-such-folder',
  };
  writeFileSync(path, JSON.stringify({ ...site, centre }));
  await zone.restart();
  const rows = await viewUntil<{ centre: { state: string; text: string | null } }>(
    zone.engine,
    'status',
    (known) => known.get('now')?.centre.state === 'refused',
  );
  expect(rows.get('now')?.centre.text).toContain('no-such-folder');
  await viewUntil<{ incident?: string }>(zone.engine, 'queue', (known) =>
    [...known.values()].some((row) => row.incident === 'centre-refused'),
  );
});
