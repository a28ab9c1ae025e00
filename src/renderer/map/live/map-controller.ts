import type { CheckpointId, LaneId } from '../../../shared/domain/ids.ts';
import type { Direction } from '../../../shared/domain/line.ts';
import type { Position } from '../../../shared/domain/site.ts';
import type { MapEngine } from '../engine/engine.ts';
import { makePictures } from '../paint/pictures.ts';
import { AREA_PLATE, areaSpots } from '../scene/area-spot.ts';
import { perMinuteOf } from '../scene/flow.ts';
import { type GroundWords, groundData } from '../scene/ground.ts';
import {
  arrowData,
  LAID_OUT,
  type LayoutOptions,
  layOut,
  nameData,
  type PlacedPlate,
  type Standing,
} from '../scene/layout.ts';
import type { Box } from '../scene/place-plates.ts';
import { type Ground, prepare } from '../scene/prepared.ts';
import type { Px } from '../scene/px.ts';
import { boundsOf, innerPoint, type MapSite } from '../scene/shapes.ts';
import { loadLetters } from './letters.ts';
import type { LiveScene } from './live-scene.ts';
import type { MapScale } from './map-scale.ts';
import { keepProving, provesDrawn } from './proof.ts';

/** The words of the map in the language of the screen. */
export interface MapWords extends GroundWords {
  readonly fonts: readonly string[];
  checkpointName(id: CheckpointId): string;
  laneName(id: LaneId): string;
  /** A line of figures under a checkpoint's name: persons a minute by direction. */
  figures(perMinute: Readonly<Record<Direction, number | null>>): string;
}

/** Where things stand on the screen now: for the plates of numbers that lie over the map. */
export interface MapView {
  readonly areas: readonly Px[];
  /** Every checkpoint's gate, also those off the screen. */
  readonly gates: ReadonlyMap<CheckpointId, Px>;
  /** The plates on the screen. */
  readonly places: readonly PlacedPlate[];
  /** Checkpoints with something open that lie outside the screen. */
  readonly hidden: readonly CheckpointId[];
}

/** Room round the site on the first look. */
const ROOM_PX = { top: 72, bottom: 70, left: 120, right: 120 };
const MOVE_MS = 350;
const CAMERA_PACE_MS = 80;

/** A plate is wider than high: where an area is wide counts more than where it is high. */
const WIDE = 0.62;

function areaMiddle(outline: readonly Position[]): Position {
  const { x, y } = innerPoint(outline.map(([lng, lat]) => ({ x: lng * WIDE, y: lat })));
  return [x / WIDE, y];
}

/**
 * Keeps one engine showing one site: ground, plates, flows, names, the camera. What is live in
 * them comes from the scene.
 */
export class MapController {
  readonly #site: MapSite;
  readonly #engine: MapEngine;
  readonly #scene: LiveScene;
  readonly #scale: MapScale;
  readonly #ground: Ground;
  readonly #middles: readonly Position[];
  /** Where the areas' plates stand: moved from the middles, away from lines and arrows. */
  #spots: readonly Position[];
  readonly #listeners = new Set<() => void>();
  readonly #ends: (() => void)[] = [];
  #words: MapWords;
  #said: MapWords | null = null;
  #chosen: CheckpointId | null = null;
  #fitZoom = 0;
  #lastLayoutMs = 0;
  #standings: readonly Standing[] = [];
  #view: MapView = { areas: [], gates: new Map(), places: [], hidden: [] };
  #figures = '';
  #footPx = 0;
  #stopped = false;

  constructor(
    site: MapSite,
    engine: MapEngine,
    scene: LiveScene,
    words: MapWords,
    scale: MapScale,
  ) {
    this.#site = site;
    this.#engine = engine;
    this.#scene = scene;
    this.#words = words;
    this.#scale = scale;
    this.#ground = prepare(site);
    this.#middles = site.areas.map((area) => areaMiddle(area.outline));
    this.#spots = this.#middles;
  }

