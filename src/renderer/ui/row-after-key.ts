/** Rows that Page Up and Page Down jump over. */
const PAGE = 15;

/**
 * The row that a key leads to in a list of `count` rows, from row `at` (-1: none chosen yet); null
 * where the key is not one that walks, or the list is empty.
 */
export function rowAfterKey(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, at + 1);
    case 'ArrowUp':
      return at < 0 ? last : Math.max(0, at - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, at) + PAGE);
    case 'PageUp':
      return Math.max(0, at - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
