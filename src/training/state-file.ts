import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MAX_TRUCKS } from './freight/trips.ts';

const Head = z.object({
  v: z.literal(1),
  wallMs: z.number().int().min(0).max(8.64e15),
  seed: z.string(),
  people: z.number().int().min(1),
  /** The trucks that were in the zone, by their numbers. */
  trucksInside: z.array(z.number().int().min(0)).max(MAX_TRUCKS).default([]),
});

/** Where a run of the training zone stood: its calendar, and where its people and trucks were. */
export interface SavedState {
  readonly wallMs: number;
  readonly seed: string;
  readonly people: number;
  readonly trucksInside: readonly number[];
  /** One byte a person. */
  readonly places: Uint8Array;
}

const fileIn = (folder: string) => join(folder, 'world.state');

/** Writes the state whole or not at all: one line of JSON, then one byte a person. */
export function saveState(folder: string, state: SavedState): void {
  const { seed, people, trucksInside, places } = state;
  const wallMs = Math.floor(state.wallMs);
  const head = `${JSON.stringify({ v: 1, wallMs, seed, people, trucksInside })}\n`;
  const temporary = `${fileIn(folder)}.tmp`;
  writeFileSync(temporary, Buffer.concat([Buffer.from(head), places]));
  renameSync(temporary, fileIn(folder));
}

/** What an earlier run left in the folder; null where there is none, or it cannot be read. */
export function loadState(folder: string): SavedState | null {
  try {
    const bytes = readFileSync(fileIn(folder));
    const end = bytes.indexOf(0x0a);
    const head = Head.parse(JSON.parse(bytes.subarray(0, end).toString('utf8')));
    const places = new Uint8Array(bytes.subarray(end + 1));
    return places.length === head.people ? { ...head, places } : null;
  } catch {
    return null;
  }
}
