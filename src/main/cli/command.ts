import type { ParseArgsConfig } from 'node:util';
import type { Fault, Result } from '../../shared/lib/result.ts';

/** What a command has of the world: two streams, the clock, chance, and a person at a keyboard. */
export interface Terminal {
  /** Results only. */
  out(line: string): void;
  /** Everything else: progress, warnings, faults. */
  err(line: string): void;
  nowMs(): number;
  monoMs(): number;
  randomBytes(size: number): Uint8Array;
  /** Asks without showing what is typed. Fails with `no-terminal` or `cancelled`. */
  askSecret(prompt: string): Promise<Result<string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** 0: done, nothing found. 1: the thing looked for was found. 2: the command could not be done. */
export const EXIT = { ok: 0, found: 1, failed: 2 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** What was typed after the command's own words, checked against what it takes. */
export interface Given {
  readonly places: readonly string[];
  text(option: string): string | undefined;
  flag(option: string): boolean;
}

export interface Command {
  /** `['site', 'check']` */
  readonly words: readonly string[];
  /** The arguments without an option's name, all of them needed: `['DIR']`. */
  readonly places: readonly string[];
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** What follows the words in the usage. */
  readonly takes: string;
  readonly summary: string;
  run(given: Given, terminal: Terminal): Promise<Exit> | Exit;
}

/** Tells a fault the way every command does, and that it ended the command. */
export function sayFault(terminal: Terminal, fault: Fault): Exit {
  const where = fault.where === undefined ? '' : ` [${fault.where}]`;
  terminal.err(`twoline: ${fault.text}${where} (${fault.code})`);
  return EXIT.failed;
}
