/**
 * What every gate driver must do, told in the words of the port alone. Each driver's own tests run
 * this suite on its byte-level device and add what only its protocol knows.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { GateBoard, GateCommand, StoredCard } from '../../src/main/engine/devices/ports.ts';
import type { Credential } from '../../src/shared/domain/credential.ts';
import type { RecordingSink } from '../kit/gate-sink.ts';

/** The device behind the driver, as somebody standing before it could use it. */
export interface GateDevice {
  /** Holds a badge to the reader of door 1, or waits there; resolves with whether it opened. */
  badge(credential: Credential): Promise<boolean>;
  /** Goes through door 1 if it is open. */
  pass(): Promise<boolean>;
  force(): Promise<void>;
  leaveOpen(): void;
  close(): void;
  fire(on: boolean): void;
  /** The cable. */
  unplug(): void;
  plug(): void;
  /** Hears and does, but does not answer. */
  hang(on: boolean): void;
  /** How often the gates opened, by the device's own log. */
  openings(): number;
  /** How many open commands reached it. */
  openCommands(): number;
  storedCards(): number;
}

/** What not every kind of gate controller can. */
export interface GateAbilities {
  /** Badge readers hang on it; else somebody stands before the gate, read by another reader. */
  readonly readsBadges: boolean;
  /** Keeps what happens while nobody asks, and tells of each opening that we asked for. */
  readonly remembers: boolean;
  /** Decides alone from cards that we store. */
  readonly storesCards: boolean;
}

const EVERYTHING: GateAbilities = { readsBadges: true, remembers: true, storesCards: true };

export interface GateBench {
  readonly board: GateBoard;
  readonly sink: RecordingSink;
  readonly device: GateDevice;
  command(action: GateCommand['action'], more?: Partial<GateCommand>): GateCommand;
  monoMs(): number;
  stop(): Promise<void>;
}

export const badgeA = 'h10301/123/4567' as Credential;
export const badgeB = 'h10301/10/1188' as Credential;

/** The stages that a command went through, in order. */
export function stagesOf(sink: RecordingSink, command: GateCommand): string[] {
  return sink
    .all('command')
    .filter((progress) => progress.command === command.id)
    .map((progress) => progress.stage);
}

export async function endOf(sink: RecordingSink, command: GateCommand) {
  const ends = ['confirmed', 'failed', 'expired', 'unknown'];
  return sink.first('command', (p) => p.command === command.id && ends.includes(p.stage));
}

/** Tests what this kind of controller can; of what it cannot there is no test. */
function testOf(able: boolean): (name: string, body: () => Promise<void>) => void {
  return able ? test : () => undefined;
}

