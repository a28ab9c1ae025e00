import { useCallback } from 'react';
import type { Text3 } from '../../shared/domain/text.ts';
import type { Fault } from '../../shared/lib/result.ts';
import { faults } from '../../shared/locale/faults.ts';
import { useWords } from './words.ts';

const byCode: Readonly<Record<string, Text3>> = faults;

/** A fault in the language of the screen; its own text where the code has no words yet. */
export function useFaultText(): (fault: Fault) => string {
  const { text3 } = useWords();
  return useCallback(
    (fault) => {
      const words = Object.hasOwn(byCode, fault.code) ? byCode[fault.code] : undefined;
      return words ? text3(words) : fault.text;
    },
    [text3],
  );
}
