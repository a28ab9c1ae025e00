/** A badge to hold to a reader, so many ms after the play begins. */
export interface Badge {
  readonly atMs: number;
  readonly board: number;
  readonly door: number;
  readonly direction: 'in' | 'out';
  readonly card: number;
  /** How long the leaf is held, where it matters. */
  readonly heldMs?: number | undefined;
}

/** A leaf that moved, at a moment of the wall clock that all processes share, ms since 1970. */
export interface Leaf {
  readonly board: number;
  readonly door: number;
  readonly to: 'open' | 'closed';
  readonly atMs: number;
}

/** Events that boards made alone, of the holders from `card` up, before anybody listened. */
export interface LateEvents {
  readonly boards: number;
  readonly perBoard: number;
  readonly cards: readonly number[];
}

export type ToBoards =
  | { readonly t: 'start'; readonly serials: readonly number[]; readonly late: LateEvents | null }
  | { readonly t: 'play'; readonly badges: readonly Badge[] }
  | { readonly t: 'tell' }
  | { readonly t: 'stop' };

/** What a board did, by its own log. */
export interface BoardTold {
  readonly serial: number;
  readonly lastIndex: number;
  readonly openings: number;
  /** Cards that it holds, and requests about cards that it heard. */
  readonly cards: number;
  readonly cardRequests: number;
}

export type FromBoards =
  | { readonly t: 'started'; readonly ports: readonly number[] }
  /** Each badge's ms from its bytes to the open-door bytes; null where nothing opened. */
  | {
      readonly t: 'played';
      readonly latencies: readonly (number | null)[];
      readonly leaves: readonly Leaf[];
    }
  | { readonly t: 'told'; readonly boards: readonly BoardTold[] };

export type ToBareGate =
  | {
      readonly t: 'start';
      readonly path: string;
      readonly boards: readonly { readonly serial: number; readonly port: number }[];
    }
  | { readonly t: 'stop' };

export interface FromBareGate {
  readonly t: 'started';
}
