import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { LANGUAGES, type Language } from '../../shared/domain/text.ts';
import { makeDictionary, makeWords } from './make-words.ts';
import { WordsContext } from './words.ts';

const STORED_AS = 'twoline.language';

/** The language chosen last on this machine; Hong Kong's written Chinese where none was. */
function storedLanguage(): Language {
  const stored = localStorage.getItem(STORED_AS);
  return LANGUAGES.find((language) => language === stored) ?? 'zh-HK';
}

/** Gives the words to everything below and keeps the page's `lang` in step with them. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(storedLanguage);
  const dictionary = useMemo(makeDictionary, []);
  const words = useMemo(() => makeWords(dictionary, language, setLanguage), [dictionary, language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.t('app.name');
    localStorage.setItem(STORED_AS, language);
  }, [language, words]);
  return (
    <WordsContext value={words}>
      <I18nProvider locale={language}>{children}</I18nProvider>
    </WordsContext>
  );
}
