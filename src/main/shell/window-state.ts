import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Place = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200).max(20_000),
  height: z.int().min(200).max(20_000),
});
const Kept = z.object({
  kind: z.enum(['console', 'wall']),
  place: Place.nullable(),
  maximized: z.boolean(),
  fullScreen: z.boolean(),
});
const MAX_WINDOWS = 8;
const File = z.object({ windows: z.array(Kept).min(1).max(MAX_WINDOWS) });

/** Where a window lies, in the screen's own points. */
export type WindowPlace = z.infer<typeof Place>;
/** A window as it was last; `place: null` lets the system choose. */
export type KeptWindow = z.infer<typeof Kept>;

const NAME = 'windows.json';
const FIRST: KeptWindow = { kind: 'console', place: null, maximized: false, fullScreen: false };
/** So much of a window must lie on a screen that a hand can take hold of it. */
const SEEN_PX = 80;

/** The windows that were open last; one where nothing, or nothing readable, was kept. */
export function readWindows(dir: string): readonly KeptWindow[] {
  try {
    return File.parse(JSON.parse(readFileSync(join(dir, NAME), 'utf8'))).windows;
  } catch {
    return [FIRST];
  }
}

/** Writes whole or not at all. That it cannot be written is no reason to disturb anybody. */
export function keepWindows(dir: string, windows: readonly KeptWindow[]): void {
  const path = join(dir, NAME);
  try {
    writeFileSync(`${path}.new`, JSON.stringify({ windows: windows.slice(0, MAX_WINDOWS) }));
    renameSync(`${path}.new`, path);
  } catch (error) {
    process.stderr.write(`the windows' places were not kept: ${(error as Error).message}\n`);
  }
}

/** The place, where one of the screens still shows enough of it; else the system chooses. */
export function placeOn(
  screens: readonly WindowPlace[],
  place: WindowPlace | null,
): WindowPlace | null {
  if (place === null) return null;
  const isSeen = screens.some((screen) => {
    const across = overlap(place.x, place.width, screen.x, screen.width);
    const down = overlap(place.y, place.height, screen.y, screen.height);
    return across >= SEEN_PX && down >= SEEN_PX && place.y >= screen.y - SEEN_PX / 2;
  });
  return isSeen ? place : null;
}

function overlap(from: number, size: number, otherFrom: number, otherSize: number): number {
  return Math.min(from + size, otherFrom + otherSize) - Math.max(from, otherFrom);
}
