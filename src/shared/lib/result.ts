/** An expected failure: a stable code for programs, a text a person can act on. */
export interface Fault {
  readonly code: string;
  readonly text: string;
  /** Where: a file and line, a lane, a board, a field. */
  readonly where?: string | undefined;
}

export type Result<T, F = Fault> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: F };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail(
  code: string,
  text: string,
  where?: string,
): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: where === undefined ? { code, text } : { code, text, where } };
}
