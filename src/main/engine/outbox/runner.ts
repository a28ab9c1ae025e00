import type { GateAction } from '../../../shared/domain/gate.ts';
import type { BoardId, CommandId, LaneId } from '../../../shared/domain/ids.ts';
import type { GateBoard } from '../devices/ports.ts';
import type { ReadableDb } from '../store/database.ts';

interface OutboxRow {
  key: number;
  command: CommandId;
  lane: LaneId;
  board: BoardId;
  door: number;
  action: GateAction;
  deadline_mono: number;
  open_s: number;
}

/** How many commands one call hands to the boards; the rest waits for the next commit's call. */
const MAX_PER_CALL = 256;

/**
 * Hands gate commands to the boards, only from the durable outbox and only those of this boot: a
 * command that an earlier boot left is unknown, never sent again.
 */
export class OutboxRunner {
  readonly #boards: ReadonlyMap<string, Pick<GateBoard, 'send'>>;
  readonly #next;
  readonly #onUndeliverable: (command: CommandId, board: BoardId, text: string) => void;
  #key: number;

  constructor(
    db: ReadableDb,
    boot: string,
    fromKey: number,
    boards: ReadonlyMap<string, Pick<GateBoard, 'send'>>,
    onUndeliverable: (command: CommandId, board: BoardId, text: string) => void,
  ) {
    this.#boards = boards;
    this.#key = fromKey;
    this.#onUndeliverable = onUndeliverable;
    const rows = db.query<[number, string, number], OutboxRow>(
      `SELECT key, command, lane, board, door, action, deadline_mono, open_s FROM gate_command
       WHERE key > ? AND boot = ? ORDER BY key LIMIT ?`,
    );
    this.#next = (key: number) => rows.all(key, boot, MAX_PER_CALL);
  }

  /** Called after a commit: everything up to `committed` is durable and may leave. */
  committed(): void {
    for (const row of this.#next(this.#key)) {
      this.#key = row.key;
      const board = this.#boards.get(row.board);
      if (board === undefined) {
        this.#onUndeliverable(row.command, row.board, 'no driver runs for this board');
        continue;
      }
      const { command: id, door, action, open_s: openS } = row;
      board.send({ id, door, action, deadlineMonoMs: row.deadline_mono, openS });
    }
  }
}
