import { useState } from 'react';
import type { Fault } from '../../shared/lib/result.ts';
import { faultOf } from './entry-store.ts';

export interface Asking {
  readonly busy: boolean;
  /** What was wrong the last time; null while it is asked again. */
  readonly fault: Fault | null;
  readonly clearFault: () => void;
  /** Asks, unless the last time is not over. False where it failed. Never rejects. */
  readonly ask: (doing: () => Promise<unknown>) => Promise<boolean>;
}

/** Something that a form asks the engine for, once at a time, with what was wrong with it. */
export function useAsking(): Asking {
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async (doing: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    setFault(null);
    try {
      await doing();
      return true;
    } catch (error) {
      setFault(faultOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, clearFault: () => setFault(null), ask };
}
