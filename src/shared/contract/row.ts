import type { z } from 'zod';
import type { Role } from '../domain/role.ts';

/**
 * One row of the console's API. `roles`: who may use it; `anyone` needs no sign-in. Input and
 * output are zod schemas: nothing crosses unparsed. `discloses`: shows personal data, so using it
 * is journalled once with person, purpose and settled query.
 */
export interface OperationRow<I extends z.ZodType, O extends z.ZodType> {
  readonly roles: readonly Role[] | 'anyone';
  readonly input: I;
  readonly output: O;
  readonly discloses?: true;
}

export function operation<I extends z.ZodType, O extends z.ZodType>(
  row: OperationRow<I, O>,
): OperationRow<I, O> {
  return row;
}

/**
 * A live view: rows by key. A screen gets a snapshot, then patches (rows set, keys dropped), the
 * next only after it acknowledged the last; merged meanwhile.
 */
export interface ViewRow<I extends z.ZodType, R extends z.ZodType> {
  readonly roles: readonly Role[] | 'anyone';
  readonly input: I;
  readonly row: R;
}

export function view<I extends z.ZodType, R extends z.ZodType>(row: ViewRow<I, R>): ViewRow<I, R> {
  return row;
}
