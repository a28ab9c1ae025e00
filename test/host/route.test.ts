import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import type { CrossingRow } from '../../src/shared/contract/queries.ts';
import type { Role } from '../../src/shared/domain/role.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { type SmallZone, startSmallZone, viewUntil } from '../kit/small-zone.ts';

let zone: SmallZone | null = null;

afterEach(async () => {
  await zone?.close();
  zone = null;
});

async function crossings(of: SmallZone): Promise<CrossingRow[]> {
  const asked = { filter: {}, limit: 50 };
  const found = await of.engine.backend.query('crossings.search', asked, callerOf('supervisor'));
  if (!found.ok) throw new Error(found.fault.text);
  return (found.value as { rows: CrossingRow[] }).rows;
}

/** The newest crossing once the ticker shows it in this state. */
async function crossingIn(of: SmallZone, state: string): Promise<CrossingRow> {
  await viewUntil<{ state: string }>(of.engine, 'ticker', (rows) =>
    [...rows.values()].some((row) => row.state === state),
  );
  return must(
    (await crossings(of)).find((row) => row.state === state),
    `crossing ${state}`,
  );
}

function journalOf(of: SmallZone) {
  const opened = openReader(join(of.dataDir, 'journal.db'), journalSchema);
  if (!opened.ok) throw new Error(opened.fault.text);
  return opened.value;
}

function command(of: SmallZone, role: Role, name: string, input: object) {
  return of.engine.backend.command(name, input, callerOf(role));
}

test('a valid badge is asked, admitted, opened, passed; the board is told only once', async () => {
  zone = await startSmallZone([{ n: 1 }]);
  const board = must(zone.boards[0], 'board');
  const swipe = await board.swipe(1, 'in', zone.badge(1));
  expect(swipe).toMatchObject({ opened: true, by: 'remote' });
  await board.personPasses(1, 50);
  const row = await crossingIn(zone, 'passed');
  expect(row).toMatchObject({ verdict: 'admit', person: 'P-1', permit: 'SP-1', reasons: [] });
  expect(board.received('open-door')).toBe(1);
});

test('a revoked permit is refused within a second of its file, and nothing opens', async () => {
  zone = await startSmallZone([{ n: 1 }]);
  const board = must(zone.boards[0], 'board');
  zone.writePermits([{ n: 1, status: 'revoked' }]);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const swipe = await board.swipe(1, 'in', zone.badge(1), 600);
  expect(swipe.opened).toBe(false);
  const row = await crossingIn(zone, 'refused');
  expect(row).toMatchObject({ verdict: 'refuse', permitStatus: 'revoked' });
  expect(row.reasons.map((reason) => reason.is)).toContain('permit-valid');
  expect(board.received('open-door')).toBe(0);
});

test('somebody on the watch-list waits for a supervisor, who admits with a reason', async () => {
  zone = await startSmallZone([{ n: 1 }], { watched: [1] });
  const board = must(zone.boards[0], 'board');
  const waiting = board.swipe(1, 'in', zone.badge(1), 5_000);
  const queue = await viewUntil<{ type: string; id: string }>(zone.engine, 'queue', (rows) =>
    [...rows.values()].some((row) => row.type === 'exception'),
  );
  const exception = must(
    [...queue.values()].find((row) => row.type === 'exception'),
    'exception',
  );
  const admitted = await command(zone, 'supervisor', 'exception.admit', {
    exception: exception.id,
    reason: 'spoken to, may pass',
  });
  expect(admitted.ok).toBe(true);
  expect((await waiting).by).toBe('remote');
  await board.personPasses(1, 50);
  const row = await crossingIn(zone, 'passed');
  expect(row).toMatchObject({ verdict: 'refer', exception: exception.id });
  const again = await command(zone, 'supervisor', 'exception.admit', {
    exception: exception.id,
    reason: 'once more',
  });
  expect(again).toMatchObject({ ok: false, fault: { code: 'not-open' } });
});

test('nobody crosses in twice: the second entry is referred by the ledger', async () => {
  zone = await startSmallZone([{ n: 1 }]);
  const board = must(zone.boards[0], 'board');
  await board.swipe(1, 'in', zone.badge(1));
  await board.personPasses(1, 50);
  await crossingIn(zone, 'passed');
  await board.swipe(1, 'in', zone.badge(1), 500);
  const row = await crossingIn(zone, 'referred');
  expect(row.reasons).toMatchObject([{ is: 'not-already-inside', detail: 'already-inside' }]);
  const areas = await viewUntil<{ inside: number }>(zone.engine, 'areas', (rows) => rows.size > 0);
  expect(must([...areas.values()][0], 'area').inside).toBe(1);
});

test('an escorted visitor passes just after an official, and waits without one', async () => {
  zone = await startSmallZone([
    { n: 1, class: 'escorted-visitor' },
    { n: 2, class: 'official' },
  ]);
  const board = must(zone.boards[0], 'board');
  await board.swipe(1, 'in', zone.badge(1), 300);
  const alone = await crossingIn(zone, 'referred');
  expect(alone.reasons.map(({ is }) => is)).toEqual(['escorted']);
  await board.swipe(1, 'in', zone.badge(2));
  await board.personPasses(1, 50);
  await crossingIn(zone, 'passed');
  expect((await board.swipe(1, 'in', zone.badge(1))).opened).toBe(true);
});

