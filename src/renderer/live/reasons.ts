import { useCallback } from 'react';
import { reasonText } from '../../shared/locale/reason-text.ts';
import type { Reason } from '../../shared/regime/requirement.ts';
import { useWords } from '../words/words.ts';
import { useNames } from './names.ts';

/** A regime's reason as a sentence in the language of the screen. */
export function useReasonText(): (reason: Reason) => string {
  const { language } = useWords();
  const names = useNames();
  return useCallback(
    (reason) => reasonText(reason, language, { areaName: (area) => names.area(area) }),
    [language, names],
  );
}
