import type { Segments } from '../../src/main/engine/journal/segments.ts';
import type { ReadableDb } from '../../src/main/engine/store/database.ts';
import type { JournalRow } from '../../src/main/engine/sync/centre-port.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { Scene } from './check/invariant.ts';
import type { VirtualHost } from './host/virtual-host.ts';
import type { SimBoard } from './zone/sim-board.ts';
import type { SimCentre } from './zone/sim-centre.ts';
import type { SimEngine } from './zone/sim-engine.ts';

export interface SceneParts {
  readonly host: VirtualHost;
  readonly engine: () => SimEngine;
  readonly boards: readonly SimBoard[];
  readonly centre: SimCentre;
  readonly reader: () => Segments | null;
  readonly report: Scene['report'];
}

/** A running simulation as its invariants see it. */
export class RunningScene implements Scene {
  readonly #parts: SceneParts;
  readonly report: Scene['report'];

  constructor(parts: SceneParts) {
    this.#parts = parts;
    this.report = parts.report;
  }

  get nowMs(): number {
    return this.#parts.host.nowMs;
  }

  get boot(): string {
    return this.#parts.engine().boot;
  }

  get monoMs(): number {
    return this.nowMs - (this.#parts.engine().process?.bornMs ?? 0);
  }

  get segments(): Segments {
    return must(this.#parts.reader(), 'a journal');
  }

  get db(): ReadableDb {
    return this.segments.live.db;
  }

  get centreHeld(): readonly JournalRow[] {
    return this.#parts.centre.store.held;
  }

  madeMs(serial: string, clearings: number, index: number): number | undefined {
    return this.#parts.boards.find((board) => board.serial === serial)?.madeMs(clearings, index);
  }

  boards() {
    return this.#parts.boards.map((board) => ({
      serial: board.serial,
      lastIndex: board.lastIndex(),
      clearings: board.clearings(),
    }));
  }
}