test('one passage of an official takes four visitors along; the next one must wait', async () => {
  const visitors = [1, 2, 3, 4, 5].map((n) => ({ n, class: 'escorted-visitor' }));
  zone = await startSmallZone([
    ...visitors,
    { n: 6, class: 'official' },
    { n: 7, class: 'official' },
  ]);
  const board = must(zone.boards[0], 'board');
  const through = async (n: number) => {
    const { opened } = await board.swipe(1, 'in', must(zone, 'zone').badge(n), 1_500);
    if (opened) await board.personPasses(1, 50);
    return opened;
  };
  expect(await through(6)).toBe(true);
  await crossingIn(zone, 'passed');
  const seen: boolean[] = [];
  for (const { n } of visitors) seen.push(await through(n));
  expect(seen).toEqual([true, true, true, true, false]);
  const waits = await crossingIn(zone, 'referred');
  expect(waits.reasons).toMatchObject([{ is: 'escorted', detail: 'too-many' }]);
  expect(await through(7)).toBe(true);
  expect(await through(5)).toBe(true);
});

test('what a supervisor locked an operator may not open, also after a restart', async () => {
  zone = await startSmallZone([{ n: 1 }]);
  const order = (role: Role, action: string) =>
    command(must(zone, 'zone'), role, 'gate.command', {
      ...{ lane: 'f-in-1', action, reason: 'asked by the shift leader' },
    });
  const isMode = (mode: string) =>
    viewUntil<{ mode: string }>(must(zone, 'zone').engine, 'lanes', (rows) => {
      return rows.get('f-in-1')?.mode === mode;
    });
  expect((await order('supervisor', 'lock')).ok).toBe(true);
  await isMode('locked');
  await zone.restart();
  for (const action of ['open', 'control']) {
    expect(await order('operator', action)).toMatchObject({ ok: false, fault: { code: 'role' } });
  }
  expect((await order('supervisor', 'control')).ok).toBe(true);
  await isMode('controlled');
  expect((await order('operator', 'open')).ok).toBe(true);
});

test('an operator opens, locks and frees a lane; holding open needs a supervisor', async () => {
  zone = await startSmallZone([{ n: 1 }]);
  const order = (role: Role, action: string) =>
    command(must(zone, 'zone'), role, 'gate.command', {
      lane: 'f-in-1',
      action,
      reason: 'asked by the shift leader',
    });
  expect(await order('operator', 'hold')).toMatchObject({ ok: false, fault: { code: 'role' } });
  for (const [action, mode] of [
    ['lock', 'locked'],
    ['control', 'controlled'],
    ['hold', 'held'],
  ] as const) {
    expect(await order('supervisor', action)).toMatchObject({ ok: true });
    await viewUntil<{ lane: string; mode: string; command: { stage: string } | null }>(
      zone.engine,
      'lanes',
      (rows) => {
        const lane = rows.get('f-in-1');
        return lane?.mode === mode && lane.command?.stage === 'confirmed';
      },
    );
  }
});

test('after a restart everything stands, nothing is sent again, the chain is whole', async () => {
  zone = await startSmallZone([{ n: 1 }, { n: 2 }]);
  const board = must(zone.boards[0], 'board');
  await board.swipe(1, 'in', zone.badge(1));
  await board.personPasses(1, 50);
  await crossingIn(zone, 'passed');
  await zone.restart();
  expect(board.received('open-door')).toBe(1);
  await board.swipe(2, 'out', zone.badge(1));
  await board.personPasses(2, 50);
  await viewUntil<{ inside: number }>(zone.engine, 'areas', (rows) =>
    [...rows.values()].every((row) => row.inside === 0),
  );
  const db = journalOf(zone);
  expect(verifyChain(db).fault).toBeNull();
  db.close();
});

test('a person is found by badge with a purpose, and that is in the journal first', async () => {
  zone = await startSmallZone([{ n: 7 }]);
  const asked = { by: { credential: 'h10301/1/7' }, purpose: 'lost badge at the desk' };
  const found = await zone.engine.backend.query('person.find', asked, callerOf('operator'));
  expect(found).toMatchObject({ ok: true, value: { persons: [{ nameEn: 'Chan Tai Man 7' }] } });
  const db = journalOf(zone);
  const bodies = db.query<[], { body: string }>('SELECT body FROM journal').all();
  db.close();
  const disclosed = bodies.filter((row) => row.body.includes('disclosure.made'));
  expect(disclosed).toHaveLength(1);
  expect(disclosed[0]?.body).not.toContain('Chan');
});

test('what has changed since a referral is not admitted on old facts', async () => {
  zone = await startSmallZone([{ n: 1 }], { watched: [1] });
  const board = must(zone.boards[0], 'board');
  const waiting = board.swipe(1, 'in', zone.badge(1), 1_500);
  const queue = await viewUntil<{ type: string; id: string }>(zone.engine, 'queue', (rows) =>
    [...rows.values()].some((row) => row.type === 'exception'),
  );
  const exception = must(
    [...queue.values()].find((row) => row.type === 'exception'),
    'exception',
  );
  const suspended = { permit: 'SP-1', reason: 'reported stolen' };
  expect((await command(zone, 'supervisor', 'permit.suspend', suspended)).ok).toBe(true);
  const input = { exception: exception.id, reason: 'spoken to, may pass' };
  const answer = await command(zone, 'supervisor', 'exception.admit', input);
  expect(answer).toMatchObject({ ok: false, fault: { code: 'changed' } });
  expect(JSON.stringify(answer)).toContain('not-suspended');
  expect((await waiting).opened).toBe(false);
  expect(board.received('open-door')).toBe(0);
});
