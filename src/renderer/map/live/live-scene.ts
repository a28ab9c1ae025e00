import { heardAge } from '../../../shared/contract/heard-age.ts';
import type { AreaNow, LaneNow, QueueRow } from '../../../shared/contract/views.ts';
import type { LaneId } from '../../../shared/domain/ids.ts';
import type { Priority } from '../../../shared/domain/incident.ts';
import type { FeatureState } from '../engine/engine.ts';
import type { SourceName } from '../paint/style.ts';
import { type AreaFill, areaFill } from '../scene/area-fill.ts';
import { Coalescer, type CoalescerParts } from '../scene/coalescer.ts';
import {
  isUrgent,
  type LaneSymbol,
  laneSymbol,
  moreUrgent,
  sameSymbol,
} from '../scene/lane-symbol.ts';
import type { MapSite } from '../scene/shapes.ts';
import type { MapFeed, Patch } from './feed.ts';
import { PriorityCounts } from './priority-counts.ts';

/** Where the scene's changes go: the map engine, or a test. */
export type StateSink = (source: SourceName, id: number, state: FeatureState) => void;

interface Change {
  readonly source: SourceName;
  readonly id: number;
  readonly state: FeatureState;
}

interface Stage {
  readonly key: string;
  /** Monotonic ms when this screen saw the stage come; null = it was there before. */
  readonly sinceMs: number | null;
}

/**
 * The zone as the map shows it, kept from the feed's patches. It works out what each lane,
 * checkpoint and area looks like, and hands on only what changed, ten times a second.
 */
export class LiveScene {
  readonly lanes = new Map<string, LaneNow>();
  readonly areas = new Map<string, AreaNow>();
  readonly #site: MapSite;
  readonly #feed: MapFeed;
  readonly #parts: CoalescerParts;
  readonly #changes: Coalescer<string, Change>;
  readonly #laneIndex: ReadonlyMap<string, number>;
  readonly #laneOrder: ReadonlyMap<string, readonly LaneId[]>;
  readonly #symbols = new Map<string, LaneSymbol>();
  readonly #stages = new Map<string, Stage>();
  readonly #queue = new PriorityCounts();
  readonly #priorities = new Map<string, Priority | 0>();
  readonly #fills = new Map<string, AreaFill>();
  readonly #areaListeners = new Set<() => void>();

