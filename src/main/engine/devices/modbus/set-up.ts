/**
 * Makes a module ours: what it is to do while we are silent, its watchdog, its doors' modes. Each
 * value is read, written only where it differs (a module may keep it in memory that wears), and
 * read back.
 */
import { type Held, type Place, valuesAlone } from '../../../../shared/domain/modbus-modules.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import type { BoardContext } from './context.ts';
import { placeText, textAt } from './faults.ts';
import type { Gate } from './gate.ts';

const ASK = { urgency: 'upkeep' } as const;

export interface Prepared {
  /** The watchdog had tripped: the outputs stood at their safe values. */
  readonly tripped: boolean;
  /** Its flag still says so, and nothing is known that takes it down. */
  readonly flagged: boolean;
}

export async function prepareModule(
  context: BoardContext,
  gates: readonly Gate[],
): Promise<Result<Prepared>> {
  const { map, doors } = context.setUp;
  const { watchdog } = map;
  const status = watchdog?.status ?? null;
  const before = status === null ? ok(0) : await read(context, status);
  if (!before.ok) return before;
  const isFree = (door: number) => doors.find((one) => one.door === door)?.freeAlone === true;
  for (const held of [...map.settings, ...valuesAlone(map, isFree)]) {
    const kept = await keep(context, held);
    if (!kept.ok) return kept;
  }
  if (watchdog !== null && before.value !== 0 && watchdog.clear !== null) {
    const { exchange } = context;
    const cleared = await exchange.write(watchdog.clear, watchdog.clear.value, ASK);
    if (!cleared.ok) return cleared;
  }
  for (const held of watchdog?.asked ?? []) {
    const kept = await keep(context, held);
    if (!kept.ok) return kept;
  }
  const after = status === null ? ok(0) : await read(context, status);
  if (!after.ok) return after;
  const flagged = after.value !== 0;
  if (status !== null && flagged && watchdog?.clear !== null) {
    const text = 'its watchdog stays tripped: reset it at the module';
    return fail('tripped', textAt(text, `${placeText(status)} shows ${after.value}`));
  }
  for (const gate of gates) {
    const settled = await settleGate(context, gate);
    if (!settled.ok) return settled;
  }
  return ok({ tripped: before.value !== 0, flagged });
}

/** A barrier with a vehicle under it comes into its mode later: the module is ours all the same. */
async function settleGate(context: BoardContext, gate: Gate): Promise<Result<null>> {
  const { loopUnder } = gate.map.inputs;
  if (loopUnder !== undefined) {
    const taken = await gate.outputs.input(loopUnder, ASK);
    const text = 'the loop under a barrier cannot be read: see the module';
    if (taken === undefined) return fail('timeout', textAt(text, placeText(loopUnder)));
  }
  const { confirmTimeoutMs } = context.timing;
  const within = gate.isTaken() ? 0 : confirmTimeoutMs;
  if (await gate.settleSurely(within, ASK)) gate.tellMode();
  else if (!gate.isTaken()) {
    const text = `the outputs of door ${gate.door} do not do as told: see the map and the module`;
    return fail('outputs', text);
  }
  return ok(null);
}

async function read({ exchange }: BoardContext, place: Place): Promise<Result<number>> {
  const answer = await exchange.read({ table: place.table, at: place.at, count: 1 }, ASK);
  if (!answer.ok) return answer;
  const [value] = answer.value;
  return value === undefined ? fail('garbled', `nothing at ${placeText(place)}`) : ok(value);
}

async function keep(context: BoardContext, held: Held): Promise<Result<null>> {
  const now = await read(context, held);
  if (!now.ok) return now;
  if (now.value === held.value) return ok(null);
  const written = await context.exchange.write(held, held.value, ASK);
  if (!written.ok) return written;
  const after = await read(context, held);
  if (!after.ok) return after;
  if (after.value === held.value) return ok(null);
  const text = 'the module does not keep what it is told: see what it lets its host set';
  const where = `${placeText(held)} shows ${after.value} after ${held.value}`;
  return fail('not-kept', textAt(text, where));
}
