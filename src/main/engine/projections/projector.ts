import type { EventKind, JournalEvent, UnknownEvent } from '../../../shared/journal/events.ts';
import type { WritableDb } from '../store/database.ts';
import { allowance } from './allowance.ts';
import { cargo } from './cargo.ts';
import { coverage } from './coverage.ts';
import { crossing } from './crossing.ts';
import { dataset } from './dataset.ts';
import { dayCount } from './day-count.ts';
import { dayReturn } from './day-return.ts';
import { device } from './device.ts';
import { erasure } from './erasure.ts';
import { escort } from './escort.ts';
import { exception } from './exception.ts';
import { factCorrection } from './fact-correction.ts';
import { flow } from './flow.ts';
import { gateCommand } from './gate-command.ts';
import { gateHeld } from './gate-held.ts';
import { hourFlow } from './hour-flow.ts';
import { incident } from './incident.ts';
import { jointRecord } from './joint-record.ts';
import { lane } from './lane.ts';
import { lockdown } from './lockdown.ts';
import { muster } from './muster.ts';
import { paper } from './paper.ts';
import { presence } from './presence.ts';
import type { Projection } from './projection.ts';
import { regimeVersion } from './regime-version.ts';
import { sale } from './sale.ts';
import { shownCode } from './shown-code.ts';
import { unnamedPassage } from './unnamed-passage.ts';
import { virtualArea } from './virtual-area.ts';

/** Raise it whenever a projection's tables or its applying change: the next start rebuilds. */
export const PROJECTIONS_VERSION = 18;

/**
 * In this order: `presence`, `lane`, `gateHeld`, `dayCount`, `coverage`, `muster`, `dayReturn`,
 * `cargo`, `sale`, `jointRecord` and `allowance` look at rows before them;
 * `unnamedPassage` at where somebody was before `presence` moves them.
 */
export const projections: readonly Projection[] = [
  crossing,
  unnamedPassage,
  presence,
  flow,
  hourFlow,
  exception,
  incident,
  device,
  gateCommand,
  dataset,
  lane,
  gateHeld,
  dayCount,
  coverage,
  erasure,
  shownCode,
  muster,
  dayReturn,
  cargo,
  sale,
  paper,
  regimeVersion,
  lockdown,
  virtualArea,
  factCorrection,
  jointRecord,
  escort,
  allowance,
];

const STATE_DDL = `
CREATE TABLE projection_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
INSERT INTO projection_state (id, version, seq) VALUES (1, 0, 0);
`;

type Applier = (event: JournalEvent) => void;

/** Applies events to every projection inside the caller's transaction. */
export class Projector {
  readonly #appliers = new Map<EventKind, Applier[]>();
  readonly #mark;

  constructor(db: WritableDb) {
    for (const projection of projections) {
      for (const [kind, apply] of Object.entries(projection.appliers(db))) {
        const list = this.#appliers.get(kind as EventKind) ?? [];
        list.push(apply as Applier);
        this.#appliers.set(kind as EventKind, list);
      }
    }
    this.#mark = db.write<[number]>('UPDATE projection_state SET seq = ? WHERE id = 1');
  }

  apply(event: JournalEvent | UnknownEvent): void {
    const list = this.#appliers.get(event.kind as EventKind);
    if (list === undefined) return;
    for (const apply of list) apply(event as JournalEvent);
  }

  /** Notes how far the projections have come; once a transaction, after its last event. */
  mark(seq: number): void {
    this.#mark.run(seq);
  }
}

/** Every table that projections own, the state table last. */
export function projectionTables(): string[] {
  return [...projections.flatMap(({ tables }) => Object.keys(tables)), 'projection_state'];
}

const INDEXES = /CREATE INDEX[^;]*;/g;

/** Drops and creates all projection tables, empty; their indexes with them, or later. */
export function createProjectionTables(db: WritableDb, indexes: 'now' | 'later' = 'now'): void {
  for (const table of projectionTables()) db.exec(`DROP TABLE IF EXISTS ${table}`);
  for (const { ddl } of projections) db.exec(ddl.replace(INDEXES, ''));
  db.exec(STATE_DDL);
  if (indexes === 'now') createProjectionIndexes(db);
}

/** Made at once over finished rows, indexes cost a fraction of what they cost row by row. */
export function createProjectionIndexes(db: WritableDb): void {
  for (const { ddl } of projections) for (const [index] of ddl.matchAll(INDEXES)) db.exec(index);
}