  constructor(site: MapSite, feed: MapFeed, sink: StateSink, parts: CoalescerParts) {
    this.#site = site;
    this.#feed = feed;
    this.#parts = parts;
    this.#laneIndex = new Map(site.lanes.map((lane, index) => [lane.id, index]));
    this.#laneOrder = new Map(
      site.checkpoints.map(({ id }) => [
        id,
        site.lanes.filter((lane) => lane.checkpoint === id).map((lane) => lane.id),
      ]),
    );
    this.#changes = new Coalescer((batch) => {
      for (const { source, id, state } of batch.values()) sink(source, id, state);
    }, parts);
  }

  /** Follows the feed; returns the function that ends it. */
  start(): () => void {
    const ends = [
      this.#feed.lanes.patches((patch) => this.#onLanes(patch)),
      this.#feed.areas.patches((patch) => this.#onAreas(patch)),
      this.#feed.queue?.patches((patch) => this.#onQueue(patch)),
    ];
    return () => {
      for (const end of ends) end?.();
      this.#changes.close();
    };
  }

  /**
   * Ages everything by the clock. Called each second: nothing else makes a silent board doubtful.
   */
  tick(): void {
    for (const lane of this.#laneIndex.keys()) this.#seeLane(lane);
    this.#seeAreas();
  }

  /** Hears of every change of an area's figures or level. */
  onAreas(listener: () => void): () => void {
    this.#areaListeners.add(listener);
    return () => this.#areaListeners.delete(listener);
  }

  /** Hands on what waits, now. */
  flush(): void {
    this.#changes.flush();
  }

  /** Says everything again: after the engine was made, or made anew. */
  resend(): void {
    for (const [lane, symbol] of this.#symbols) this.#sendLane(lane, symbol, false);
    for (const [checkpoint, priority] of this.#priorities) this.#sendPlace(checkpoint, priority);
    for (const [area, fill] of this.#fills) this.#sendArea(area, fill);
    this.#changes.flush();
  }

  symbol(lane: string): LaneSymbol | undefined {
    return this.#symbols.get(lane);
  }

  /** The most urgent thing at a checkpoint; 0 = nothing. */
  priority(checkpoint: string): Priority | 0 {
    return this.#priorities.get(checkpoint) ?? 0;
  }

  fill(area: string): AreaFill | undefined {
    return this.#fills.get(area);
  }

  #onLanes(patch: Patch<LaneNow>): void {
    if (patch.snapshot) {
      this.lanes.clear();
      this.#stages.clear();
    }
    for (const key of patch.drop) this.lanes.delete(key);
    for (const [key, row] of patch.set) {
      this.lanes.set(key, row);
      this.#noteStage(key, row, patch.snapshot);
    }
    const touched = patch.snapshot ? this.#laneIndex.keys() : [...patch.set.keys(), ...patch.drop];
    for (const lane of touched) this.#seeLane(lane);
  }

  #noteStage(lane: string, row: LaneNow, before: boolean): void {
    if (!row.command) {
      this.#stages.delete(lane);
      return;
    }
    const key = `${row.command.id}/${row.command.stage}`;
    if (this.#stages.get(lane)?.key === key) return;
    this.#stages.set(lane, { key, sinceMs: before ? null : this.#parts.monoMs() });
  }

  #onQueue(patch: Patch<QueueRow>): void {
    for (const place of this.#queue.apply(patch)) {
      if (this.#laneIndex.has(place)) this.#seeLane(place);
      else this.#seePlace(place);
    }
  }

  #onAreas(patch: Patch<AreaNow>): void {
    if (patch.snapshot) this.areas.clear();
    for (const key of patch.drop) this.areas.delete(key);
    for (const [key, row] of patch.set) this.areas.set(key, row);
    this.#seeAreas();
  }

  #seeAreas(): void {
    for (const area of this.#site.areas) this.#seeArea(area.id);
    for (const listener of this.#areaListeners) listener();
  }

  #seeLane(lane: string): void {
    const row = this.lanes.get(lane);
    if (!row) return;
    const nowMs = this.#parts.monoMs();
    const receivedMs = this.#feed.lanes.receivedMs(lane) ?? nowMs;
    const sinceMs = this.#stages.get(lane)?.sinceMs ?? null;
    const symbol = laneSymbol({
      row,
      ageMs: heardAge(row.heardAgoMs, receivedMs, this.#feed.engineMs(), nowMs),
      stageAgeMs: sinceMs === null ? null : nowMs - sinceMs,
      queued: this.#queue.highest(lane),
    });
    const before = this.#symbols.get(lane);
    if (sameSymbol(before, symbol)) return;
    this.#symbols.set(lane, symbol);
    this.#sendLane(lane, symbol, isUrgent(before, symbol));
    if (before?.priority !== symbol.priority) this.#seePlace(row.checkpoint);
  }

  #seePlace(checkpoint: string): void {
    const lanes = this.#laneOrder.get(checkpoint);
    if (!lanes) return;
    let highest: Priority | 0 = this.#queue.highest(checkpoint) ?? 0;
    for (const lane of lanes) {
      highest = moreUrgent(highest, this.#symbols.get(lane)?.priority ?? 0);
    }
    if (this.#priorities.get(checkpoint) === highest) return;
    this.#priorities.set(checkpoint, highest);
    this.#sendPlace(checkpoint, highest);
  }

  #seeArea(area: string): void {
    const row = this.areas.get(area);
    if (!row) return;
    const fill = areaFill(row, this.#feed.fresh());
    const before = this.#fills.get(area);
    if (before?.level === fill.level && before.ratio === fill.ratio) return;
    this.#fills.set(area, fill);
    this.#sendArea(area, fill);
  }

  #sendLane(lane: string, symbol: LaneSymbol, urgent: boolean): void {
    const id = this.#laneIndex.get(lane);
    if (id === undefined) return;
    this.#changes.put(`lanes/${id}`, { source: 'lanes', id, state: { ...symbol } }, urgent);
  }

  #sendPlace(checkpoint: string, priority: Priority | 0): void {
    const id = this.#site.checkpoints.findIndex((one) => one.id === checkpoint);
    if (id < 0) return;
    for (const source of ['plates', 'names'] as const) {
      this.#changes.put(`${source}/${id}`, { source, id, state: { priority } }, true);
    }
  }

  #sendArea(area: string, fill: AreaFill): void {
    const id = this.#site.areas.findIndex((one) => one.id === area);
    if (id < 0) return;
    this.#changes.put(`areas/${id}`, { source: 'areas', id, state: { ...fill } });
  }
}
