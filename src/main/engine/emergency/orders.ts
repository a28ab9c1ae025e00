import type { CommandProgress } from '../../../shared/domain/device-report.ts';
import type { GateAction } from '../../../shared/domain/gate.ts';
import type { CommandId } from '../../../shared/domain/ids.ts';
import type { SiteLane } from '../../../shared/domain/site.ts';
import type { EventData } from '../../../shared/journal/events.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { GateCommand } from '../devices/ports.ts';

/** Epoch 0 is never the journal's: these commands stand in no journal and no outbox. */
const PREFIX = 'G0-';
const SEND_WITHIN_MS = 3_000;
const AGAIN_AFTER_MS = 2_000;

export function isEmergencyOrder(command: string): boolean {
  return command.startsWith(PREFIX);
}

export interface OrdersDeps {
  readonly clock: Clock;
  /** Hands a command to a board; false where the board does not answer now. */
  send(board: string, command: GateCommand): boolean;
  /** Whether an order that failed so many times is given once more. */
  again(order: ModeOrder, failures: number): boolean;
  /** An order came to its end, well or badly. */
  onOutcome(order: ModeOrder): void;
}

export type ModeOutcome = EventData<'emergency.ended'>['lanes'][number]['outcome'];

/** The mode that a lane was last told from memory, and what became of it. */
export interface ModeOrder {
  readonly lane: SiteLane;
  readonly action: Exclude<GateAction, 'open'>;
  readonly outcome: ModeOutcome;
  readonly text: string | null;
  /** When it was confirmed, monotonic ms. */
  readonly confirmedMonoMs: number | null;
}

interface Standing extends ModeOrder {
  command: string;
  outcome: ModeOutcome;
  text: string | null;
  confirmedMonoMs: number | null;
  failures: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Orders that leave from memory, beside journal and outbox: modes only, which may be told twice. An
 * order stands for its lane until the gate shows it, another replaces it, or a person decides
 * otherwise; one that fails is given again while its board answers, and when it answers again.
 */
export class ModeOrders {
  readonly #deps: OrdersDeps;
  readonly #standing = new Map<string, Standing>();
  #sent = 0;
  #stopped = false;

  constructor(deps: OrdersDeps) {
    this.#deps = deps;
  }

  of(lane: string): ModeOrder | null {
    return this.#standing.get(lane) ?? null;
  }

  give(lane: SiteLane, action: ModeOrder['action']): void {
    this.withdraw(lane.id);
    const outcome = 'under-way' as const;
    const order: Standing = {
      ...{ lane, action, outcome, text: null, confirmedMonoMs: null },
      ...{ command: '', failures: 0, timer: undefined },
    };
    this.#standing.set(lane.id, order);
    this.#tell(order);
  }

  withdraw(lane: string): void {
    const order = this.#standing.get(lane);
    if (order === undefined) return;
    clearTimeout(order.timer);
    this.#standing.delete(lane);
  }

  /** How a board's answer goes on; what belongs to an order replaced since says nothing. */
  heard(progress: CommandProgress): void {
    const order = this.#byCommand(progress.command);
    if (order === undefined || progress.stage === 'sent' || progress.stage === 'accepted') return;
    if (progress.stage === 'confirmed') {
      order.outcome = 'confirmed';
      order.text = null;
      order.confirmedMonoMs = this.#deps.clock.monoMs();
    } else {
      order.outcome = 'failed';
      order.text = progress.text ?? null;
      order.failures += 1;
      if (this.#deps.again(order, order.failures)) this.#tellLater(order);
    }
    this.#deps.onOutcome(order);
  }

  /** A board answers (again): its lanes are told what stands. */
  tellBoard(board: string, wanted: (order: ModeOrder) => boolean): void {
    for (const order of this.#standing.values()) {
      if (order.lane.board === board && wanted(order)) this.#tell(order);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const order of this.#standing.values()) clearTimeout(order.timer);
  }

  #byCommand(command: CommandId): Standing | undefined {
    for (const order of this.#standing.values()) if (order.command === command) return order;
    return undefined;
  }

  #tellLater(order: Standing): void {
    clearTimeout(order.timer);
    if (this.#stopped) return;
    order.timer = setTimeout(() => this.#tell(order), AGAIN_AFTER_MS);
  }

  #tell(order: Standing): void {
    const { clock, send } = this.#deps;
    clearTimeout(order.timer);
    this.#sent += 1;
    const id = `${PREFIX}${this.#sent}` as CommandId;
    order.command = id;
    const { lane, action } = order;
    const deadlineMonoMs = clock.monoMs() + SEND_WITHIN_MS;
    const told = send(lane.board, {
      id,
      door: lane.door,
      action,
      deadlineMonoMs,
      openS: lane.openS,
    });
    // A retry does not hide that the one before failed.
    if (told && order.outcome === 'not-reached') order.outcome = 'under-way';
    else if (!told) order.outcome = 'not-reached';
  }
}
