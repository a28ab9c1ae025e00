import { useState } from 'react';
import type { Fault } from '../../../shared/lib/result.ts';
import { faultOf } from '../../live/entry-store.ts';
import { useAsking } from '../../live/use-asking.ts';

/** A file of a certain kind: what it would do, and its taking; each rejects with a fault. */
interface ImportOf<L, T, R> {
  look(): Promise<L>;
  take(looked: L, reason: R): Promise<T>;
}

/**
 * Looks at a file, and takes of it what the person says; null where none is chosen. `R`: the reason
 * that is typed for it.
 */
export function useImport<L, T, R>(of: ImportOf<L, T, R> | null) {
  const { ask, busy, clearFault, fault } = useAsking();
  const [looked, setLooked] = useState<L | null>(null);
  const [taken, setTaken] = useState<T | null>(null);
  const forget = () => {
    setLooked(null);
    setTaken(null);
    clearFault();
  };
  const look = () => {
    forget();
    if (of !== null) void ask(async () => setLooked(await of.look()));
  };
  const takeIt = async (reason: R) => {
    if (of === null || looked === null) return;
    setTaken(await of.take(looked, reason));
    setLooked(null);
  };
  const take = (reason: R) => void ask(() => takeIt(reason));
  /** The same for a dialog, which shows what went wrong itself. */
  const takeInDialog = (reason: R): Promise<Fault | null> =>
    takeIt(reason).then(() => null, faultOf);
  return { busy, fault, looked, taken, forget, look, take, takeInDialog };
}
