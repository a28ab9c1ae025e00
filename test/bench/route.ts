import type { GateReport } from '../../src/main/engine/devices/ports.ts';
import { Intake } from '../../src/main/engine/intake/intake.ts';
import { JournalAppender } from '../../src/main/engine/journal/append.ts';
import { OutboxRunner } from '../../src/main/engine/outbox/runner.ts';
import { Gatherer } from '../../src/main/engine/projections/gather/gather.ts';
import { Regimes } from '../../src/main/engine/projections/gather/regimes.ts';
import { SiteIndex } from '../../src/main/engine/projections/gather/site-index.ts';
import { Projector } from '../../src/main/engine/projections/projector.ts';
import { ReferenceLookup } from '../../src/main/engine/reference/lookup.ts';
import { referenceSchema } from '../../src/main/engine/reference/schema.ts';
import { openJournal } from '../../src/main/engine/segments/open-journal.ts';
import type { LoadedSite } from '../../src/main/engine/site/load-site.ts';
import { Step } from '../../src/main/engine/step.ts';
import { startCheckpointer } from '../../src/main/engine/store/checkpointer.ts';
import type { WritableDb } from '../../src/main/engine/store/database.ts';
import { openReader } from '../../src/main/engine/store/open.ts';
import { commandId, keyOf } from '../../src/shared/domain/ids.ts';
import type { NewEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Clock } from '../../src/shared/lib/clock.ts';
import { LaneBoard } from './lane-board.ts';
import type { PermitStore } from './permits.ts';

export interface RouteOptions {
  readonly dataDir: string;
  readonly loaded: LoadedSite;
  readonly permits: PermitStore;
  readonly clock: Clock;
  readonly boot: string;
  /** Sees the connection before any statement is prepared on it. */
  readonly onOpen?: ((db: WritableDb) => void) | undefined;
  /** Told of each event's seq and kind before it is appended. */
  readonly onEvent?: ((seq: number, kind: string) => void) | undefined;
}

/** Everything that decides, opened over a data folder: no sockets, screens, centre or queue. */
export function openDeciding(options: RouteOptions) {
  const { dataDir, loaded, permits, clock, boot, onEvent } = options;
  const opened = openJournal(dataDir, loaded.site.console, boot, () => undefined);
  if (!opened.ok) throw new Error(opened.fault.text);
  const { db } = opened.value;
  const { path } = db;
  options.onOpen?.(db);
  const journal = new JournalAppender(db, loaded.site.console, boot);
  const projector = new Projector(db);
  const reference = openReader(permits.referencePath, referenceSchema);
  if (!reference.ok) throw new Error(reference.fault.text);
  const site = new SiteIndex(loaded.site);
  const lookup = new ReferenceLookup(reference.value);
  const regimes = new Regimes(db, loaded);
  const facts = new Gatherer({ db, reference: lookup, site, regimes, boot });
  const note = ({ kind }: { readonly kind: string }) => onEvent?.(journal.seq + 1, kind);
  const step = new Step({ db, journal, projector, facts, clock, note });
  const close = () => {
    reference.value.close();
    db.close();
  };
  return { db, path, journal, projector, segments: opened.value.segments, step, site, close };
}
export type Deciding = ReturnType<typeof openDeciding>;

/** What the journal of a data folder says first: the engine came up, these permits are in force. */
export function firstInputs(loaded: LoadedSite, permits: PermitStore) {
  const { site, regime } = loaded;
  const started = {
    ...{ version: 'bench', site: site.id, siteVersion: site.version, regime: regime.id },
    ...{ regimeVersion: regime.version, schema: 1, training: false },
  };
  const { count: rows, hash } = permits;
  const data = { dataset: 'permits', version: 1, rows, changed: rows, refused: 0, hash } as const;
  const events: NewEvent[] = [{ kind: 'dataset.in-force', data }];
  return [
    { kind: 'started', started },
    { kind: 'noted', events, actor: { type: 'console' } },
  ] as const;
}

/** The engine's route from an input to the gate, with boards that have no sockets. */
export class Route {
  readonly db: WritableDb;
  readonly intake: Intake;
  readonly boards: readonly LaneBoard[];
  readonly seq: () => number;
  readonly #close: () => Promise<void>;

  constructor(options: RouteOptions) {
    const { clock, boot, loaded } = options;
    const { db, path, journal, step, close } = openDeciding(options);
    const checkpointer = startCheckpointer(path, db.turn);
    this.db = db;
    this.seq = () => journal.seq;
    const report = (of: GateReport) => {
      void this.intake.submit({ kind: 'board', report: of, receivedMono: clock.monoMs() });
    };
    const known = db.query<[string], { last_index: number }>(
      'SELECT last_index FROM board WHERE board = ?',
    );
    this.boards = loaded.site.boards.map(({ serial }) => {
      const last = known.get(serial)?.last_index ?? 0;
      return new LaneBoard(serial, last, () => clock.wallMs(), report);
    });
    const byId = new Map(this.boards.map((board) => [board.board, board]));
    const fromKey = keyOf(commandId(journal.epoch, journal.seq));
    const outbox = new OutboxRunner(db, boot, fromKey, byId, () => undefined);
    const onFailing = (error: Error | null) => {
      if (error !== null) throw error;
    };
    this.intake = new Intake({ clock, step, onCommitted: () => outbox.committed(), onFailing });
    this.#close = async () => {
      await this.intake.stop();
      await checkpointer.stop();
      close();
    };
  }

  board(at: number): LaneBoard {
    return must(this.boards[at % this.boards.length], 'board');
  }

  /** Resolves when every crossing is over and nothing waits. */
  async quiet(): Promise<void> {
    while (this.boards.some((board) => board.underWay() > 0) || this.intake.waiting() > 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  close(): Promise<void> {
    return this.#close();
  }
}
