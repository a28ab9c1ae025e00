import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAccess } from '../../src/main/engine/access/open-access.ts';
import { value } from '../kit/journal-kit.ts';
import { emptyFolder, inside } from '../kit/run-cli.ts';
import { smallSite } from '../kit/small-site.ts';

/** A site of a regime, with what creating an administrator for it takes. */
function given(regime: string) {
  const dir = emptyFolder();
  const [data, secret, site] = ['data', 'secret.txt', 'site.json'].map((name) => join(dir, name));
  mkdirSync(String(data));
  writeFileSync(String(secret), 'four horses at noon\n');
  writeFileSync(
    String(site),
    JSON.stringify(smallSite([{ serial: 405_419_001, port: 60_000 }], { regime })),
  );
  const words = ['admin', 'create', '--data', String(data), '--site', String(site)];
  const create = (name: string, ...more: string[]) =>
    inside(...words, '--secret-file', String(secret), '--name', name, ...more);
  return { data: String(data), create };
}

test('an administrator acts for a side of the line where it is said, and it is kept', async () => {
  const { data, create } = given('hengqin');
  const macao = await create('Vong', '--authority', 'macao');
  expect(macao).toMatchObject({ code: 0 });
  expect(macao.out).toMatch(/^administrator Vong U-[0-9a-f]+ for macao\n$/);
  expect(macao.err).not.toContain('neither');
  const none = await create('Wu');
  expect(none.code).toBe(0);
  expect(none.err).toContain('one person of macao and one of mainland');
  const elsewhere = await create('Yu', '--authority', 'hong-kong');
  expect(elsewhere.err).toContain('acts for neither');
  const wrong = await create('Xu', '--authority', 'the-moon');
  expect(wrong).toMatchObject({ code: 2, out: '' });
  expect(wrong.err).toContain('--authority is one of hong-kong, mainland, macao');
  const random = (size: number) => new Uint8Array(size);
  const access = value(
    openAccess({ dir: data, training: false, clock: { monoMs: () => 1 }, random }),
  );
  const listed = access.listUsers();
  access.close();
  expect(listed).toMatchObject([
    { name: 'Vong', authority: 'macao', badge: false, builtIn: false },
    { name: 'Wu', authority: null, role: 'administrator' },
    { name: 'Yu', authority: 'hong-kong' },
  ]);
  expect(JSON.stringify(listed)).not.toContain('scrypt');
});

test('where any two persons may change the regime nobody is asked for a side', async () => {
  const { create } = given('cma-buffer-zone');
  const ran = await create('Chan');
  expect(ran.code).toBe(0);
  expect(ran.err).not.toContain('neither');
});
