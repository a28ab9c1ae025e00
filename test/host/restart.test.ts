import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decideSwipe } from '../../src/main/engine/core/rules/swipe.ts';
import { JournalAppender } from '../../src/main/engine/journal/append.ts';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { Projector } from '../../src/main/engine/projections/projector.ts';
import { rebuildProjections } from '../../src/main/engine/projections/rebuild.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { commandId, crossingId, type PersonId } from '../../src/shared/domain/ids.ts';
import type { NewEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { type SmallZone, type SmallZoneOptions, viewUntil } from '../kit/small-zone.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';
import type { ZoneJournal } from '../kit/zone-journal.ts';
import { BOARD, laneAt, MOMENT, swipe, swipeFacts } from '../unit/core/core-facts.ts';
import { COMMUTER } from '../unit/regime/given.ts';

let journal: ZoneJournal | null = null;

const AT_MS = Date.UTC(2026, 2, 2, 0, 30, 0);

/** Somebody admitted at the first line's way in: what the step writes for one badge read. */
function admitted(person: string, index: number, nextSeq: number): NewEvent[] {
  const facts = swipeFacts({
    crossing: { ...COMMUTER, person: person as PersonId },
    index: { last: index - 1, missing: false },
  });
  const moment = { ...MOMENT, atMs: AT_MS, nextSeq };
  return [...decideSwipe(facts, swipe({ index, deviceAtMs: AT_MS }), 0, moment).events];
}

/**
 * What a boot that was cut off left behind: P-1 admitted and the gate not heard of, P-2 admitted
 * and the gate seen open, and a supervisor's order to hold the way out open without an answer.
 */
function leaveUnfinished(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  const db = value(openWriter(join(dataDir, 'journal.db'), journalSchema));
  rebuildProjections(db, db, 0);
  const appender = new JournalAppender(db, 'console-1', 'boot-cut-off');
  const projector = new Projector(db);
  const write = (events: readonly NewEvent[]) => {
    for (const event of events) {
      const stamp = {
        atMs: AT_MS,
        monoMs: 9_000,
        actor: { type: 'console' },
        cause: null,
      } as const;
      projector.apply(appender.append(event, stamp));
    }
    projector.mark(appender.seq);
  };
  db.transaction(() => {
    write(admitted('P-1', 1, 1));
    write(admitted('P-2', 2, 4));
    const movement = {
      ...{ crossing: crossingId(1, 4), lane: laneAt(1).lane.id, person: 'P-2' as PersonId },
      from: 'beyond-first' as const,
      to: laneAt(1).lane.to,
    };
    const command = commandId(1, 6);
    const { id: lane, board, door, openS } = laneAt(2).lane;
    const held = { command: commandId(1, 9), lane, board, door, openS, action: 'hold' } as const;
    write([
      { kind: 'gate.confirmed', data: { command, lane, action: 'open', shownBy: 'relay' } },
      { kind: 'crossing.opened', data: { ...movement, shownBy: 'relay' } },
      {
        kind: 'gate.requested',
        data: { ...held, crossing: null, reason: null, deadlineMono: 12_000 },
      },
    ]);
  });
  db.close();
}

async function start(options?: SmallZoneOptions): Promise<SmallZone> {
  const started = await startWatchedZone([{ n: 1 }, { n: 2 }, { n: 3 }], options);
  journal = started.journal;
  return started.zone;
}

const look = () => must(journal, 'journal');
const boardOf = (of: SmallZone) => must(of.boards[0], 'board');

function places(): Record<string, string> {
  const rows = look()
    .db.query<[], { person: string; place: string; unknown: number }>('SELECT * FROM presence')
    .all();
  return Object.fromEntries(
    rows.map(({ person, place, unknown }) => [person, unknown === 1 ? `${place}?` : place]),
  );
}

test('commands without an outcome are unknown, incidents, and never sent again', async () => {
  const of = await start({ prepare: leaveUnfinished });
  const unknown = look()
    .all('gate.unknown')
    .map(({ data }) => [data.command, data.action]);
  expect(unknown).toEqual([
    ['G1-3', 'open'],
    ['G1-9', 'hold'],
  ]);
  const incidents = look()
    .all('incident.raised')
    .map(({ data }) => [data.type, data.lane]);
  expect(incidents).toEqual(
    expect.arrayContaining([
      ['gate-command-unknown', 'f-in-1'],
      ['gate-command-unknown', 'f-out-1'],
      ['passage-unknown', 'f-in-1'],
    ]),
  );
  const board = boardOf(of);
  // Somebody else's crossing goes its way, so the outbox was looked at and left the old ones alone.
  expect((await board.swipe(1, 'in', of.badge(3))).opened).toBe(true);
  await board.personPasses(1, 5);
  await look().first('gate.confirmed', (data) => data.command !== 'G1-6');
  expect(board.received('open-door')).toBe(1);
  expect(board.openings()).toHaveLength(1);
  expect(board.door(2)).toMatchObject({ mode: 3, relayOn: false });
  await of.restart();
  expect(board.received('open-door')).toBe(1);
  expect(look().all('gate.unknown')).toHaveLength(2);
});

test('crossings under way stay unknown until a person says where somebody is', async () => {
  const of = await start({ prepare: leaveUnfinished });
  const left = look()
    .all('crossing.unknown')
    .map(({ data }) => [data.person, data.why]);
  expect(left).toEqual([
    ['P-1', 'restarted'],
    ['P-2', 'restarted'],
  ]);
  expect(look().number('SELECT count(*) AS n FROM reservation')).toBe(0);
  expect(places()).toEqual({ 'P-1': 'beyond-first?', 'P-2': 'beyond-first?' });
  await of.restart();
  expect(look().all('crossing.unknown')).toHaveLength(2);
  expect(places()).toEqual({ 'P-1': 'beyond-first?', 'P-2': 'beyond-first?' });
  const board = boardOf(of);
  const again = board.swipe(1, 'in', of.badge(2), 400);
  const { data } = await look().first('crossing.referred');
  expect(data.reasons).toMatchObject([{ is: 'not-already-inside', detail: 'unknown-place' }]);
  expect((await again).opened).toBe(false);
  const input = { person: 'P-2', place: 'loop', reason: 'seen on the camera' };
  const set = await of.engine.backend.command('presence.set', input, callerOf('supervisor'));
  expect(set.ok).toBe(true);
  expect(places()).toEqual({ 'P-1': 'beyond-first?', 'P-2': 'loop' });
  expect(look().all('presence.set')[0]?.data).toMatchObject({ crossing: 'X1-4', place: 'loop' });
  expect((await board.swipe(2, 'out', of.badge(2))).opened).toBe(true);
});

test('an orderly end leaves nothing open, and the next start settles nothing', async () => {
  const of = await start();
  const board = boardOf(of);
  await board.swipe(1, 'in', of.badge(1));
  await board.personPasses(1, 5);
  await look().first('crossing.passed');
  await of.restart();
  expect(look().all('engine.stopped')).toHaveLength(1);
  expect(look().all('engine.started')).toHaveLength(2);
  expect(look().all('crossing.unknown')).toEqual([]);
  expect(verifyChain(look().db).fault).toBeNull();
});

test('stopped while a gate is open: unknown after the start, and nothing is sent', async () => {
  const of = await start();
  const board = boardOf(of);
  await board.swipe(1, 'in', of.badge(1));
  await look().first('crossing.opened');
  await of.restart();
  expect(
    look()
      .all('crossing.unknown')
      .map(({ data }) => [data.person, data.why]),
  ).toEqual([['P-1', 'restarted']]);
  const raised = look()
    .all('incident.raised')
    .map(({ data }) => data.type);
  expect(raised).toContain('passage-unknown');
  expect(board.received('open-door')).toBe(1);
});

test('a board’s events of the time between are read on from where the journal stands', async () => {
  const of = await start();
  const board = boardOf(of);
  await of.engine.stop();
  await board.doorForced(3, 5);
  await of.restart();
  const serial = String(BOARD);
  const rows = await viewUntil<{ device: string; missing: number; lastIndex: number }>(
    of.engine,
    'devices',
    (all) => all.get(serial)?.missing === 0 && all.get(serial)?.lastIndex === board.lastIndex(),
  );
  expect(rows.get(serial)?.lastIndex).toBeGreaterThan(0);
  const forced = look()
    .all('door.heard')
    .filter(({ data }) => data.state === 'forced');
  expect(forced.map(({ data }) => data.timing)).toEqual(['late']);
});

test('who waits at a lane that the site has no more lapses at the start', async () => {
  const of = await start({ watched: [1] });
  await boardOf(of).swipe(1, 'in', of.badge(1), 300);
  const { data } = await look().first('crossing.referred');
  const file = join(of.dir, 'site.json');
  const site = JSON.parse(readFileSync(file, 'utf8')) as { lanes: { id: string }[] };
  await of.engine.stop();
  writeFileSync(
    file,
    JSON.stringify({ ...site, lanes: site.lanes.filter(({ id }) => id !== 'f-in-1') }),
  );
  await of.restart();
  expect(look().all('exception.resolved')).toMatchObject([
    { data: { exception: data.exception, outcome: 'lapsed' } },
  ]);
});

test('in safe mode no driver runs, the screens say so, and a command fails at once', async () => {
  const of = await start({ safe: true });
  const board = boardOf(of);
  await viewUntil<{ mode: string }>(
    of.engine,
    'status',
    (rows) => rows.get('now')?.mode === 'safe-mode',
  );
  const order = { lane: 'f-in-1', action: 'open', reason: 'asked by the shift leader' };
  const asked = await of.engine.backend.command('gate.command', order, callerOf('operator'));
  const { command } = value(asked) as { command: string };
  const failed = await look().first('gate.failed', (data) => data.command === command);
  expect(failed.data.text).toBe('no driver runs for this board');
  const raised = await look().first('incident.raised', (data) => data.params.command === command);
  expect(raised.data.type).toBe('gate-command-failed');
  for (const name of ['get-status', 'set-listener', 'get-event', 'open-door'] as const) {
    expect(board.received(name), name).toBe(0);
  }
});
