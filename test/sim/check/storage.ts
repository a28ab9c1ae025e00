import { hashAt } from '../../../src/main/engine/journal/read.ts';
import { lastSeq } from '../../../src/main/engine/journal/segments.ts';
import { verifyJournal } from '../../../src/main/engine/journal/verify.ts';
import {
  compareProjections,
  extendProjections,
  rebuildProjections,
} from '../../../src/main/engine/projections/rebuild.ts';
import type { WritableDb } from '../../../src/main/engine/store/database.ts';
import { openScratch } from '../../../src/main/engine/store/open.ts';
import type { JournalRow } from '../../../src/main/engine/sync/centre-port.ts';
import { sameHash, ZERO_HASH } from '../../../src/main/engine/sync/centre-port.ts';
import type { JournalEvent } from '../../../src/shared/journal/events.ts';
import { must } from '../../../src/shared/lib/assert.ts';
import { chainHash } from '../../kit/memory-journal.ts';
import type { Check, Scene } from './invariant.ts';

interface Beside {
  readonly db: WritableDb;
  readonly upTo: number;
  /** Of the file that they are of. */
  readonly ordinal: number;
}

/** The journal itself: its chain, that it only ever grows, and what is made of it. */
export class StorageCheck implements Check {
  readonly #scene: Scene;
  readonly rows: JournalRow[] = [];
  #compared = 0;
  /** Projections made from the journal's events as they came, apart from the engine's own. */
  #beside: Beside | null = null;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  event(event: JournalEvent, row: JournalRow): void {
    const before = this.rows.at(-1)?.hash ?? ZERO_HASH;
    if (!sameHash(chainHash(before, row.body), row.hash)) {
      this.#scene.report('chain', `${event.seq}: the hash does not follow from the one before`);
    }
    this.rows.push(row);
  }

  /** What was read once stays as it was: the newest row stands for all before it. */
  step(): void {
    const last = this.rows.at(-1);
    if (last === undefined) return;
    const hash = this.#hashOf(last.seq);
    if (hash !== null && sameHash(hash, last.hash)) return;
    this.#scene.report('acknowledged-lost', `event ${last.seq} was durable and has changed`);
  }

  #hashOf(seq: number): Buffer | null {
    const segment = this.#scene.segments.holding(1, seq);
    return segment === null ? null : hashAt(segment.db, seq);
  }

  /** A person was told that this event stands in the journal. */
  acknowledged(name: string, answer: unknown): void {
    const seq = seqOf(answer);
    if (seq === null || seq <= this.rows.length) return;
    this.#scene.report('acknowledged-lost', `${name}: event ${seq} was acknowledged, not written`);
  }

  centre(): void {
    const held = this.#scene.centreHeld;
    if (held.length < this.#compared) this.#compared = held.length;
    for (; this.#compared < held.length; this.#compared += 1) {
      const theirs = held[this.#compared];
      const ours = this.rows[this.#compared];
      const same = theirs?.seq === ours?.seq && theirs?.body === ours?.body && theirs !== undefined;
      if (same && ours !== undefined && sameHash(theirs.hash, ours.hash)) continue;
      const at = this.#compared + 1;
      this.#scene.report('centre', `what the centre holds as event ${at} is not our event ${at}`);
      return;
    }
  }

  interval(): void {
    const { segments, report } = this.#scene;
    const { fault } = verifyJournal(segments);
    if (fault !== null) report('chain', `${fault.seq}: ${fault.text}`);
    this.#extend();
    for (const difference of compareProjections(
      segments.live.db,
      must(this.#beside, 'beside').db,
    )) {
      report('projections', JSON.stringify(difference).slice(0, 600));
    }
  }

  /** Brings what is kept beside up to the newest event, on through the files begun since. */
  #extend(): void {
    const { all } = this.#scene.segments;
    for (const segment of all.slice((this.#beside?.ordinal ?? 1) - 1)) {
      const { db: from, ordinal } = segment;
      const upTo = lastSeq(segment);
      if (this.#beside?.ordinal === ordinal) {
        extendProjections(from, this.#beside.db, this.#beside.upTo, upTo);
        this.#beside = { ...this.#beside, upTo };
        continue;
      }
      const db = openScratch(':memory:');
      rebuildProjections(from, db, upTo, this.#beside?.db);
      this.close();
      this.#beside = { db, upTo, ordinal };
    }
  }

  close(): void {
    this.#beside?.db.close();
    this.#beside = null;
  }

  /** Once more in whole: what was extended step by step must have been right. */
  end(): void {
    this.close();
    this.interval();
    this.close();
    const held = this.#scene.centreHeld.length;
    if (held === this.rows.length) return;
    this.#scene.report('centre', `the centre holds ${held} of ${this.rows.length} events`);
  }
}

/** The seq that an answer names, by itself or in an id; null where it names none. */
function seqOf(answer: unknown): number | null {
  const told = (answer ?? {}) as { seq?: number; command?: string; incident?: string };
  if (typeof told.seq === 'number') return told.seq;
  const id = told.command ?? told.incident;
  return id === undefined ? null : Number(id.split('-').at(-1));
}
