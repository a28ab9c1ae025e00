import { appendFileSync, readFileSync } from 'node:fs';
import type { DoorMode, GateAction } from '../../shared/domain/gate.ts';
import type { CommandId } from '../../shared/domain/ids.ts';
import type { SiteLane } from '../../shared/domain/site.ts';
import type { EventData } from '../../shared/journal/events.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { GateCommand } from './devices/ports.ts';

const SEND_WITHIN_MS = 3_000;
const MAX_WHY = 300;

export interface EmergencyDeps {
  readonly lanes: readonly SiteLane[];
  readonly clock: Clock;
  /** Where it is noted while the journal cannot be: a second path. */
  readonly logPath: string;
  /** The mode that a lane's door is in as the journal has it; null where that is not known. */
  modeOf(lane: string): DoorMode | null;
  /** Hands a command to a board; false where the board does not answer now. */
  send(board: string, command: GateCommand): boolean;
}

interface Begun {
  readonly atMs: number;
  readonly why: string;
  /** What each lane goes back to afterwards. */
  readonly before: ReadonlyMap<string, GateAction>;
}

const BACK: Readonly<Record<DoorMode, GateAction>> = {
  held: 'hold',
  locked: 'lock',
  controlled: 'control',
};

/**
 * What happens while the journal cannot be written: entries shut, exits free, as each lane's
 * `onFailure` says, sent from memory and noted in a log on a second path. Nothing is decided; what
 * comes in waits. When the journal can be written again each gate goes back to the mode it was in.
 * A board that does not answer is told as soon as it does. An emergency that a crash cut off is
 * found in the log and ended by the next start.
 */
export class Emergency {
  readonly #deps: EmergencyDeps;
  readonly #owed = new Map<string, GateAction>();
  #began: Begun | null = null;
  #sent = 0;

  constructor(deps: EmergencyDeps) {
    this.#deps = deps;
  }

  get on(): boolean {
    return this.#began !== null;
  }

  begin(error: string): void {
    const { clock, lanes } = this.#deps;
    const why = error.slice(0, MAX_WHY);
    if (this.#began === null) {
      this.#began = { atMs: Math.round(clock.wallMs()), why, before: this.#modesNow() };
      const before = Object.fromEntries(this.#began.before);
      this.#note({ began: this.#began.atMs, why, lanes: lanes.length, before });
    }
    for (const lane of lanes) this.#tell(lane, lane.onFailure === 'free' ? 'hold' : 'lock');
  }

  /** Takes up what an earlier boot began and did not live to end. */
  resume(): void {
    const last = this.#lastNote();
    if (last === null || this.#began !== null) return;
    this.#began = last;
  }

  /** The journal can be written again: what to write into it about the time between. */
  end(): EventData<'emergency.ended'> | null {
    const began = this.#began;
    if (began === null) return null;
    const { clock, lanes } = this.#deps;
    this.#began = null;
    for (const lane of lanes) this.#tell(lane, began.before.get(lane.id) ?? 'control');
    const freed = lanes.filter((lane) => lane.onFailure === 'free').length;
    const toMs = Math.round(clock.wallMs());
    this.#note({ ended: toMs });
    const shut = lanes.length - freed;
    return { fromMs: began.atMs, toMs, shut, freed, why: began.why };
  }

  /** A board answers again: what it could not be told meanwhile is told now. */
  boardAnswers(board: string): void {
    for (const lane of this.#deps.lanes) {
      const action = lane.board === board ? this.#owed.get(lane.id) : undefined;
      if (action !== undefined) this.#tell(lane, action);
    }
  }

  #tell(lane: SiteLane, action: GateAction): void {
    const { clock, send } = this.#deps;
    this.#sent += 1;
    const told = send(lane.board, {
      id: `G0-${this.#sent}` as CommandId,
      door: lane.door,
      action,
      deadlineMonoMs: clock.monoMs() + SEND_WITHIN_MS,
      openS: lane.openS,
    });
    if (told) this.#owed.delete(lane.id);
    else this.#owed.set(lane.id, action);
  }

  #modesNow(): ReadonlyMap<string, GateAction> {
    const before = new Map<string, GateAction>();
    for (const { id } of this.#deps.lanes) {
      try {
        before.set(id, BACK[this.#deps.modeOf(id) ?? 'controlled']);
      } catch {
        // The disk cannot even be read: back to control is what can be said then.
      }
    }
    return before;
  }

  #note(line: object): void {
    try {
      appendFileSync(this.#deps.logPath, `${JSON.stringify(line)}\n`);
    } catch {
      // The second path fails too: the gates are told all the same, which is what matters.
    }
  }

  /** The log's last line, where it tells of a beginning. */
  #lastNote(): Begun | null {
    try {
      const line = readFileSync(this.#deps.logPath, 'utf8').trimEnd().split('\n').at(-1) ?? '';
      const told = JSON.parse(line) as { began?: unknown; why?: unknown; before?: unknown };
      if (typeof told.began !== 'number') return null;
      const why = typeof told.why === 'string' ? told.why.slice(0, MAX_WHY) : '';
      return { atMs: Math.round(told.began), why, before: actionsOf(told.before) };
    } catch {
      return null;
    }
  }
}

function actionsOf(value: unknown): ReadonlyMap<string, GateAction> {
  const actions = Object.values(BACK);
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  return new Map(
    entries.flatMap(([lane, said]) => {
      const action = actions.find((known) => known === said);
      return action === undefined ? [] : [[lane, action] as const];
    }),
  );
}
