import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { GateAction } from '../../../shared/domain/gate.ts';

/** A log longer than this is put aside, so that a disk that comes and goes cannot fill another. */
const MAX_BYTES = 4_000_000;
const MAX_WHY = 300;

/** What each lane goes back to. */
export type WayBack = ReadonlyMap<string, GateAction>;

/** Where the log ends: in an emergency, or on the way back from one; null where all is over. */
export type Unfinished =
  | { readonly state: 'began'; readonly atMs: number; readonly why: string; readonly back: WayBack }
  | { readonly state: 'returning'; readonly back: WayBack };

/**
 * The emergency noted on a second path while the journal cannot be written, one JSON object a line:
 * `began`, then `returning` once the journal tells of it, `settled` for each lane that is back, and
 * `ended`. It says what a start has to take up that finds it unfinished.
 */
export class EmergencyLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Why nothing can be noted there, in words; null where it can. */
  fault(): string | null {
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      appendFileSync(this.#path, '');
      return null;
    } catch (error) {
      return `the emergency log ${this.#path} cannot be written: ${(error as Error).message}`;
    }
  }

  began(atMs: number, why: string, back: WayBack): void {
    this.#note({ began: atMs, why, back: Object.fromEntries(back) });
  }

  returning(atMs: number, back: WayBack): void {
    this.#note({ returning: atMs, back: Object.fromEntries(back) });
  }

  settled(lane: string): void {
    this.#note({ settled: lane });
  }

  ended(atMs: number): void {
    this.#note({ ended: atMs });
  }

  unfinished(): Unfinished | null {
    let lines: string[];
    try {
      lines = readFileSync(this.#path, 'utf8').trimEnd().split('\n');
    } catch {
      return null;
    }
    const settled: string[] = [];
    for (const line of lines.reverse()) {
      const told = parse(line);
      if (typeof told?.settled === 'string') settled.push(told.settled);
      // A line that a crash cut off says nothing; the one before it does.
      else if (told !== null) return unfinishedOf(told, settled);
    }
    return null;
  }

  #note(line: object): void {
    try {
      if (sizeOf(this.#path) > MAX_BYTES) renameSync(this.#path, `${this.#path}.old`);
      appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
    } catch {
      // The second path fails too: the gates are told all the same, which is what matters.
    }
  }
}

type Told = Readonly<Record<string, unknown>>;

function parse(line: string): Told | null {
  try {
    const told: unknown = JSON.parse(line);
    return typeof told === 'object' && told !== null ? (told as Told) : null;
  } catch {
    return null;
  }
}

function unfinishedOf(told: Told, settled: readonly string[]): Unfinished | null {
  const back = wayBackOf(told.back, settled);
  if (typeof told.returning === 'number') return { state: 'returning', back };
  if (typeof told.began !== 'number') return null;
  const why = typeof told.why === 'string' ? told.why.slice(0, MAX_WHY) : '';
  return { state: 'began', atMs: Math.round(told.began), why, back };
}

function wayBackOf(value: unknown, settled: readonly string[]): WayBack {
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  return new Map(
    entries.flatMap(([lane, said]) => {
      const action = GateAction.safeParse(said);
      // An opening is never repeated: only modes are gone back to.
      const isMode = action.success && action.data !== 'open';
      return isMode && !settled.includes(lane) ? [[lane, action.data] as const] : [];
    }),
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
