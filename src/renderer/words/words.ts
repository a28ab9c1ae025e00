import { createContext, use } from 'react';
import type { Language, Text3 } from '../../shared/domain/text.ts';
import type { WordKey } from '../../shared/locale/tables.ts';

/** Each language by its own name, for people who read no other. */
export const OWN_NAMES: Readonly<Record<Language, string>> = {
  'zh-HK': '繁體',
  'zh-CN': '简体',
  en: 'English',
};

/** Values for the placeholders `{{name}}` of a word; `count` also chooses the form by number. */
export type WordParams = Readonly<Record<string, string | number>>;

export interface Words {
  readonly language: Language;
  setLanguage(language: Language): void;
  t(key: WordKey, params?: WordParams): string;
  /** A text that carries its own three languages: rules, names of places. */
  text3(text: Text3): string;
  /** `14:32:07`, Hong Kong time. */
  time(ms: number): string;
  /** `14:32`, Hong Kong time. */
  minute(ms: number): string;
  /** `2026-11-22 14:32:07`, Hong Kong time. */
  dayTime(ms: number): string;
  /** `1,204`. */
  number(n: number): string;
  /** `2.5 %`, from a share. */
  percent(share: number): string;
  /** How long ago in words, from ms. */
  ago(ms: number): string;
  /** `00:42`, `1:03:12`: a time spent waiting, from ms. */
  span(ms: number): string;
}

export const WordsContext = createContext<Words | null>(null);

/** The words of the screen in the chosen language. */
export function useWords(): Words {
  const words = use(WordsContext);
  if (words === null) throw new Error('words asked for outside WordsProvider');
  return words;
}
