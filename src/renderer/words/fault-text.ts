import { useCallback } from 'react';
import type { Language, Text3 } from '../../shared/domain/text.ts';
import type { Fault } from '../../shared/lib/result.ts';
import { faults } from '../../shared/locale/faults.ts';
import { useWords } from './words.ts';

const byCode: Readonly<Record<string, Text3>> = faults;

/** A fault in a language; its own text where its code has no words. */
export function faultText(fault: Fault, language: Language): string {
  const words = Object.hasOwn(byCode, fault.code) ? byCode[fault.code] : undefined;
  if (words === undefined) return fault.text;
  const [number = ''] = /\d+/.exec(fault.text) ?? [];
  return words[language].replace('{{n}}', number);
}

/** Faults in the language of the screen. */
export function useFaultText(): (fault: Fault) => string {
  const { language } = useWords();
  return useCallback((fault) => faultText(fault, language), [language]);
}
