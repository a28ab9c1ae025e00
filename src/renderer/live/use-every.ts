import { useEffect } from 'react';

/** Asks again and again while the screen is open. */
export function useEvery(ms: number, again: () => void): void {
  useEffect(() => {
    const timer = setInterval(again, ms);
    return () => clearInterval(timer);
  }, [ms, again]);
}
