import { z } from 'zod';
import { MINUTE_MS, minuteOf } from '../lib/hk-time.ts';

/** The letters that a block of paper forms is printed with. */
export const PaperSeries = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{0,5}$/, 'a series such as A or LMC2: capital letters and digits');

/** A form's number in its series: printed once, handed out once, settled once. */
export const PaperNumber = z.number().int().min(1).max(999_999);

/** Who wrote a form, or has the block: a number of the service, never a name. */
export const StaffNumber = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,31}$/, 'a staff number: letters, digits, . _ / -');

/** `out`: handed out and not settled yet. */
export const PaperState = z.enum(['out', 'keyed', 'void']);
export type PaperState = z.infer<typeof PaperState>;

/**
 * What became of a form at a gate that stood open, where whoever went through was counted without
 * a name. `taken`: the form took the place of such a passage. `several`: it may be one of several,
 * so that all of them still count. `none`: no such passage is known yet; one told of later is it.
 */
export const UnnamedThen = z.enum(['taken', 'several', 'none']);
export type UnnamedThen = z.infer<typeof UnnamedThen>;

/** Forms that are handed out at once. */
export const MOST_FORMS = 500;

/** How a form is called everywhere: `A-000042`. */
export function formName(series: string, number: number): string {
  return `${series}-${String(number).padStart(6, '0')}`;
}

/** From when until when, ms. */
interface Span {
  readonly fromMs: number;
  /** Not included. */
  readonly toMs: number;
}

/**
 * When that which a form tells of may have happened: a form says the minute, by its writer's
 * watch, so that the minutes before and after it are held to be the same.
 */
export function spanOfForm(happenedMs: number): Span {
  const minuteMs = minuteOf(happenedMs);
  return { fromMs: minuteMs - MINUTE_MS, toMs: minuteMs + 2 * MINUTE_MS };
}

/** The minutes that forms say which may tell of a moment, ms: `spanOfForm` the other way round. */
export function minutesOfForms(momentMs: number): Span {
  return { fromMs: momentMs - 2 * MINUTE_MS + 1, toMs: momentMs + MINUTE_MS + 1 };
}
