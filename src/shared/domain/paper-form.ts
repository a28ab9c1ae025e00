import { z } from 'zod';

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

/** Forms that are handed out at once. */
export const MOST_FORMS = 500;

/** How a form is called everywhere: `A-000042`. */
export function formName(series: string, number: number): string {
  return `${series}-${String(number).padStart(6, '0')}`;
}
