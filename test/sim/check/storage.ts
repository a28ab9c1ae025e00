import { verifyChain } from '../../../src/main/engine/journal/verify.ts';
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

/** The journal itself: its chain, that it only ever grows, and what is made of it. */
export class StorageCheck implements Check {
  readonly #scene: Scene;
  readonly rows: JournalRow[] = [];
  #compared = 0;
  /** Projections made from the journal's events as they came, apart from the engine's own. */
  #beside: { readonly db: WritableDb; readonly upTo: number } | null = null;

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
    const row = this.#scene.db
      .query<[number], { hash: Buffer }>('SELECT hash FROM journal WHERE seq = ?')
      .get(last.seq);
    if (row !== undefined && sameHash(row.hash, last.hash)) return;
    this.#scene.report('acknowledged-lost', `event ${last.seq} was durable and has changed`);
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
    const { db, report } = this.#scene;
    const { fault } = verifyChain(db);
    if (fault !== null) report('chain', `${fault.seq}: ${fault.text}`);
    const upTo = this.rows.length;
    if (this.#beside === null) this.#rebuild();
    else extendProjections(db, this.#beside.db, this.#beside.upTo, upTo);
    const beside = must(this.#beside, 'projections').db;
    this.#beside = { db: beside, upTo };
    for (const difference of compareProjections(db, beside)) {
      report('projections', JSON.stringify(difference).slice(0, 600));
    }
  }

  /** From the journal's first event on. */
  #rebuild(): void {
    this.close();
    const db = openScratch(':memory:');
    this.#beside = { db, upTo: rebuildProjections(this.#scene.db, db, this.rows.length) };
  }

  close(): void {
    this.#beside?.db.close();
    this.#beside = null;
  }

  /** Once more in whole: what was extended step by step must have been right. */
  end(): void {
    this.#rebuild();
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
