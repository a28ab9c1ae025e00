import { ipcMain } from 'electron';
import {
  type ShellCommandName,
  type ShellInput,
  shellCommands,
} from '../../shared/contract/shell.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ConsoleWindow, ConsoleWindows } from './console-windows.ts';

type Handlers = {
  readonly [N in ShellCommandName]: (from: ConsoleWindow, input: ShellInput<N>) => Result<null>;
};

/**
 * The window's own commands of a page. Who sent it is looked at first, then its name, then its
 * input; nothing else that a page may send to the shell does anything.
 */
export function servePageCommands(
  windows: Pick<ConsoleWindows, 'ofSender'>,
  handlers: Handlers,
): void {
  ipcMain.handle('shell:command', (event, name: unknown, input: unknown): Result<null> => {
    const from = windows.ofSender(event);
    if (from === null) return fail('not-our-page', 'this page may ask the window for nothing');
    return run(handlers, from, name, input);
  });
}

function run(handlers: Handlers, from: ConsoleWindow, name: unknown, input: unknown): Result<null> {
  if (typeof name !== 'string' || !isCommand(name)) {
    return fail('unknown-operation', 'the window has no such command');
  }
  const parsed = shellCommands[name].safeParse(input);
  if (!parsed.success) {
    return fail('bad-input', parsed.error.issues[0]?.message ?? 'bad input', name);
  }
  const handle = handlers[name] as (from: ConsoleWindow, input: unknown) => Result<null>;
  return handle(from, parsed.data);
}

function isCommand(name: string): name is ShellCommandName {
  return Object.hasOwn(shellCommands, name);
}

/** Commands that came from the page and go back to it as a choice: only what it offered itself. */
export function isOffered(from: ConsoleWindow, id: string): boolean {
  return from.offer?.groups.some(({ rows }) => rows.some((row) => row.id === id)) ?? false;
}

export const DONE: Result<null> = ok(null);
