import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { regimeVersions } from '../../src/main/engine/api/regime.ts';
import { Regimes, regimeText } from '../../src/main/engine/projections/gather/regimes.ts';
import { rebuildProjections } from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import { draftId, type TextId, type UserId } from '../../src/shared/domain/ids.ts';
import type { NewEvent } from '../../src/shared/journal/events.ts';
import { parseRegime } from '../../src/shared/regime/regime-file.ts';
import { kitJournal, value } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';

const TEXT = readFileSync('resources/regimes/cma-buffer-zone.json', 'utf8');
const NOON = Date.parse('2026-03-09T12:00:00+08:00');
const base = { regime: value(parseRegime(TEXT, 'file')), regimeHash: hash('sha256', TEXT) };
const REASON = 'T1-1' as TextId;
const textOf = (version: number) => TEXT.replace('"version": 2', `"version": ${version}`);

function enacted(version: number, fromMs: number): NewEvent[] {
  const text = textOf(version);
  const of = { draft: draftId(1, version), regime: 'cma-buffer-zone', version };
  const whole = { ...of, hash: hash('sha256', text) };
  const by = { proposedBy: 'u-1' as UserId, proposedSide: null, side: null, reason: REASON };
  const halves = [text.slice(0, 20_000), text.slice(20_000)];
  return [
    ...halves.map((part, n): NewEvent => {
      const data = { hash: whole.hash, part: n + 1, parts: 2, text: part };
      return { kind: 'regime.text', data };
    }),
    { kind: 'regime.drafted', data: { ...whole, effectiveFromMs: 0 } },
    { kind: 'regime.enacted', data: { ...whole, ...by, fromMs } },
  ];
}

function journalWith(events: readonly NewEvent[]) {
  const journal = kitJournal();
  onTestFinished(() => journal.remove());
  for (const event of events) journal.add(event, NOON);
  return journal;
}

test('each version decides from its very moment on, the file’s own before', () => {
  const { db } = journalWith([...enacted(3, NOON + 1000), ...enacted(4, NOON + 2000)]);
  const regimes = new Regimes(db, base);
  const moments = [NOON + 999, NOON + 1000, NOON + 1999, NOON + 2000];
  expect(moments.map((ms) => regimes.at(ms).version)).toEqual([2, 3, 3, 4]);
  expect(regimes.stateAt(NOON)).toMatchObject({ version: 2, hash: base.regimeHash });
});

test('withdrawn it never decides', () => {
  const journal = journalWith(enacted(3, NOON + 1000));
  const regimes = new Regimes(journal.db, base);
  expect(regimes.at(NOON + 1000).version).toBe(3);
  const data = { draft: draftId(1, 3), reason: REASON };
  journal.add({ kind: 'regime.withdrawn', data }, NOON);
  expect(regimes.at(NOON + 1000).version).toBe(2);
});

test('why a version was enacted is read also once the journal went on in another file', () => {
  const journal = journalWith(enacted(3, NOON + 1000));
  const { db, segments } = journal;
  const keep = "INSERT INTO typed_text VALUES (?, x'00', 'as agreed')";
  db.write<[string]>(keep).run(REASON);
  const regimes = new Regimes(db, base);
  const clock = { wallMs: () => NOON };
  const access = { nameOf: (user: string) => user };
  const told = () => {
    const deps = { db, segments, regimes, clock, access } as never;
    return value(regimeVersions(deps, { session: null } as never)).versions;
  };
  expect(told()).toMatchObject([{ version: 3, reason: 'as agreed' }]);
  journal.roll();
  expect(told()).toMatchObject([{ version: 3, reason: 'as agreed' }]);
});

test('the next segment and a rebuild have the versions and their whole texts', () => {
  const journal = journalWith(enacted(3, NOON + 1000));
  journal.roll();
  const rolled = journal.segments.live.db;
  expect(rolled.query<[], { n: number }>('SELECT count(*) AS n FROM journal').get()?.n).toBe(0);
  expect(regimeText(rolled, hash('sha256', textOf(3)))).toBe(textOf(3));
  expect(new Regimes(rolled, base).at(NOON + 1000).version).toBe(3);
  const scratch = openScratch(`${journal.dir}/scratch.db`);
  const [first] = journal.segments.all;
  if (first === undefined) throw new Error('no segment');
  rebuildProjections(first.db, scratch, 100);
  expect(new Regimes(scratch, base).at(NOON + 1000).version).toBe(3);
  scratch.close();
});

test('a text that is not the one of its hash is no text, and lets nothing decide', () => {
  const { db } = journalWith(enacted(3, NOON + 1000));
  db.exec("UPDATE regime_text SET text = replace(text, 'admit', 'refer')");
  const regimes = new Regimes(db, base);
  expect(regimeText(db, hash('sha256', textOf(3)))).toBeNull();
  const prepared = regimes.prepare(kitSite(), NOON);
  expect(prepared).toMatchObject({ ok: false, fault: { code: 'regime-text-lost' } });
  expect(() => regimes.at(NOON + 1000)).toThrow(/twoline rebuild/);
});

test('a site whose lanes the enacted version was not proven for does not start with it', () => {
  const text = textOf(3);
  const inner = { ...JSON.parse(text), rules: JSON.parse(text).rules.slice(1) };
  const { db } = journalWith(enacted(3, NOON + 1000));
  const whole = JSON.stringify(inner);
  const of = hash('sha256', whole);
  db.exec('DELETE FROM regime_text');
  db.write<[string, string]>('INSERT INTO regime_text VALUES (?, 1, 1, ?)').run(of, whole);
  db.write<[string]>('UPDATE regime_version SET hash = ?').run(of);
  const prepared = new Regimes(db, base).prepare(kitSite(), NOON);
  expect(prepared).toMatchObject({ ok: false, fault: { code: 'regime-unresolved' } });
});
