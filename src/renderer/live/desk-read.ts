import { useMemo } from 'react';
import type { DeskReadRow } from '../../shared/contract/views.ts';
import { useSite } from './client.tsx';
import { useView } from './use-view.ts';

/**
 * The newest read of any desk reader; null before the first. What a muster point reads marks
 * somebody, and fills in nothing here.
 */
export function useLastDeskRead(): DeskReadRow | null {
  const { rows } = useView('desk-reads');
  const { readers } = useSite().site;
  return useMemo(() => {
    let last: DeskReadRow | null = null;
    for (const { id } of readers.filter(({ use }) => use === 'desk')) {
      const row = rows.get(id);
      if (row !== undefined && (last === null || row.atMs > last.atMs)) last = row;
    }
    return last;
  }, [rows, readers]);
}
