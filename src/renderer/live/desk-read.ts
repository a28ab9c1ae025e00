import { useMemo } from 'react';
import type { DeskReadRow } from '../../shared/contract/views.ts';
import { useView } from './use-view.ts';

/** The newest read of any desk reader; null before the first. */
export function useLastDeskRead(): DeskReadRow | null {
  const { rows } = useView('desk-reads');
  return useMemo(() => {
    let last: DeskReadRow | null = null;
    for (const row of rows.values()) if (last === null || row.atMs > last.atMs) last = row;
    return last;
  }, [rows]);
}
