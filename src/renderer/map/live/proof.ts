import type { MapEngine } from '../engine/engine.ts';
import { palette } from '../paint/palette.ts';
import type { Px } from '../scene/px.ts';

type Colour = readonly [number, number, number];

function rgb(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Two colours nearer than this are the same ground. */
const APART = 3;

function differs(a: readonly number[], b: Colour): boolean {
  return b.some((channel, i) => Math.abs((a[i] ?? 0) - channel) >= APART);
}

/**
 * True when a pixel in the middle of an area shows that area: opaque, and neither of the two lands.
 * A library's own `load` event proves nothing; one of them sends it and draws an empty canvas.
 */
export function showsArea(pixel: readonly number[]): boolean {
  return (
    (pixel[3] ?? 0) === 255 && differs(pixel, rgb(palette.far)) && differs(pixel, rgb(palette.home))
  );
}

/** A machine under load may take this long for one frame. */
const FRAME_MS = 4_000;
const PAUSE_MS = 250;
/** So many frames without an area in them at the start, and the map has failed. */
const TRIES = 30;

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}

/** Resolves when the page can be seen: a hidden one draws no frames. */
function seen(): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const hear = () => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', hear);
      resolve();
    };
    document.addEventListener('visibilitychange', hear);
  });
}

/** What one look at the canvas saw; `slow`: no frame came in time, which proves nothing. */
type Sight = 'area' | 'nothing' | 'slow';

async function look(engine: MapEngine, at: () => Px): Promise<Sight> {
  await seen();
  const pixel = await Promise.race([engine.pixelAt(at()), pause(FRAME_MS)]);
  if (pixel === undefined) return 'slow';
  return showsArea(pixel) ? 'area' : 'nothing';
}

/** Looks at the canvas until an area is really drawn at this point; false when it never is. */
export async function provesDrawn(engine: MapEngine, at: () => Px): Promise<boolean> {
  for (let i = 0; i < TRIES; i += 1) {
    if ((await look(engine, at)) === 'area') return true;
    await pause(PAUSE_MS);
  }
  return false;
}

/**
 * A map that was drawn is looked at again this often. One library stops drawing when its token is
 * refused; the other only when the graphics fail, and each look holds up a machine without any.
 */
const WATCH_EVERY_MS = { mapbox: 5_000, maplibre: 20_000 } as const;
/** One bad look can be a camera on its way; so many in a row cannot. */
const BAD_LOOKS = 2;
/** A canvas that gives no frame for so many looks is as good as dead. */
const SLOW_LOOKS = 8;

/** Counts looks at a map that was drawn; says when the picture is gone and when it is back. */
export class DrawnCount {
  #bad = 0;
  #slow = 0;
  #drawn = true;

  /** Null: nothing to tell. */
  see(sight: Sight): boolean | null {
    this.#bad = sight === 'nothing' ? this.#bad + 1 : sight === 'area' ? 0 : this.#bad;
    this.#slow = sight === 'slow' ? this.#slow + 1 : 0;
    const gone = this.#bad >= BAD_LOOKS || this.#slow >= SLOW_LOOKS;
    if (gone === !this.#drawn) return null;
    if (!gone && sight !== 'area') return null;
    this.#drawn = !gone;
    return this.#drawn;
  }
}

/**
 * Keeps looking at a map that was drawn and tells when the picture is gone, and when it is back.
 * `at`: a point inside an area, null while none is on the screen. Returns the end of it.
 */
export function keepProving(
  engine: MapEngine,
  at: () => Px | null,
  tell: (drawn: boolean) => void,
): () => void {
  let over = false;
  const count = new DrawnCount();
  const watch = async () => {
    while (!over) {
      await pause(WATCH_EVERY_MS[engine.library]);
      const place = at();
      if (over || place === null) continue;
      const drawn = count.see(await look(engine, () => place));
      if (!over && drawn !== null) tell(drawn);
    }
  };
  void watch();
  return () => {
    over = true;
  };
}
