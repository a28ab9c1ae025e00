import type { Language } from '../../../src/shared/domain/text.ts';

/** Every ideograph that a national character set can write, from the platform's own decoder. */
function ideographs(encoding: string, first: number, last: number): ReadonlySet<string> {
  const decoder = new TextDecoder(encoding);
  const found = new Set<string>();
  for (let lead = first; lead <= last; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      for (const letter of decoder.decode(Uint8Array.of(lead, trail))) {
        if (/\p{Script=Han}/u.test(letter)) found.add(letter);
      }
    }
  }
  return found;
}

/** GB 2312 lies in rows B0-F7 with trails from A1; what GBK adds to them is not Simplified. */
function simplified(): ReadonlySet<string> {
  const decoder = new TextDecoder('gbk');
  const found = new Set<string>();
  for (let lead = 0xb0; lead <= 0xf7; lead += 1) {
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      for (const letter of decoder.decode(Uint8Array.of(lead, trail))) found.add(letter);
    }
  }
  return found;
}

const written: Readonly<Record<Language, ReadonlySet<string>>> = {
  // Hong Kong's own letter for a desk stands in a supplement that not every decoder has.
  'zh-HK': new Set([...ideographs('big5', 0x87, 0xfe), '枱']),
  'zh-CN': simplified(),
  en: new Set<string>(),
};

/** The Chinese letters of a text that its language does not write, each once. */
export function strangeLetters(text: string, language: Language): readonly string[] {
  const letters = text.match(/\p{Script=Han}/gu) ?? [];
  return [...new Set(letters)].filter((letter) => !written[language].has(letter));
}
