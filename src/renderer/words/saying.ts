import { BETWEEN_TEXTS, type Language, type Text3 } from '../../shared/domain/text.ts';
import { sayings } from '../../shared/locale/sayings.ts';

/** What the engine said: our words for it, and what it quotes of somebody else. */
export interface Saying {
  readonly words: string | null;
  /** A message of the system, or the whole text where it is not known here. */
  readonly detail: string | null;
}

const HOLE = /\{\{(\w+)\}\}/g;
const DETAIL = /[：:]?\s*\{\{detail\}\}/;

interface Known {
  readonly pattern: RegExp;
  readonly text: Text3;
}

function patternOf(says: string): RegExp {
  const literal = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const parts = says
    .split(HOLE)
    .map((part, n) => (n % 2 === 1 ? `(?<${part}>.+?)` : literal(part)));
  return new RegExp(`^${parts.join('')}$`, 's');
}

const known: readonly Known[] = Object.values<Text3>(sayings).map((text) => ({
  pattern: patternOf(text.en),
  text,
}));

function find(text: string, language: Language): Saying | null {
  for (const one of known) {
    const found = one.pattern.exec(text);
    if (found === null) continue;
    const { detail = null, ...values } = found.groups ?? {};
    const words = one.text[language]
      .replace(DETAIL, '')
      .replace(HOLE, (_, name: string) => values[name] ?? '');
    return { words, detail };
  }
  return null;
}

/** A text of the engine in a language: what it is known to mean, and what it quotes. */
export function sayingOf(text: string, language: Language): Saying {
  const all = text.split(BETWEEN_TEXTS).map((one) => sayingOfOne(one, language));
  const of = (which: (one: Saying) => string | null) => {
    const parts = all.map(which).filter((part) => part !== null);
    return parts.length === 0 ? null : parts.join(BETWEEN_TEXTS);
  };
  return { words: of(({ words }) => words), detail: of(({ detail }) => detail) };
}

function sayingOfOne(text: string, language: Language): Saying {
  const whole = find(text, language);
  if (whole !== null) return whole;
  // The centre's own message follows ours in brackets.
  const quoted = /^(.+?) \((.*?)\)?$/s.exec(text);
  const first = quoted === null ? null : find(quoted[1] ?? '', language);
  return first === null
    ? { words: null, detail: text }
    : { words: first.words, detail: quoted?.[2] ?? null };
}

/** The same in one line, where no mark-up can stand. */
export function sayingText(text: string, language: Language): string {
  const { words, detail } = sayingOf(text, language);
  return [words, detail].filter((part) => part !== null && part !== '').join(' · ');
}
