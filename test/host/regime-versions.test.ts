import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RegimeVersionRow } from '../../src/shared/contract/regime-queries.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

/** Long enough for a restart and what is done before it, also on a busy machine. */
const SOON_MS = 12_000;
const FILE = 'resources/regimes/cma-buffer-zone.json';
const reason = 'as the two sides agreed';

/** The file's word for a rule's verdict, which a linter takes for a promise's. */
const THEN = 'then';

interface FileRule {
  id: string;
  [THEN]: string;
}

/** The shipped regime with another number, and other rules where a test says so. */
function textOf(version: number, change: (rules: FileRule[]) => FileRule[] = (all) => all) {
  const file = JSON.parse(readFileSync(FILE, 'utf8')) as { rules: FileRule[] };
  return JSON.stringify({ ...file, version, rules: change(file.rules) });
}
const stricter = (rules: FileRule[]) =>
  rules.map((rule) => (rule.id === 'first-in-special-pass' ? { ...rule, [THEN]: 'refer' } : rule));

async function start() {
  const started = await startWatchedZone([{ n: 1 }, { n: 2 }, { n: 3 }]);
  const { journal, zone } = started;
  const command = (name: string, input: object, role: 'supervisor' | 'administrator') =>
    zone.engine.backend.command(name, input, callerOf(role));
  const swipe = async (n: number) => {
    const after = journal.head();
    void must(zone.boards[0], 'board').swipe(1, 'in', zone.badge(n), 50);
    const decided = ['crossing.admitted', 'crossing.referred'] as const;
    return Promise.race(decided.map((kind) => journal.first(kind, () => true, { after })));
  };
  const versions = async () => {
    const answer = await zone.engine.backend.query('regime.versions', {}, callerOf('inspector'));
    return value(answer) as { inForce: { version: number }; versions: RegimeVersionRow[] };
  };
  const read = async (draft: string | null) => {
    const answer = await zone.engine.backend.query('regime.read', { draft }, callerOf('operator'));
    return value(answer) as { hash: string; regime: object; fromMs: number | null };
  };
  /** Waits for a moment of the zone's calendar. */
  const comes = async (ms: number) => {
    const leftMs = ms - zone.clock.wallMs() + 20;
    await new Promise((resolve) => setTimeout(resolve, leftMs));
  };
  return { ...started, comes, command, read, swipe, versions };
}

test('two persons put another version in force, and nothing before it changes', async () => {
  const { comes, command, journal, read, swipe, versions, zone } = await start();
  const drafted = await command(
    'regime.draft',
    { text: textOf(3, stricter), reason },
    'supervisor',
  );
  const { draft } = value(drafted) as { draft: string };
  const { user } = callerOf('supervisor').session;
  const handedIn = { draft, reason, draftedBy: { user } };
  expect(await versions()).toMatchObject({ inForce: { version: 2 }, versions: [handedIn] });
  expect(await read(draft)).toMatchObject({ regime: { version: 3 }, fromMs: null });
  const before = await read(null);
  expect(before).toMatchObject({
    regime: { version: 2 },
    fromMs: Date.parse('2021-01-01T00:00+08:00'),
  });
  const fromMs = Math.round(zone.clock.wallMs()) + SOON_MS;
  const enact = (role: 'supervisor' | 'administrator') =>
    command('regime.enact', { draft, fromMs, reason }, role);
  expect(value(await enact('supervisor'))).toMatchObject({ enacted: false });
  expect(await enact('supervisor')).toMatchObject({ fault: { code: 'regime-same-person' } });
  await zone.restart();
  expect(value(await enact('administrator'))).toMatchObject({ enacted: true });
  expect((await swipe(1)).data).toMatchObject({ regimeVersion: 2 });
  expect((await versions()).versions).toMatchObject([{ state: 'enacted', fromMs, reason }]);
  await comes(fromMs);
  const second = await swipe(2);
  expect([second.kind, second.data.regimeVersion]).toEqual(['crossing.referred', 3]);
  const told = await journal.first('regime.in-force', ({ version }) => version === 3);
  expect(told.data.regime).toBe('cma-buffer-zone');
  expect(await versions()).toMatchObject({ inForce: { version: 3 } });
  const inForce = await read(null);
  expect(inForce).toMatchObject({ regime: { version: 3 }, fromMs });
  expect(inForce).toEqual(await read(draft));
  expect(inForce.hash).not.toBe(before.hash);
  await zone.restart();
  expect((await swipe(3)).data).toMatchObject({ regimeVersion: 3 });
  expect((await versions()).versions).toMatchObject([{ state: 'in-force' }]);
  const late = await command('regime.withdraw', { draft, reason }, 'supervisor');
  expect(late).toMatchObject({ fault: { code: 'regime-decides' } });
});

test('what is not whole is refused with each fault by its place, and nothing is kept', async () => {
  const { command, versions } = await start();
  const holed = textOf(3, (rules) => rules.slice(1));
  const refused = await command('regime.draft', { text: holed, reason }, 'administrator');
  expect(refused).toMatchObject({ ok: false, fault: { code: 'regime-unresolved' } });
  expect(refused).toMatchObject({ fault: { text: expect.stringContaining('first in person') } });
  const old = await command('regime.draft', { text: textOf(2), reason }, 'administrator');
  expect(old).toMatchObject({ fault: { code: 'regime-version' } });
  expect((await versions()).versions).toEqual([]);
});

test('withdrawn it does not decide when its time comes', async () => {
  const { comes, command, swipe, versions, zone } = await start();
  const drafted = await command(
    'regime.draft',
    { text: textOf(3, stricter), reason },
    'supervisor',
  );
  const { draft } = value(drafted) as { draft: string };
  const fromMs = Math.round(zone.clock.wallMs()) + SOON_MS;
  for (const role of ['administrator', 'supervisor'] as const) {
    value(await command('regime.enact', { draft, fromMs, reason }, role));
  }
  value(await command('regime.withdraw', { draft, reason: 'not agreed after all' }, 'supervisor'));
  await comes(fromMs);
  expect((await swipe(1)).data).toMatchObject({ regimeVersion: 2 });
  expect((await versions()).versions).toMatchObject([{ state: 'withdrawn' }]);
});
