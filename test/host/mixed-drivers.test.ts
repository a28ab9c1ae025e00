import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Operations } from '../../src/main/engine/operations.ts';
import { realParts } from '../../src/main/engine/operations-parts.ts';
import type { GateAction } from '../../src/shared/domain/gate.ts';
import { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { ModuleGate } from '../../src/training/modbus/module-gate.ts';
import { TrainingModule } from '../../src/training/modbus/training-module.ts';
import { callerOf } from '../kit/caller.ts';
import { become } from '../kit/gate-modes.ts';
import { holdJournal } from '../kit/journal-holder.ts';
import { channel, moduleBoard } from '../kit/module-zone.ts';
import { realClock } from '../kit/real-clock.ts';
import { smallSite } from '../kit/small-site.ts';
import { startEngineIn, writeSmallSite } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A zone with a UHPPOTE board and, at the first line, a module with a way in and a way out. */
async function start() {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-mixed-'));
  endings.push(() => rmSync(dir, { recursive: true, force: true }));
  const clock = realClock();
  const serial = 405_419_001;
  const board = new TrainingBoard({ serial, wallMs: () => clock.wallMs() });
  const { port } = await board.start();
  endings.push(() => board.stop());
  const module = new TrainingModule();
  const place = await module.start();
  endings.push(() => module.stop());
  const plain = smallSite([{ serial, port }]);
  const [wayIn, wayOut] = plain.lanes;
  const at = { board: 'north-gate', passage: 'sensor' };
  const lanes = [
    ...plain.lanes,
    { ...wayIn, ...at, id: 'm-in', door: 1 },
    { ...wayOut, ...at, id: 'm-out', door: 2 },
  ];
  const door = { opening: 'until-passage' };
  const doors = [
    { ...door, door: 1, open: { channel: 0 }, inputs: { passageIn: { channel: 2 } } },
    { ...door, door: 2, open: { channel: 1 }, inputs: { passageOut: { channel: 3 } } },
  ];
  const inputs = { fire: { channel: 8 } };
  const boards = [...plain.boards, moduleBoard(doors, { ...place, inputs })];
  const siteFile = writeSmallSite(dir, [{ serial, port }], [{ n: 1 }], [], { boards, lanes });
  const dataDir = join(dir, 'data');
  const options = { dataDir, clock, safe: false, log: () => {}, waitsForBoards: true };
  const begin = () => startEngineIn(siteFile, { ...options, parts: realParts });
  const zone = { board, module, dataDir, engine: await begin(), journal: new ZoneJournal(dataDir) };
  endings.push(() => zone.journal.close());
  endings.push(() => zone.engine.stop());
  const restart = async () => {
    await zone.engine.stop();
    zone.engine = await begin();
  };
  return { zone, restart };
}

async function order(engine: Operations, lane: string, action: GateAction): Promise<void> {
  const asked = { lane, action, reason: 'as the officer says' };
  const answer = await engine.backend.command('gate.command', asked, callerOf('supervisor'));
  expect(answer).toMatchObject({ ok: true });
}

test('one site of UHPPOTE and Modbus: what a lane can do is the same', async () => {
  const { zone, restart } = await start();
  const { board, journal, module } = zone;
  const gate = new ModuleGate(module, { open: 0, passage: channel(2) });
  await order(zone.engine, 'm-in', 'open');
  await journal.first('gate.confirmed', ({ lane }) => lane === 'm-in');
  expect(await gate.personPasses(250)).toBe(true);
  await journal.first('door.heard', ({ lane, state }) => lane === 'm-in' && state === 'opened');
  await order(zone.engine, 'f-in-1', 'open');
  await journal.first('gate.confirmed', ({ lane }) => lane === 'f-in-1');
  expect([module.openings(0), board.openings().length]).toEqual([1, 1]);

  // Held and locked, and so again after the console was away.
  await order(zone.engine, 'm-out', 'hold');
  await order(zone.engine, 'm-in', 'lock');
  const modes = () => [module.output(0), module.output(1)];
  await journal.first('gate.mode', ({ lane, mode }) => lane === 'm-out' && mode === 'held');
  await journal.first('gate.mode', ({ lane, mode }) => lane === 'm-in' && mode === 'locked');
  expect(modes()).toEqual([false, true]);
  const index = journal.number("SELECT last_index AS n FROM board WHERE board = 'north-gate'");
  expect(index).toBeGreaterThan(0);
  module.powerCycle();
  const head = journal.head();
  await restart();
  expect(modes()).toEqual([false, true]);
  const again = await journal.first('board.state', (state) => state.board === 'north-gate', {
    after: head,
  });
  expect(again.data.text).toContain('before this start is not known');

  // More than were let through, and the fire input, are incidents as from any board.
  await order(zone.engine, 'm-in', 'control');
  await journal.first('gate.mode', (one) => one.lane === 'm-in' && one.mode === 'controlled', {
    after: head,
  });
  await order(zone.engine, 'm-in', 'open');
  await until('the output', () => module.output(0));
  await gate.pushes(250);
  await new Promise((resolve) => setTimeout(resolve, 250));
  await gate.pushes(250);
  const followed = await journal.first('incident.raised', ({ type }) => type === 'door-followed');
  expect(followed.data).toMatchObject({ lane: 'm-in', board: 'north-gate', timing: 'live' });
  module.set(channel(8), 1);
  board.setFire(true);
  for (const name of ['north-gate', String(board.serial)]) {
    await journal.first('incident.raised', (one) => {
      return one.type === 'fire-input' && one.board === name;
    });
    await journal.first('board.inputs', (one) => one.board === name && one.fire);
  }
}, 60_000);

test('a journal that cannot be written: a module’s way in shuts, its way out is free', async () => {
  const { zone } = await start();
  const { board, journal, module } = zone;
  const letGo = holdJournal(zone.dataDir);
  endings.push(letGo);
  const note = { checkpoint: null, lane: null, priority: 4, note: 'heard by telephone' };
  void zone.engine.backend.command('incident.raise', note, callerOf('operator'));
  await until('the way out free', () => module.output(1) && !module.output(0), 20_000);
  await become(board, [2, 1, 2, 1]);
  letGo();
  await until('the way out controlled', () => !module.output(1), 20_000);
  const { data } = await journal.first('emergency.ended');
  expect(data.lanes).toContainEqual({ lane: 'm-in', order: 'lock', outcome: 'confirmed' });
  expect(data.lanes).toContainEqual({ lane: 'm-out', order: 'hold', outcome: 'confirmed' });
}, 60_000);
