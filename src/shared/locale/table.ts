import type { Text3 } from '../domain/text.ts';

/**
 * A word table: all three languages of a word stand side by side, so that none can be missing. Keys
 * ending in `_one` and `_other` are forms of one word by number (Chinese uses `_other` for all).
 */
export type WordTable = Readonly<Record<string, Text3>>;

/** One word in its three languages; keeps tables short enough to read. */
export function w(hk: string, cn: string, en: string): Text3 {
  return { 'zh-HK': hk, 'zh-CN': cn, en };
}
