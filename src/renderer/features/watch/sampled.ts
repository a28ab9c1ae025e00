import { useEffect, useState } from 'react';

/**
 * Something that changes faster than it can be read, looked at a few times a second. `start` begins
 * to follow it and calls back on every change; `look` gives what to show.
 */
export function useSampled<T>(
  start: (changed: () => void) => () => void,
  look: () => T,
  paceMs: number,
): T {
  const [shown, setShown] = useState(look);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const show = () => {
      timer = null;
      setShown(look);
    };
    const end = start(() => {
      timer ??= setTimeout(show, paceMs);
    });
    show();
    return () => {
      if (timer !== null) clearTimeout(timer);
      end();
    };
  }, [start, look, paceMs]);
  return shown;
}
