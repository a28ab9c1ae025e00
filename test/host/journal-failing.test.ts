import { type ChildProcess, execFileSync, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { callerOf } from '../kit/caller.ts';
import { become, CONTROLLED, modes, SHUT_AND_FREE } from '../kit/gate-modes.ts';
import { holdJournal } from '../kit/journal-holder.ts';
import {
  raiseIncident,
  type SmallZone,
  type SmallZoneOptions,
  startSmallZone,
  viewUntil,
  writeSmallSite,
} from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

interface Scene {
  readonly zone: SmallZone;
  readonly board: TrainingBoard;
  readonly journal: ZoneJournal;
  /** Nobody can write the journal from now on, until the answer is called. */
  hold(): () => void;
}

async function start(options: SmallZoneOptions = {}): Promise<Scene> {
  const zone = await startSmallZone([{ n: 1 }, { n: 2 }], options);
  endings.push(() => zone.close());
  const journal = new ZoneJournal(zone.dataDir);
  endings.push(() => journal.close());
  const hold = () => {
    const letGo = holdJournal(zone.dataDir);
    endings.push(letGo);
    return letGo;
  };
  return { zone, board: must(zone.boards[0], 'board'), journal, hold };
}

const logOf = (dataDir: string): Record<string, unknown>[] =>
  readFileSync(`${dataDir}.emergency.ndjson`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const statesOf = (dataDir: string) => logOf(dataDir).map((line) => Object.keys(line)[0]);

test('a journal that cannot be written: entries shut, exits free, nobody is admitted', async () => {
  const { zone, board, journal, hold } = await start();
  expect(modes(board)).toEqual(CONTROLLED);
  // Somebody holds the way out open: it must be so again afterwards.
  const order = { lane: 'f-out-1', action: 'hold', reason: 'a stretcher comes' };
  await zone.engine.backend.command('gate.command', order, callerOf('supervisor'));
  await journal.first('gate.mode', ({ lane, mode }) => lane === 'f-out-1' && mode === 'held');
  await become(board, [3, 1, 3, 3]);
  const before = journal.head();
  const letGo = hold();
  const first = raiseIncident(zone);
  await become(board, SHUT_AND_FREE);
  // Who asked while it was being tried hears it as well as who asks afterwards, and at once.
  expect(await first).toMatchObject({ ok: false, fault: { code: 'not-written' } });
  const askedMs = performance.now();
  // Trying again meanwhile holds nothing up.
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await raiseIncident(zone)).toMatchObject({ ok: false, fault: { code: 'not-written' } });
  expect(performance.now() - askedMs).toBeLessThan(2_500);
  const status = await viewUntil<{ mode: string }>(zone.engine, 'status', (rows) =>
    rows.has('now'),
  );
  expect(status.get('now')?.mode).toBe('journal-failing');
  expect(zone.log.join()).toContain('the journal cannot be written');
  expect(logOf(zone.dataDir)).toMatchObject([
    { back: { 'f-in-1': 'control', 'f-out-1': 'hold', 's-in-1': 'control', 's-out-1': 'control' } },
  ]);

  const remote = board.received('open-door');
  const refused = await board.swipe(1, 'in', zone.badge(1), 6_000);
  expect(refused.opened).toBe(false);
  await board.doorForced(3, 5);
  expect(board.received('open-door')).toBe(remote);
  expect(journal.head()).toBe(before);

  letGo();
  await become(board, [3, 1, 3, 3]);
  const { data } = await journal.first('emergency.ended');
  expect(data).toMatchObject({ shut: 2, freed: 2 });
  expect(data.toMs - data.fromMs).toBeGreaterThan(5_000);
  expect(data.lanes).toEqual([
    { lane: 'f-in-1', order: 'lock', outcome: 'confirmed' },
    { lane: 'f-out-1', order: 'hold', outcome: 'confirmed' },
    { lane: 's-in-1', order: 'lock', outcome: 'confirmed' },
    { lane: 's-out-1', order: 'hold', outcome: 'confirmed' },
  ]);
  // What the board heard meanwhile is all there, and came too late to open anything.
  const swipe = await journal.first('crossing.recorded', ({ index }) => index === refused.index);
  expect(swipe.data).toMatchObject({ lane: 'f-in-1', granted: false, movesPresence: false });
  await journal.first('door.heard', ({ state }) => state === 'forced');
  const last = () => journal.number('SELECT last_index AS n FROM board');
  await until('every event of the board', () => last() === board.lastIndex());
  expect(journal.number('SELECT count(*) AS n FROM board_gap')).toBe(0);
  expect(verifyChain(journal.db).fault).toBeNull();
  await until('the log ended', () => statesOf(zone.dataDir).at(-1) === 'ended');
  await viewUntil<{ mode: string }>(zone.engine, 'status', (rows) => {
    return rows.get('now')?.mode === 'normal';
  });
  expect(await raiseIncident(zone)).toMatchObject({ ok: true });
  expect((await board.swipe(1, 'in', zone.badge(2))).opened).toBe(true);
});

const failedGates = (journal: ZoneJournal) =>
  journal
    .all('incident.raised')
    .filter(({ data }) => data.type === 'gate-command-failed')
    .map(({ data }) => [data.lane, data.board, data.params.action]);

test('an order that a gate does not follow is given again, and is an incident', async () => {
  const { zone, board, journal, hold } = await start();
  const serial = String(board.serial);
  board.jamMode(1, true);
  board.jamMode(3, true);
  const letGo = hold();
  void raiseIncident(zone);
  await become(board, [3, 1, 3, 1]);
  const told = board.received('set-door');
  await until('orders given again', () => board.received('set-door') >= told + 4, 20_000);
  board.jamMode(1, false);
  await become(board, [2, 1, 3, 1]);
  // On the way back another gate sticks.
  board.jamMode(4, true);
  letGo();
  const { data } = await journal.first('emergency.ended');
  expect(data.lanes.map(({ lane, outcome }) => [lane, outcome])).toEqual([
    ['f-in-1', 'confirmed'],
    ['f-out-1', 'confirmed'],
    ['s-in-1', 'failed'],
    ['s-out-1', 'confirmed'],
  ]);
  const stuck = await journal.first('emergency.not-back');
  expect(stuck.data).toMatchObject({ lane: 's-out-1', board: serial, action: 'control' });
  expect(stuck.data.text).toContain('still shows held');
  expect(failedGates(journal)).toEqual([
    ['s-in-1', serial, 'lock'],
    ['s-out-1', serial, 'control'],
  ]);
  board.jamMode(4, false);
  await become(board, CONTROLLED);
});

test('it is well again though nothing waits to be written', async () => {
  const emergencyFolder = 'other-disk/console';
  const { zone, board, journal, hold } = await start({ site: { emergencyFolder } });
  // A board that is away has nothing to say, and every order to a person’s liking is refused.
  board.unplug();
  await journal.first('board.state', ({ online }) => !online);
  const letGo = hold();
  await raiseIncident(zone);
  letGo();
  const { data } = await journal.first('emergency.ended');
  expect(data.lanes.map(({ outcome }) => outcome)).toEqual(Array(4).fill('not-reached'));
  expect(failedGates(journal)).toHaveLength(4);
  board.plug();
  // The site file names another disk for the log.
  const kept = join(zone.dir, emergencyFolder, 'data');
  await until('the log ended', () => statesOf(kept).at(-1) === 'ended', 20_000);
  expect(existsSync(`${zone.dataDir}.emergency.ndjson`)).toBe(false);
  expect(modes(board)).toEqual(CONTROLLED);
});

test('a person’s order for a gate ends its way back', async () => {
  const { zone, board, journal, hold } = await start();
  const letGo = hold();
  void raiseIncident(zone);
  await become(board, SHUT_AND_FREE);
  board.jamMode(2, true);
  letGo();
  await journal.first('emergency.not-back', ({ lane }) => lane === 'f-out-1');
  board.jamMode(2, false);
  const order = { lane: 'f-out-1', action: 'lock', reason: 'the gate is looked at' };
  const asked = await zone.engine.backend.command('gate.command', order, callerOf('supervisor'));
  expect(asked.ok).toBe(true);
  await become(board, [3, 2, 3, 3]);
  // Longer than the next try of the way back would take.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(modes(board)).toEqual([3, 2, 3, 3]);
  await until('the log ended', () => statesOf(zone.dataDir).at(-1) === 'ended');
});

test('a place where the emergency log cannot be is said at the start', async () => {
  const prepare = (dataDir: string) => writeFileSync(join(dataDir, '..', 'full'), '');
  const { zone } = await start({ site: { emergencyFolder: 'full' }, prepare });
  expect(zone.log.join()).toMatch(/the emergency log .* cannot be written/);
});

// In processes of their own -------------------------------------------------------------------

interface Scenery {
  readonly board: TrainingBoard;
  readonly dataDir: string;
  startChild(): Promise<ChildProcess>;
}

async function scenery(): Promise<Scenery> {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-failing-'));
  endings.push(() => rmSync(dir, { recursive: true, force: true }));
  const board = new TrainingBoard({ serial: 405_419_001, wallMs: Date.now });
  const { port } = await board.start();
  endings.push(() => board.stop());
  const siteFile = writeSmallSite(dir, [{ serial: board.serial, port }], [{ n: 1 }]);
  const dataDir = join(dir, 'data');
  const script = new URL('../kit/engine-child.ts', import.meta.url).pathname;
  return {
    board,
    dataDir,
    async startChild() {
      const child = fork(script, [dataDir, siteFile], { execArgv: [], stdio: 'inherit' });
      endings.push(() => child.kill('SIGKILL'));
      const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
      expect(first).toBe('up');
      await until('the board is set up', () => board.hostDecides() && board.listener().port > 0);
      return child;
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

test('killed in the middle: the next start tells of it, and the gates go back', async () => {
  const { board, dataDir, startChild } = await scenery();
  const child = await startChild();
  const letGo = holdJournal(dataDir);
  endings.push(letGo);
  await become(board, SHUT_AND_FREE);
  child.kill('SIGKILL');
  await ended(child);
  letGo();
  expect(statesOf(dataDir)).toEqual(['began']);
  expect(modes(board)).toEqual(SHUT_AND_FREE);
  await startChild();
  await become(board, CONTROLLED);
  const journal = new ZoneJournal(dataDir);
  endings.push(() => journal.close());
  const { data } = await journal.first('emergency.ended');
  expect(data.fromMs).toBe(logOf(dataDir)[0]?.began);
  expect(data.lanes.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unknown'));
  await until('the log ended', () => statesOf(dataDir).at(-1) === 'ended');
  expect(verifyChain(journal.db).fault).toBeNull();
});

test('killed on the way back: the next start goes on with what is not back', async () => {
  const { board, dataDir, startChild } = await scenery();
  const child = await startChild();
  const letGo = holdJournal(dataDir);
  endings.push(letGo);
  await become(board, SHUT_AND_FREE);
  board.jamMode(2, true);
  letGo();
  await become(board, [3, 1, 3, 3]);
  const journal = new ZoneJournal(dataDir);
  endings.push(() => journal.close());
  await journal.first('emergency.not-back', ({ lane }) => lane === 'f-out-1');
  child.kill('SIGKILL');
  await ended(child);
  board.jamMode(2, false);
  const told = board.received('set-door');
  await startChild();
  await become(board, CONTROLLED);
  await until('the log ended', () => statesOf(dataDir).at(-1) === 'ended');
  expect(journal.all('emergency.ended')).toHaveLength(1);
  expect(board.received('set-door')).toBe(told + 1);
});

test('a full disk is a journal that cannot be written', async ({ skip }) => {
  const canFill = spawnSync('prlimit', ['--version']).status === 0;
  skip(!canFill, 'without prlimit, which is Linux’s own, no disk can be made full here');
  const { board, dataDir, startChild } = await scenery();
  const child = await startChild();
  const limit = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:unlimited`]);
  // Writing beyond the limit raises SIGXFSZ, which Node ignores: it sees the write fail.
  limit('8192');
  await become(board, SHUT_AND_FREE);
  expect(String(logOf(dataDir)[0]?.why)).toMatch(/full|disk I\/O/);
  const journal = new ZoneJournal(dataDir);
  endings.push(() => journal.close());
  const head = journal.head();
  const swipe = await board.swipe(1, 'in', 100_001, 6_000);
  expect(swipe.opened).toBe(false);
  expect(journal.head()).toBe(head);
  limit('unlimited');
  await become(board, CONTROLLED);
  const { data } = await journal.first('emergency.ended');
  expect(data.lanes.map(({ outcome }) => outcome)).toEqual(Array(4).fill('confirmed'));
  await journal.first('crossing.recorded', ({ index }) => index === swipe.index);
  child.send('stop');
  await ended(child);
  expect(verifyChain(journal.db).fault).toBeNull();
});