/** `start` gives a bench whose board is online. */
export function gateBoardContract(
  driver: string,
  start: () => Promise<GateBench>,
  can: GateAbilities = EVERYTHING,
): void {
  let bench: GateBench | null = null;
  const online = async (): Promise<GateBench> => {
    bench = await start();
    return bench;
  };
  afterEach(async () => {
    await bench?.stop();
    bench = null;
  });

  describe(`${driver}: watching`, () => {
    test('a board that answers is online, with its version and its door modes', async () => {
      const { board, sink } = await online();
      const state = await sink.first('board-state');
      expect(state).toMatchObject({ board: board.board, online: true });
      expect(state.version).toMatch(/\d/);
      expect(sink.all('door-mode').map((shown) => shown.mode)).toContain('controlled');
      expect(board.health()).toMatchObject({ board: board.board, version: state.version });
      expect(board.health().doors?.[0]).toBe('closed');
    });

    test('how it answers is measured; what it did not answer counts as lost', async () => {
      const { board, device } = await online();
      await vi.waitFor(() => expect(board.trips().asked).toBeGreaterThan(5));
      const { lost: before, p50Ms, p99Ms } = board.trips();
      expect(before).toBe(0);
      expect(p50Ms).toBeGreaterThanOrEqual(0);
      expect(p99Ms).toBeGreaterThanOrEqual(p50Ms ?? 0);
      device.unplug();
      await vi.waitFor(() => expect(board.trips().lost).toBeGreaterThan(0), 5_000);
      expect(board.trips().asked).toBeGreaterThan(board.trips().lost);
    });

    testOf(can.readsBadges)('a badge is reported once, live and in order', async () => {
      const { device, sink } = await online();
      const first = device.badge(badgeA);
      const swipe = await sink.first('swipe');
      expect(swipe).toMatchObject({ credential: badgeA, door: 1, direction: 'in', inOrder: true });
      expect(['pushed', 'polled']).toContain(swipe.delivery);
      expect(swipe.ageMs).toBeLessThan(2000);
      const second = device.badge(badgeB);
      const next = await sink.first('swipe', (event) => event.credential === badgeB);
      expect(next.index).toBe(swipe.index + 1);
      await Promise.all([first, second]);
      expect(sink.all('swipe')).toHaveLength(2);
    });

    test('a gate forced, one left open, and the fire input are reported', async () => {
      const { board, device, sink } = await online();
      await device.force();
      await sink.first('door', (event) => event.state === 'forced' && event.door === 1);
      device.leaveOpen();
      await sink.first('door', (event) => event.state === 'open-too-long');
      await sink.until(() => board.health().doors?.[0] === 'open', 'its contact to show it');
      device.close();
      await sink.until(() => board.health().doors?.[0] === 'closed', 'its contact to be closed');
      device.fire(true);
      await sink.first('alarm', (event) => event.alarm === 'fire');
      await sink.first('input-levels', (levels) => levels.fire);
      device.fire(false);
      await sink.until(() => sink.all('input-levels').at(-1)?.fire === false, 'fire to end');
    });
  });

  describe(`${driver}: commands`, () => {
    test('open is sent, accepted, and confirmed by what the gate shows', async () => {
      const { board, command, device, sink } = await online();
      const opened = device.badge(badgeA);
      if (can.readsBadges) await sink.first('swipe');
      const open = command('open');
      board.send(open);
      expect(await opened).toBe(true);
      const end = await endOf(sink, open);
      expect(end.stage).toBe('confirmed');
      expect(['relay', 'door']).toContain(end.shownBy);
      expect(stagesOf(sink, open)).toEqual(['sent', 'accepted', 'confirmed']);
      expect(device.openings()).toBe(1);
      expect(await device.pass()).toBe(true);
      await sink.first('door', (event) => event.state === 'opened');
      if (can.remembers) await sink.first('remote-open');
      expect(sink.all('swipe')).toHaveLength(can.readsBadges ? 1 : 0);
    });

    test('a locked gate that only says yes is a failure, never a confirmation', async () => {
      const { board, command, device, sink } = await online();
      const lock = command('lock');
      board.send(lock);
      expect(await endOf(sink, lock)).toMatchObject({ stage: 'confirmed', shownBy: 'mode' });
      await sink.first('door-mode', (shown) => shown.mode === 'locked' && shown.door === 1);
      const open = command('open');
      board.send(open);
      expect((await endOf(sink, open)).stage).toBe('failed');
      expect(device.openings()).toBe(0);
    });

    test('hold keeps it open, control gives it back', async () => {
      const { board, command, device, sink } = await online();
      const hold = command('hold');
      board.send(hold);
      expect(await endOf(sink, hold)).toMatchObject({ stage: 'confirmed', shownBy: 'mode' });
      expect(await device.pass()).toBe(true);
      const control = command('control');
      board.send(control);
      expect((await endOf(sink, control)).stage).toBe('confirmed');
      expect(await device.pass()).toBe(false);
      const modes = sink.all('door-mode').filter((shown) => shown.door === 1);
      expect(modes.map((shown) => shown.mode)).toEqual(['controlled', 'held', 'controlled']);
    });

    test('past its deadline a command is never sent', async () => {
      const { board, command, device, monoMs, sink } = await online();
      const late = command('open', { deadlineMonoMs: monoMs() - 1 });
      board.send(late);
      expect((await endOf(sink, late)).stage).toBe('expired');
      expect(stagesOf(sink, late)).toEqual(['expired']);
      expect(device.openCommands()).toBe(0);
    });

    test('without an answer the outcome is unknown and nothing is sent again', async () => {
      const { board, command, device, sink } = await online();
      device.hang(true);
      const open = command('open');
      board.send(open);
      const end = await endOf(sink, open);
      expect(end.stage).toBe('unknown');
      expect(end.text).toContain('door 1');
      device.hang(false);
      await sink.until(() => sink.all('board-state').length >= 1, 'the board');
      await device.badge(badgeA);
      expect(stagesOf(sink, open)).toEqual(['sent', 'unknown']);
      expect(device.openCommands()).toBe(1);
      expect(device.openings()).toBe(1);
    });
  });

  describe(`${driver}: away and back`, () => {
    const whatHappened =
      'what happened while the cable was out comes back as backlog; live goes on';
    testOf(can.remembers)(whatHappened, async () => {
      const { board, command, device, sink } = await online();
      device.unplug();
      await sink.first('board-state', (state) => !state.online);
      await Promise.all([device.badge(badgeA), device.badge(badgeB)]);
      device.plug();
      await sink.until(() => sink.all('board-state').at(-1)?.online === true, 'the board again');
      await sink.until(() => sink.all('swipe').length === 2, 'the backlog');
      expect(sink.all('swipe').map((event) => event.delivery)).toEqual(['backlog', 'backlog']);
      expect(sink.all('gap')).toHaveLength(1);
      const opened = device.badge(badgeA);
      const live = await sink.first('swipe', (event) => event.delivery !== 'backlog');
      expect(live.inOrder).toBe(true);
      board.send(command('open'));
      expect(await opened).toBe(true);
    });

    test('a gate that was away is told of, comes back, and opens again', async () => {
      const { board, command, device, sink } = await online();
      device.unplug();
      await sink.first('board-state', (state) => !state.online);
      const meanwhile = command('open');
      board.send(meanwhile);
      expect(['expired', 'unknown', 'failed']).toContain((await endOf(sink, meanwhile)).stage);
      device.plug();
      await sink.until(() => sink.all('board-state').at(-1)?.online === true, 'the board again');
      expect(device.openings()).toBe(0);
      const opened = device.badge(badgeA);
      if (can.readsBadges) await sink.first('swipe');
      board.send(command('open'));
      expect(await opened).toBe(true);
    });

    testOf(can.storesCards)('the stored cards become equal to the list', async () => {
      const { board, device, sink } = await online();
      const card = (credential: Credential): StoredCard => ({
        credential,
        doors: [1],
        fromDay: '2026-01-01',
        toDay: '2026-12-31',
      });
      board.storeCards([card(badgeA), card(badgeB)]);
      await sink.until(() => device.storedCards() === 2, 'two cards');
      await sink.until(() => board.health().storedCards === 2, 'two cards known');
      board.storeCards([card(badgeB)]);
      await sink.until(() => device.storedCards() === 1, 'one card');
      board.storeCards([]);
      await sink.until(() => device.storedCards() === 0, 'no card');
    });
  });
}
