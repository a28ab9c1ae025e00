import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { PastEvent, TrainingBoard } from '../../src/training/boards/training-board.ts';
import { type SmallZone, startSmallZone, viewUntil } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

/** A board was alone for a day: all that can be recorded there comes in at once, and is history. */
const EVENTS = 2_400;
const DAY_MS = 86_400_000;
const [REVOKED, HOLDER] = [1, 2];

/** Every reason of an event record that a board can write. */
const REASONS = [
  ...[0x01, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0f, 0x12, 0x14, 0x17, 0x18],
  ...[0x19, 0x1c, 0x1d, 0x1f, 0x20, 0x21, 0x22, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c],
  0x2d,
];

let zone: SmallZone;
let journal: ZoneJournal;
let board: TrainingBoard;
let events: JournalEvent[];

function history(untilMs: number): PastEvent[] {
  return Array.from({ length: EVENTS }, (_, i) => {
    const reason = must(REASONS[i % REASONS.length], 'reason');
    const at = Math.floor((untilMs - DAY_MS + (i * DAY_MS) / EVENTS) / 1000) * 1000;
    const card = zone.badge(i % 2 === 0 ? REVOKED : HOLDER);
    return { type: 1, granted: reason === 1, door: (i % 4) + 1, direction: 1, card, at, reason };
  });
}

beforeAll(async () => {
  zone = await startSmallZone([{ n: REVOKED, status: 'revoked' }, { n: HOLDER }], {
    eventMemory: 4_096,
  });
  journal = new ZoneJournal(zone.dataDir);
  board = must(zone.boards[0], 'board');
  const row = (holds: (row: { online: boolean; missing: number; lastIndex: number }) => boolean) =>
    viewUntil<{ device: string; online: boolean; missing: number; lastIndex: number }>(
      zone.engine,
      'devices',
      (rows) => holds(must(rows.get(String(board.serial)), 'row')),
      60_000,
    );
  board.unplug();
  await row(({ online }) => !online);
  const before = journal.head();
  board.backfill(history(zone.clock.wallMs()));
  board.plug();
  await row(({ lastIndex, missing }) => missing === 0 && lastIndex >= EVENTS);
  events = journal.events(before);
}, 120_000);

afterAll(async () => {
  journal.close();
  await zone.close();
});

test('a day of backlog, of every kind, moves no gate', () => {
  const heard = events.flatMap(({ data }) => ('index' in data ? [data.index] : []));
  expect(heard).toHaveLength(EVENTS);
  expect(events.filter(({ kind }) => kind === 'gate.requested')).toEqual([]);
  expect(board.received('open-door')).toBe(0);
  expect(board.received('set-door')).toBeLessThanOrEqual(4);
  expect(board.openings()).toEqual([]);
});

test('nothing of it is heard as if it were now', () => {
  const timings = events.flatMap(({ data }) =>
    'index' in data && 'timing' in data ? [data.timing] : [],
  );
  expect(new Set(timings)).toEqual(new Set(['late']));
  const raised = events.flatMap((event) => (event.kind === 'incident.raised' ? [event.data] : []));
  const live = raised.filter(({ timing }) => timing === 'live').map(({ type }) => type);
  // That the board has something to hand over is told at once; what it hands over is not.
  expect(live.filter((type) => type !== 'board-gap')).toEqual([]);
  const late = new Set(raised.filter(({ timing }) => timing === 'late').map(({ type }) => type));
  const silent = ['fire-input', 'tamper', 'door-forced', 'opened-though-not-entitled'] as const;
  for (const type of silent) expect(late.has(type), type).toBe(true);
});
