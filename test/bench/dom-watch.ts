/** What runs in the pages that are measured: each function is handed over as text, alone. */

/** A lane's tile that came to say something else, ms since 1970. */
export interface SeenTile {
  readonly lane: string;
  readonly text: string;
  readonly atMs: number;
}

interface Watching {
  seenTiles?: SeenTile[];
}

/** Notes whenever a lane's tile says another state. */
export function watchTiles(): void {
  const seen: SeenTile[] = [];
  const told = new Map<string, string>();
  const look = (mutations: readonly MutationRecord[]) => {
    const atMs = performance.timeOrigin + performance.now();
    for (const { target } of mutations) {
      const element = target instanceof Element ? target : target.parentElement;
      const tile = element?.closest('.lanes-item');
      const lane = tile?.getAttribute('data-key');
      const text = tile?.querySelector('.lane-state')?.textContent;
      if (!lane || !text || told.get(lane) === text) continue;
      told.set(lane, text);
      seen.push({ lane, text, atMs });
    }
  };
  const options = { subtree: true, childList: true, characterData: true };
  new MutationObserver(look).observe(document.body, options);
  (window as Watching).seenTiles = seen;
}

export function takeTiles(): readonly SeenTile[] {
  return (window as Watching).seenTiles ?? [];
}
