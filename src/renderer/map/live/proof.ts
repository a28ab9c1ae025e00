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

const TRIES = 20;
const TRY_EVERY_MS = 500;

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

async function look(engine: MapEngine, at: () => Px): Promise<boolean> {
  const pixel = await Promise.race([engine.pixelAt(at()), pause(TRY_EVERY_MS)]);
  return pixel !== undefined && showsArea(pixel);
}

/** Looks at the canvas until an area is really drawn at this point; false after ten seconds. */
export async function provesDrawn(engine: MapEngine, at: () => Px): Promise<boolean> {
  for (let i = 0; i < TRIES; i += 1) {
    await seen();
    if (await look(engine, at)) return true;
    await pause(TRY_EVERY_MS / 2);
  }
  return false;
}

/** A map that was drawn is looked at again this often: one library stops when its token is refused. */
const WATCH_EVERY_MS = 5_000;
/** One bad look can be a camera on its way; so many in a row cannot. */
const BAD_LOOKS = 2;

/** Keeps looking and tells when the picture is gone, and when it is back. Returns the end of it. */
export function keepProving(
  engine: MapEngine,
  at: () => Px | null,
  tell: (drawn: boolean) => void,
): () => void {
  let over = false;
  let bad = 0;
  const watch = async () => {
    while (!over) {
      await pause(WATCH_EVERY_MS);
      await seen();
      const place = at();
      if (over || place === null) continue;
      const drawn = await look(engine, () => place);
      if (over) return;
      if (drawn && bad >= BAD_LOOKS) tell(true);
      bad = drawn ? 0 : bad + 1;
      if (bad === BAD_LOOKS) tell(false);
    }
  };
  void watch();
  return () => {
    over = true;
  };
}
