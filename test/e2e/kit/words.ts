import type { Language } from '../../../src/shared/domain/text.ts';
import type { WordTable } from '../../../src/shared/locale/table.ts';
import { tables } from '../../../src/shared/locale/tables.ts';

/** The screens are tested in Hong Kong's written Chinese, their default, unless a test says so. */
export const SPOKEN: Language = 'zh-HK';

/** A word of the screens by its key, such as `app.sign-out`; throws where there is none. */
export function word(
  key: string,
  params: Readonly<Record<string, string | number>> = {},
  language: Language = SPOKEN,
): string {
  const dot = key.indexOf('.');
  const table = (tables as Readonly<Record<string, WordTable>>)[key.slice(0, dot)];
  const text = table?.[key.slice(dot + 1)]?.[language];
  if (text === undefined) throw new Error(`no word ${key}`);
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}
