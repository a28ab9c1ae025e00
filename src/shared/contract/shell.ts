import { z } from 'zod';
import { LANGUAGES } from '../domain/text.ts';

/**
 * What the console's own window does for its page, by the verbs of the bridge: commands whose names
 * begin with `shell.`. They never reach the engine, and a browser has none of them.
 */
const Id = z.string().regex(/^[\w.:-]{1,80}$/);
const Line = z.string().min(1).max(200);

/** One row of a menu: a command of the page's registry. */
const Row = z.strictObject({
  id: Id,
  title: Line,
  /** As tinykeys writes them; shown beside the row, pressed in the page. */
  keys: z.string().max(20).nullable(),
});

export const shellCommands = {
  /** What can be done on this page now, by group: the menus show it while its window has focus. */
  'shell.offer': z.strictObject({
    language: z.enum(LANGUAGES),
    groups: z.array(z.strictObject({ title: Line, rows: z.array(Row).max(60) })).max(8),
  }),
  /**
   * Another window: for the same person, for another person who signs in there while this one stays
   * signed in, or the wallboard.
   */
  'shell.open': z.strictObject({ window: z.enum(['same', 'other', 'wall']) }),
  /** Tells the person at another window. A click comes back as the chosen command. */
  'shell.notify': z.strictObject({
    title: Line,
    body: z.string().max(500),
    command: Id.nullable(),
  }),
} as const;

export type ShellCommandName = keyof typeof shellCommands;
export type ShellInput<N extends ShellCommandName> = z.infer<(typeof shellCommands)[N]>;
export type MenuOffer = ShellInput<'shell.offer'>;
export type OpenedWindow = ShellInput<'shell.open'>['window'];