  /** Draws everything and proves it. False: the map cannot be seen and must not be trusted. */
  async start(): Promise<boolean> {
    const ratio = Math.max(2, Math.ceil(window.devicePixelRatio * this.#scale.plates * 1.5));
    this.#engine.setPictures(makePictures(ratio));
    await this.setWords(this.#words);
    if (this.#stopped) return false;
    this.fit(0);
    this.#ends.push(this.#engine.onCamera((settled) => this.#onCamera(settled)));
    this.#layOut();
    this.#scene.resend();
    const [first] = this.#middles;
    if (!first) return false;
    return provesDrawn(this.#engine, () => this.#engine.project(first));
  }

  /** Tells when the picture is gone, and when it is back; ends with the controller. */
  watch(tell: (drawn: boolean) => void): void {
    const shown = () => this.#middles.find((at) => this.#onScreen(at));
    const at = () => {
      const place = shown();
      return place ? this.#engine.project(place) : null;
    };
    this.#ends.push(keepProving(this.#engine, at, tell));
  }

  stop(): void {
    this.#stopped = true;
    for (const end of this.#ends) end();
    this.#listeners.clear();
    this.#engine.remove();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something moves. */
  readonly view = (): MapView => this.#view;

  get engine(): MapEngine {
    return this.#engine;
  }

  /** Changes the language: fonts first, then the words. */
  async setWords(words: MapWords): Promise<void> {
    if (words === this.#said) return;
    this.#words = words;
    this.#said = words;
    await loadLetters(words.fonts, this.#allLetters());
    if (this.#stopped) return;
    this.#engine.setTextFont(words.fonts);
    const ground = groundData(this.#site, words);
    for (const source of ['home', 'water', 'areas', 'lines', 'lineNames'] as const) {
      this.#engine.setData(source, ground[source]);
    }
    if (this.#fitZoom !== 0) this.#layOut();
  }

  /** Marks a checkpoint and shows it larger; moves the camera only when it lies off the screen. */
  choose(checkpoint: CheckpointId | null): void {
    if (checkpoint === this.#chosen) return;
    this.#mark(this.#chosen, false);
    this.#chosen = checkpoint;
    this.#mark(checkpoint, true);
    const place = this.#site.checkpoints.find((one) => one.id === checkpoint);
    if (place && !this.#onScreen(place.position)) {
      this.#engine.moveTo({ centre: place.position }, MOVE_MS);
    }
    this.#layOut();
  }

  /** Keeps this much of the foot free: the legend stands there. */
  setFoot(px: number): void {
    if (px === this.#footPx) return;
    this.#footPx = px;
    this.fit(0);
    this.#layOut();
  }

  /** Shows the whole site. */
  fit(animateMs = MOVE_MS): void {
    const { plates } = this.#scale;
    const room = {
      top: ROOM_PX.top * plates,
      bottom: ROOM_PX.bottom * plates + this.#footPx,
      left: ROOM_PX.left * plates,
      right: ROOM_PX.right * plates,
    };
    this.#engine.fit(boundsOf(this.#site), room, animateMs);
    if (animateMs === 0) this.#fitZoom = this.#engine.camera().zoom;
  }

  zoomBy(steps: number): void {
    this.#engine.moveTo({ zoom: this.#engine.camera().zoom + steps }, MOVE_MS);
  }

  /** Brings arrows and figures up to date; called each second. */
  refresh(): void {
    const told = this.#site.lanes.map((lane) => this.#scene.lanes.get(lane.id)?.perMinute ?? 0);
    const hidden = this.#hidden();
    const figures = `${told.join()}|${hidden.join()}`;
    if (figures === this.#figures) return;
    this.#figures = figures;
    const options = this.#options();
    this.#engine.setData('arrows', arrowData(this.#ground, options));
    this.#engine.setData('names', nameData(this.#standings, options));
    this.#setView({ ...this.#view, hidden });
  }

  /** Persons a minute through a checkpoint; null for a direction that it does not have. */
  perMinute(checkpoint: CheckpointId): Readonly<Record<Direction, number | null>> {
    const sums: Record<Direction, number | null> = { in: null, out: null, across: null };
    for (const lane of this.#site.lanes) {
      if (lane.checkpoint !== checkpoint) continue;
      const passed = this.#scene.lanes.get(lane.id)?.perMinute ?? 0;
      sums[lane.direction] = (sums[lane.direction] ?? 0) + passed;
    }
    return sums;
  }

  #allLetters(): string {
    const { lineName, beyondFirst, beyondSecond, checkpointName, laneName } = this.#words;
    return [
      '0123456789 ·,.',
      beyondFirst,
      beyondSecond,
      ...(['first', 'second', 'inner'] as const).map(lineName),
      this.#words.figures({ in: 0, out: 0, across: 0 }),
      ...this.#site.checkpoints.map(({ id }) => checkpointName(id)),
      ...this.#site.lanes.map(({ id }) => laneName(id)),
    ].join('');
  }

  #mark(checkpoint: CheckpointId | null, chosen: boolean): void {
    const id = this.#site.checkpoints.findIndex((one) => one.id === checkpoint);
    if (id >= 0) this.#engine.setState('plates', id, { chosen });
  }

  #onScreen(at: Position, { w, h } = this.#engine.size()): boolean {
    const { x, y } = this.#engine.project(at);
    return x >= 0 && y >= 0 && x <= w && y <= h;
  }

  #hidden(): CheckpointId[] {
    const open = this.#site.checkpoints.filter(({ id }) => this.#scene.priority(id) !== 0);
    if (open.length === 0) return [];
    // Asked once: the page may have to be laid out for the answer.
    const size = this.#engine.size();
    return open.filter(({ position }) => !this.#onScreen(position, size)).map(({ id }) => id);
  }

  #onCamera(settled: boolean): void {
    const nowMs = performance.now();
    if (!settled && nowMs - this.#lastLayoutMs < CAMERA_PACE_MS) this.#moveAreas();
    else this.#layOut();
  }

  #moveAreas(): void {
    this.#setView({ ...this.#view, areas: this.#spots.map((at) => this.#engine.project(at)) });
  }

  #options(): LayoutOptions {
    const { letters, plates } = this.#scale;
    const { w, h } = this.#engine.size();
    const zoomed = 2 ** (0.5 * (this.#engine.camera().zoom - this.#fitZoom));
    const near = (plates / letters) * Math.min(2.2, Math.max(0.7, zoomed));
    const kept: Box[] = this.#spots.map((at) => ({
      middle: this.#engine.project(at),
      size: { w: AREA_PLATE.w * letters, h: AREA_PLATE.h * letters },
    }));
    return {
      projection: {
        project: (at) => this.#engine.project(at),
        unproject: (at) => this.#engine.unproject(at),
        screen: { w, h: h - this.#footPx },
      },
      scale: letters,
      near,
      chosen: this.#chosen,
      kept,
      outsides: { first: this.#words.beyondFirst, second: this.#words.beyondSecond },
      checkpointName: this.#words.checkpointName,
      laneName: this.#words.laneName,
      perMinute: (lanes) => perMinuteOf(lanes, this.#scene.lanes),
      figures: (id) => this.#words.figures(this.perMinute(id)),
    };
  }

  #layOut(): void {
    this.#lastLayoutMs = performance.now();
    this.#spots = areaSpots(this.#site, this.#middles, this.#engine, this.#scale.letters);
    const { data, placed, standings } = layOut(this.#ground, this.#options());
    this.#standings = standings;
    for (const source of LAID_OUT) this.#engine.setData(source, data[source]);
    this.#setView({
      areas: this.#spots.map((at) => this.#engine.project(at)),
      gates: new Map(
        this.#site.checkpoints.map(({ id, position }) => [id, this.#engine.project(position)]),
      ),
      places: placed,
      hidden: this.#hidden(),
    });
  }

  #setView(view: MapView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}
