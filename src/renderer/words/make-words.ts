import { createInstance, type i18n } from 'i18next';
import { LANGUAGES, type Language } from '../../shared/domain/text.ts';
import { hkDayTime, hkTime } from '../../shared/lib/hk-time.ts';
import type { WordTable } from '../../shared/locale/table.ts';
import { tables, type WordKey } from '../../shared/locale/tables.ts';
import type { WordParams, Words } from './words.ts';

/** The word tables turned into i18next's resources: language → area → key → text. */
function resources(): Record<string, Record<string, Record<string, string>>> {
  const made: Record<string, Record<string, Record<string, string>>> = {};
  for (const language of LANGUAGES) {
    const areas: Record<string, Record<string, string>> = {};
    for (const [area, table] of Object.entries<WordTable>(tables)) {
      areas[area] = Object.fromEntries(
        Object.entries(table).map(([key, text]) => [key, text[language]]),
      );
    }
    made[language] = areas;
  }
  return made;
}

/** An i18next of our own tables, ready at once: nothing is fetched. */
export function makeDictionary(): i18n {
  const dictionary = createInstance();
  void dictionary.init({
    lng: 'zh-HK',
    fallbackLng: false,
    supportedLngs: [...LANGUAGES],
    ns: Object.keys(tables),
    resources: resources(),
    nsSeparator: '.',
    keySeparator: false,
    initAsync: false,
    // React escapes by itself; escaping twice would show entities.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return dictionary;
}

const MINUTE_S = 60;
const HOUR_S = 3_600;

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** `00:42`, `1:03:12`. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(seconds / HOUR_S);
  const minutes = Math.floor((seconds % HOUR_S) / MINUTE_S);
  const rest = `${two(minutes)}:${two(seconds % MINUTE_S)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** The words of one language. `dictionary` comes from makeDictionary. */
export function makeWords(
  dictionary: i18n,
  language: Language,
  setLanguage: (language: Language) => void,
): Words {
  const fixed = dictionary.getFixedT(language);
  const t = (key: WordKey, params?: WordParams): string => fixed(key, { ...params });
  const numbers = new Intl.NumberFormat('en-HK');
  return {
    language,
    setLanguage,
    t,
    text3: (text) => text[language],
    time: hkTime,
    minute: (ms) => hkTime(ms).slice(0, 5),
    dayTime: hkDayTime,
    number: (n) => numbers.format(n),
    percent: (share) => `${numbers.format(Math.round(share * 1_000) / 10)} %`,
    span: spanText,
    ago: (ms) => {
      const seconds = Math.max(0, Math.floor(ms / 1_000));
      if (seconds < MINUTE_S) return t('app.ago-seconds', { n: seconds });
      if (seconds < HOUR_S) return t('app.ago-minutes', { n: Math.floor(seconds / MINUTE_S) });
      return t('app.ago-hours', { n: Math.floor(seconds / HOUR_S) });
    },
  };
}
