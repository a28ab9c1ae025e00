import { expect, test } from 'vitest';
import { Commands } from '../../../src/main/engine/devices/uhppote/commands.ts';
import type { BoardContext } from '../../../src/main/engine/devices/uhppote/context.ts';
import { Doors } from '../../../src/main/engine/devices/uhppote/doors.ts';
import { EventLog } from '../../../src/main/engine/devices/uhppote/event-log.ts';
import type { RequestOptions } from '../../../src/main/engine/devices/uhppote/exchange.ts';
import { uhppoteTiming } from '../../../src/main/engine/devices/uhppote/timing.ts';
import type { CommandId } from '../../../src/shared/domain/ids.ts';
import { ManualClock } from '../../../src/shared/lib/clock.ts';
import { ok, type Result } from '../../../src/shared/lib/result.ts';
import { LAST_EVENT } from '../../../src/shared/wire/uhppote/messages.ts';

type Answer = (fields: { index?: number }, options: RequestOptions) => Promise<Result<unknown>>;

/** What the parts of a driver stand on, with a board that answers as the test says. */
function bench(answer: Answer) {
  const clock = new ManualClock(0);
  const told: { kind: string; stage?: string; shownBy?: string }[] = [];
  const context = {
    setUp: { board: '1', lastIndex: 40, gaps: [], doors: [{ door: 1, openS: 3, passage: 'door' }] },
    ...{ clock, timing: uhppoteTiming, onGarbage: () => {} },
    timers: {
      after(ms: number, call: () => void) {
        clock.advance(ms);
        setImmediate(call);
        return { cancel: () => {} };
      },
    },
    sink: { report: (report: (typeof told)[number]) => Promise.resolve(void told.push(report)) },
    exchange: {
      request: (_name: string, fields: { index?: number }, options: RequestOptions) =>
        answer(fields, options),
    },
  } as unknown as BoardContext;
  return { context, told };
}

const OPEN = { id: 'G1-5' as CommandId, door: 1, action: 'open' as const, openS: 3 };

/** Opens a gate whose relay nobody saw; the contact's event is read while that is looked for. */
async function openAndHear(contactIndex: number): Promise<string | undefined> {
  const { context, told } = bench((_fields, options) => {
    options.onSent?.();
    return Promise.resolve(ok({ ok: true }));
  });
  const board = {
    poll: () => {
      commands.onDoorOpened(1, contactIndex);
      return Promise.resolve(null);
    },
    ...{ relays: () => 0, spokenIndex: () => 41 },
  };
  const commands = new Commands(context, board, new Doors(context));
  commands.send({ ...OPEN, deadlineMonoMs: 3_000 });
  const isOver = () => told.some(({ stage }) => stage === 'confirmed' || stage === 'unknown');
  while (!isOver()) await new Promise((resolve) => setImmediate(resolve));
  return told.at(-1)?.stage;
}

test('a contact event made after the command was sent shows the opening', async () => {
  expect(await openAndHear(42)).toBe('confirmed');
});

test('the contact of the person before, read only now, does not', async () => {
  expect(await openAndHear(41)).toBe('unknown');
  expect(await openAndHear(40)).toBe('unknown');
});

test('an event that the board pushed counts as known before it could be read', async () => {
  const { context } = bench(({ index = 0 }) => {
    const event = { index: index === LAST_EVENT ? 40 : index, type: 2 };
    return index > 40 && index !== LAST_EVENT ? new Promise(() => {}) : Promise.resolve(ok(event));
  });
  const log = new EventLog(
    context,
    () => {},
    () => {},
  );
  expect(await log.connect()).toBe(true);
  log.hint(41, 'pushed');
  expect([log.lastIndex(), log.spokenIndex()]).toEqual([40, 41]);
});
