import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../src/shared/lib/assert.ts';
import type { PastEvent, TrainingBoard } from '../../src/training/boards/training-board.ts';
import { callerOf } from '../kit/caller.ts';
import { type SmallZone, startSmallZone, viewUntil } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

/** A board that breaks while it hands over what it recorded alone. */
const EVENTS = 3_000;
const REASON = 'its memory is broken, the maker says';

interface Device {
  readonly device: string;
  readonly online: boolean;
  readonly missing: number;
  readonly lost: number;
}

let zone: SmallZone;
let journal: ZoneJournal;
let board: TrainingBoard;
let serial: string;

beforeAll(async () => {
  zone = await startSmallZone([{ n: 1 }], { eventMemory: 4_096 });
  journal = new ZoneJournal(zone.dataDir);
  board = must(zone.boards[0], 'board');
  serial = String(board.serial);
});
afterAll(async () => {
  journal.close();
  await zone.close();
});

const missing = () =>
  journal.number('SELECT coalesce(sum(to_index - from_index + 1), 0) AS n FROM board_gap');
const declare = (role: 'operator' | 'supervisor', id = serial) =>
  zone.engine.backend.command('board.declare-lost', { board: id, reason: REASON }, callerOf(role));

test('what a board owes is asked for until a supervisor signs that it is lost', async () => {
  board.unplug();
  await viewUntil<Device>(zone.engine, 'devices', (rows) => rows.get(serial)?.online === false);
  const at = Math.floor(zone.clock.wallMs() / 1000) * 1000 - 600_000;
  const one: PastEvent = {
    type: 2,
    granted: true,
    door: 1,
    direction: 1,
    card: 0,
    at,
    reason: 0x17,
  };
  board.backfill(Array.from({ length: EVENTS }, () => one));
  board.plug();
  await until('some of it', () => missing() > 0 && missing() < EVENTS - 50, 30_000);
  board.hangOn(['get-event']);
  const owed = missing();
  const asked = board.received('get-event');
  await until('the board to be asked again', () => board.received('get-event') > asked + 2, 10_000);
  expect(await declare('supervisor', '1')).toMatchObject({ fault: { code: 'not-found' } });

  const before = journal.head();
  const left = missing();
  expect(owed).toBeGreaterThan(0);
  expect(await declare('supervisor')).toMatchObject({ ok: true, value: { lost: [{}] } });
  const [lost] = journal.all('board.lost', before);
  expect(lost?.actor).toMatchObject({
    type: 'person',
    role: 'supervisor',
    user: 'test-supervisor',
  });
  expect(lost?.data).toMatchObject({ board: serial, cleared: false, reason: expect.any(String) });
  const body = journal.db
    .query<[string], { body: string }>('SELECT body FROM typed_text WHERE text = ?')
    .get(String(lost?.data.reason))?.body;
  expect(body).toBe(REASON);
  await viewUntil<Device>(zone.engine, 'devices', (rows) => {
    const row = rows.get(serial);
    return row?.missing === 0 && row.lost === left;
  });
  expect(await declare('supervisor')).toMatchObject({ fault: { code: 'no-change' } });

  const after = board.received('get-event');
  board.hangOn([]);
  const next = board.lastIndex() + 1;
  void board.swipe(1, 'in', zone.badge(1), 50);
  await journal.first('crossing.asked', ({ index }) => index === next);
  // Time enough to hand over hundreds, were it still asked.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(board.received('get-event') - after).toBeLessThan(10);
  await zone.restart();
  expect(missing()).toBe(0);
  void board.swipe(1, 'in', zone.badge(1), 50);
  await journal.first('crossing.asked', ({ index }) => index === board.lastIndex());
  expect(board.received('get-event') - after).toBeLessThan(30);
});
