import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boardNumberOf, Credential } from '../../shared/domain/credential.ts';
import { assertNever } from '../../shared/lib/assert.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { TrainingClock } from '../clock/training-clock.ts';
import type { BoardRack } from '../world/board-rack.ts';
import type { World } from '../world/world.ts';
import type { Order } from './orders.ts';

/** The centre as the control socket may treat it. */
export interface CentreSwitch {
  readonly start: () => Promise<Result<object>>;
  readonly stop: () => Promise<Result<object>>;
}

export interface Controlled {
  readonly folder: string;
  readonly world: World;
  readonly rack: BoardRack;
  readonly clock: TrainingClock;
  readonly centre: CentreSwitch;
  readonly pause: (stopsCalendar: boolean) => void;
  readonly resume: () => void;
}

/** A door's button, which nobody pressed. */
const NOBODYS = { type: 2, granted: true, door: 1, direction: 1, card: 0, reason: 0x14 } as const;

const noBoard = (serial: string) => fail('no-board', `there is no board ${serial}`);
const noLane = (id: string) => fail('no-lane', `there is no lane ${id}`);

async function swipe(world: World, order: Order & { do: 'swipe' }): Promise<Result<object>> {
  const { credential: text } = order;
  const lane = world.lane(order.lane);
  if (lane === null) return noLane(order.lane);
  const credential = Credential.safeParse(text);
  const card = credential.success ? boardNumberOf(credential.data, '26-bit') : null;
  const raw = /^raw\/(\d+)$/.exec(text);
  const number = card ?? (raw === null ? null : Number(raw[1]));
  if (number === null || number <= 0 || number >= 0xffffffff) {
    return fail('no-badge', `"${text}" is no badge that a board could read`);
  }
  const isOtherSide = order.side === 'other';
  const patienceMs = order.waitS * 1000;
  return ok(await world.sendTo(lane, text, number, { isOtherSide, patienceMs }));
}

/** The boards' own memory of what they opened, whole, into a file. */
function writeOpenings({ folder, rack }: Controlled): Result<object> {
  const file = join(folder, 'board-openings.ndjson');
  const all = rack.boards.flatMap(({ board }) => board.openings());
  writeFileSync(file, all.map((opening) => `${JSON.stringify(opening)}\n`).join(''));
  return ok({ file, count: all.length });
}

/** Does what an order says. Faults name what is not there. */
export async function carryOut(zone: Controlled, order: Order): Promise<Result<object>> {
  const { world, rack, clock } = zone;
  switch (order.do) {
    case 'power-cut':
    case 'network-cut':
    case 'drift': {
      const board = rack.board(order.board);
      if (board === null) return noBoard(order.board);
      const ms = order.seconds * 1000;
      if (order.do === 'power-cut') rack.powerCut(board, ms);
      else if (order.do === 'network-cut') rack.networkCut(board, ms);
      else board.board.shiftClock(ms * Math.max(1, clock.speed()));
      return ok({});
    }
    case 'spoil-events': {
      const board = rack.board(order.board);
      if (board === null) return noBoard(order.board);
      const one = { ...NOBODYS, at: Math.floor(clock.wallMs() / 1000) * 1000 };
      board.board.backfill(
        Array.from({ length: order.count }, () => one),
        true,
      );
      return ok({});
    }
    case 'force-door': {
      const lane = world.lane(order.lane);
      if (lane === null) return noLane(order.lane);
      if (!lane.force(1000)) return fail('lane-busy', `somebody is using lane ${order.lane}`);
      return ok({});
    }
    case 'swipe':
      return swipe(world, order);
    case 'pause':
      zone.pause(order.calendar === 'stops');
      return ok({});
    case 'resume':
      zone.resume();
      return ok({});
    case 'stop-centre':
      return zone.centre.stop();
    case 'start-centre':
      return zone.centre.start();
    case 'openings':
      return writeOpenings(zone);
    case 'state':
      return ok({
        wallMs: Math.floor(clock.wallMs()),
        speed: clock.speed(),
        achieved: clock.achieved(),
        paused: world.isPaused(),
        ...world.state(),
      });
    default:
      return assertNever(order, 'order');
  }
}
