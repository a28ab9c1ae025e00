import { useEffect, useMemo, useRef, useState } from 'react';
import type { QueueRow } from '../../../shared/contract/views.ts';

/** After the choice has moved by itself, keys rest this long: a hand may be on its way. */
export const REST_MS = 700;

interface Choice {
  readonly id: string | null;
  /** Where it stood in the list. */
  readonly index: number;
  /** Nobody chose it: the row before it is gone. */
  readonly byItself: boolean;
}

/**
 * The chosen row after the list has changed. It stays where a person put it, whatever more urgent
 * comes above it; when it is gone the one that took its place is next. While nobody has chosen, it
 * is the first: what is most urgent.
 */
export function choiceAfter(choice: Choice, rows: readonly { readonly id: string }[]): Choice {
  if (choice.byItself && choice.index === 0) {
    const id = rows[0]?.id ?? null;
    return id === choice.id ? choice : { ...choice, id };
  }
  const at = rows.findIndex(({ id }) => id === choice.id);
  if (at >= 0) return at === choice.index ? choice : { ...choice, index: at };
  if (rows.length === 0)
    return choice.id === null ? choice : { id: null, index: 0, byItself: true };
  const index = Math.min(choice.index, rows.length - 1);
  return { id: rows[index]?.id ?? null, index, byItself: true };
}

const AT_FIRST: Choice = { id: null, index: 0, byItself: true };

/** The row of the queue that keys act on, and whether they may act just now. */
export function useChosenRow(rows: readonly QueueRow[]) {
  const [picked, setPicked] = useState<Choice>(AT_FIRST);
  const choice = choiceAfter(picked, rows);
  const movedMs = useRef(Number.NEGATIVE_INFINITY);
  const known = useRef<string | null>(null);
  useEffect(() => {
    if (choice.byItself && choice.id !== known.current) movedMs.current = performance.now();
    known.current = choice.id;
    setPicked(choice);
  }, [choice]);
  return useMemo(
    () => ({
      row: rows.find(({ id }) => id === choice.id),
      pick: (id: string) => {
        const index = rows.findIndex((row) => row.id === id);
        setPicked({ id, index: Math.max(0, index), byItself: false });
      },
      mayAct: () => performance.now() - movedMs.current >= REST_MS,
    }),
    [rows, choice.id],
  );
}
