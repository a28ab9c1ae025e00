import type { Language } from '../../../shared/domain/text.ts';

const HK = 'Noto Sans HK Variable';
const SC = 'Noto Sans SC Variable';

/**
 * The families of a language, first choice first. Each lacks letters that the other has, so both
 * are
 * always there and the browser falls back letter by letter.
 */
export function fontsOf(language: Language): readonly string[] {
  return language === 'zh-CN' ? [SC, HK, 'sans-serif'] : [HK, SC, 'sans-serif'];
}

/**
 * Waits until the fonts hold every letter of this text. The fonts come in many small files by
 * letter, and a canvas draws what is there: a letter drawn too early stays in the wrong font.
 */
export async function loadLetters(fonts: readonly string[], text: string): Promise<void> {
  const letters = [...new Set(text)].join('');
  const named = fonts.filter((font) => font !== 'sans-serif');
  await Promise.all(named.map((font) => document.fonts.load(`16px "${font}"`, letters)));
  await document.fonts.ready;
}
