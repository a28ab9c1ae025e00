import { expect, test } from 'vitest';
import type { LockdownNow } from '../../src/shared/contract/lockdown-view.ts';
import type { Role } from '../../src/shared/domain/role.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

const reason = 'told so by the police';

async function start(boards = 1) {
  const started = await startWatchedZone([{ n: 1 }], { boards });
  const { journal, zone } = started;
  const command = (name: string, input: object, role: Role, user?: string) => {
    const caller = callerOf(role);
    const session = { ...must(caller.session, 'session'), ...(user && { user: user as never }) };
    return zone.engine.backend.command(name, { ...input, reason }, { ...caller, session });
  };
  const modes = () => {
    const shown = new Map<string, string>();
    for (const { data } of journal.all('gate.mode')) shown.set(data.lane, data.mode);
    return Object.fromEntries([...shown].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
  const propose = async (exits: 'controlled' | 'locked') =>
    value(await command('lockdown.propose', { area: null, exits }, 'operator')) as {
      lockdown: LockdownNow['lockdown'];
    };
  return { ...started, command, modes, propose };
}

const IN_SHUT = {
  ...{ 'f-in-1': 'locked', 'f-out-1': 'controlled', 's-in-1': 'locked', 's-out-1': 'controlled' },
};

test('two persons shut every way in, over a restart, and two persons end it', async () => {
  const { command, journal, modes, propose, zone } = await start();
  const board = must(zone.boards[0], 'board');
  const one = await propose('controlled');
  const [begin, end] = [
    { ...one, what: 'begin' },
    { ...one, what: 'end' },
  ];
  expect(await command('lockdown.confirm', begin, 'operator')).toMatchObject({ ok: false });
  expect(journal.all('gate.requested')).toEqual([]);
  value(await command('lockdown.confirm', begin, 'supervisor'));
  // Whoever comes from now on is not admitted, whatever the gate shows yet.
  await board.swipe(1, 'in', zone.badge(1), 500);
  const { data } = await journal.first('crossing.referred');
  expect(data.reasons).toMatchObject([{ is: 'lane-takes', detail: 'locked' }]);
  await expect.poll(modes, { timeout: 10_000 }).toMatchObject(IN_SHUT);
  await journal.first('incident.raised', ({ type }) => type === 'lockdown');
  const open = { lane: 'f-in-1', action: 'control' };
  expect(await command('gate.command', open, 'supervisor')).toMatchObject({
    fault: { code: 'lockdown' },
  });
  // Turned, a way out would be a way in.
  const turn = { lane: 'f-out-1', action: 'reverse' };
  expect(await command('gate.command', turn, 'supervisor')).toMatchObject({
    fault: { code: 'lockdown' },
  });
  const head = journal.head();
  await zone.restart();
  // The board is told once more; nothing opens.
  await journal.first('gate.confirmed', ({ lane }) => lane === 's-in-1', { after: head });
  expect(modes()).toMatchObject(IN_SHUT);
  value(await command('lockdown.end', one, 'supervisor'));
  expect(await command('lockdown.confirm', end, 'supervisor')).toMatchObject({
    fault: { code: 'second-person' },
  });
  expect(modes()).toMatchObject(IN_SHUT);
  value(await command('lockdown.confirm', end, 'supervisor', 'test-another'));
  await expect.poll(() => modes()['f-in-1'], { timeout: 10_000 }).toBe('controlled');
  await board.swipe(1, 'in', zone.badge(1));
  await journal.first('crossing.opened', () => true, { after: head });
}, 60_000);

test('a board that was away is shut when it comes back; a fire opens the ways out', async () => {
  const { command, journal, modes, propose, zone } = await start(2);
  const [board, away] = [must(zone.boards[0], 'board'), must(zone.boards[1], 'second board')];
  away.unplug();
  await journal.first('board.state', ({ online }) => !online);
  const begin = { ...(await propose('locked')), what: 'begin' };
  value(await command('lockdown.confirm', begin, 'supervisor'));
  await expect.poll(modes, { timeout: 10_000 }).toMatchObject({
    ...{ 'f-in-1': 'locked', 'f-out-1': 'locked', 's-in-1': 'locked', 's-out-1': 'locked' },
  });
  const head = journal.head();
  away.plug();
  await journal.first('gate.confirmed', ({ lane }) => lane === 'f-in-2', { after: head });
  board.setFire(true);
  await expect.poll(modes, { timeout: 10_000 }).toMatchObject({
    ...{ 'f-in-1': 'locked', 'f-out-1': 'held', 's-in-1': 'locked', 's-out-1': 'held' },
  });
  const blip = journal.head();
  value(await command('zone.evacuate', { area: null }, 'operator'));
  await expect.poll(modes, { timeout: 10_000 }).toMatchObject({ 'f-out-2': 'held' });
  away.unplug();
  await journal.first('board.state', ({ online }) => !online, { after: blip });
  const back = journal.head();
  away.plug();
  await journal.first('gate.confirmed', ({ lane }) => lane === 'f-in-2', { after: back });
  expect(modes()).toMatchObject({ 'f-in-2': 'locked', 'f-out-2': 'held', 's-out-2': 'held' });
}, 90_000);
