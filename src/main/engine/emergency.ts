import { appendFileSync } from 'node:fs';
import type { GateAction } from '../../shared/domain/gate.ts';
import type { CommandId } from '../../shared/domain/ids.ts';
import type { SiteLane } from '../../shared/domain/site.ts';
import type { EventData } from '../../shared/journal/events.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { GateBoard } from './devices/ports.ts';

const SEND_WITHIN_MS = 3_000;

/**
 * What happens while the journal cannot be written: entries shut, exits free, as each lane's
 * `onFailure` says, sent from memory and noted in a log on a second path. Nothing is decided; what
 * comes in waits. When the journal can be written again the gates go back to control.
 */
export class Emergency {
  readonly #lanes: readonly SiteLane[];
  readonly #boards: () => ReadonlyMap<string, GateBoard>;
  readonly #clock: Clock;
  readonly #logPath: string;
  #began: { atMs: number; why: string } | null = null;
  #sent = 0;

  constructor(
    lanes: readonly SiteLane[],
    boards: () => ReadonlyMap<string, GateBoard>,
    clock: Clock,
    logPath: string,
  ) {
    this.#lanes = lanes;
    this.#boards = boards;
    this.#clock = clock;
    this.#logPath = logPath;
  }

  get on(): boolean {
    return this.#began !== null;
  }

  begin(why: string): void {
    this.#began = { atMs: Math.round(this.#clock.wallMs()), why: why.slice(0, 300) };
    for (const lane of this.#lanes) this.#tell(lane, lane.onFailure === 'free' ? 'hold' : 'lock');
    this.#note({ began: this.#began.atMs, why, lanes: this.#lanes.length });
  }

  /** The journal can be written again: what to write into it about the time between. */
  end(): EventData<'emergency.ended'> | null {
    const began = this.#began;
    if (began === null) return null;
    this.#began = null;
    for (const lane of this.#lanes) this.#tell(lane, 'control');
    const freed = this.#lanes.filter((lane) => lane.onFailure === 'free').length;
    const toMs = Math.round(this.#clock.wallMs());
    this.#note({ ended: toMs });
    const shut = this.#lanes.length - freed;
    return { fromMs: began.atMs, toMs, shut, freed, why: began.why };
  }

  #tell(lane: SiteLane, action: GateAction): void {
    this.#sent += 1;
    this.#boards()
      .get(lane.board)
      ?.send({
        id: `G0-${this.#sent}` as CommandId,
        door: lane.door,
        action,
        deadlineMonoMs: this.#clock.monoMs() + SEND_WITHIN_MS,
        openS: lane.openS,
      });
  }

  #note(line: object): void {
    try {
      appendFileSync(this.#logPath, `${JSON.stringify(line)}\n`);
    } catch {
      // The second path fails too: the gates are told all the same, which is what matters.
    }
  }
}
