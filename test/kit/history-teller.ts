import type {
  CommandId,
  CrossingId,
  ExceptionId,
  MusterId,
  TextId,
} from '../../src/shared/domain/ids.ts';
import type { Site } from '../../src/shared/domain/site.ts';
import type { Actor } from '../../src/shared/journal/envelope.ts';
import type { NewEvent } from '../../src/shared/journal/events.ts';
import type { Rng } from '../../src/shared/lib/rng.ts';
import type { ObligationName } from '../../src/shared/regime/requirement.ts';

export const PERSON: Actor = {
  type: 'person',
  user: 'U-1',
  role: 'supervisor',
  workstation: 'w-1',
};

/** What every admission of a made-up history starts. */
export const OBLIGED: readonly ObligationName[] = ['joint-record', 'allowance'];

/** What the parts of a made-up history share: its zone, its time, its chance, and its pen. */
export interface Teller {
  readonly site: Site;
  readonly rng: Rng;
  readonly atMs: number;
  readonly monoMs: number;
  readonly regimeVersion: number;
  /** Of the event that was told last. */
  readonly seq: number;
  /** The id of a thing whose first event comes next. */
  readonly nextId: {
    crossing(): CrossingId;
    exception(): ExceptionId;
    command(): CommandId;
    muster(): MusterId;
  };
  emit(event: NewEvent, actor?: Actor): void;
  /** What a person types stands in the journal as its id only. */
  typed(): TextId;
  /** The next index of a lane's board, as every event of it carries one. */
  nextIndex(board: string): number;
  /** An index out of an open gap, where there is one: a backlog event that came in at last. */
  missingIndex(board: string): number | null;
}
