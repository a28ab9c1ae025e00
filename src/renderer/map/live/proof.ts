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

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
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

/** Looks at the canvas until an area is really drawn at this point; false after ten seconds. */
export async function provesDrawn(engine: MapEngine, at: () => Px): Promise<boolean> {
  for (let i = 0; i < TRIES; i += 1) {
    await seen();
    const pixel = await Promise.race([engine.pixelAt(at()), pause(TRY_EVERY_MS)]);
    if (pixel && showsArea(pixel)) return true;
    await pause(TRY_EVERY_MS / 2);
  }
  return false;
}
