/** Rows looked at in one call: some 10 ms of work between two decisions at a gate. */
const MOST_LOOKED = 2_000;
const BATCH = 200;

interface Look<R> {
  /** Rows in the order of their ids, after one of them. */
  readonly next: (after: string, limit: number) => readonly R[];
  readonly idOf: (row: R) => string;
  readonly fits: (row: R) => boolean;
}

/**
 * A page of the rows that fit, in the order of their ids. A look that ends before its page is full
 * and before all was looked at says how far it came (`reached`): the next one goes on after it.
 */
export function lookThrough<R>(
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  { next, idOf, fits }: Look<R>,
): { rows: R[]; more: boolean; reached: string | null } {
  const rows: R[] = [];
  let last = after ?? '';
  for (let looked = 0; looked < MOST_LOOKED; looked += BATCH) {
    const batch = next(last, BATCH);
    for (const row of batch) {
      if (fits(row)) {
        if (rows.length === limit) return { rows, more: true, reached: null };
        rows.push(row);
      }
      last = idOf(row);
    }
    if (batch.length < BATCH) return { rows, more: false, reached: null };
  }
  return { rows, more: true, reached: last };
}

/** True where a text stands in one of these, in any case; an empty one stands everywhere. */
export function findsIn(text: string, fields: readonly (string | null)[]): boolean {
  const wanted = text.toLowerCase();
  return wanted === '' || fields.some((field) => field?.toLowerCase().includes(wanted) === true);
}
