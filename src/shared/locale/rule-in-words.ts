import type { Direction } from '../domain/line.ts';
import type { Language, Text3 } from '../domain/text.ts';
import { defaultVerdict } from '../regime/default-verdict.ts';
import type { Regime } from '../regime/regime-file.ts';
import type { RegimeRule, WrittenRule } from '../regime/regime-shape.ts';
import { citeWords } from '../regime/rule-words.ts';
import { domain } from './domain.ts';
import { hkMoment } from './reason-text.ts';
import { REQUIREMENT_NAMES } from './regime.ts';
import {
  AUTHORITY_WORDS,
  GOODS_CLASS_WORDS,
  OBLIGATION_NAMES,
  TABLE_WORDS,
} from './regime-terms.ts';

/** Brackets, separators and the like, as each script writes them. */
interface Marks {
  readonly list: string;
  readonly comma: string;
  readonly space: string;
  readonly colon: string;
  readonly open: string;
  readonly shut: string;
}
const CHINESE: Marks = { list: '；', comma: '，', space: '', colon: '：', open: '（', shut: '）' };
export const MARKS: Readonly<Record<Language, Marks>> = {
  'zh-HK': CHINESE,
  'zh-CN': CHINESE,
  en: { list: '; ', comma: ', ', space: ' ', colon: ': ', open: ' (', shut: ')' },
};

/** A rule of a decision table in one language, part by part. */
export interface RuleInWords {
  /** In, out, both, or across an inner passage. */
  readonly way: string;
  readonly classes: readonly string[];
  readonly verdict: string;
  /** From when and until when it counts; '' where that is the regime's own time. */
  readonly time: string;
  readonly text: string;
  /** Each condition, with what follows where it fails. */
  readonly require: readonly string[];
  readonly oblige: readonly string[];
  readonly cite: string;
}

export function ruleInWords(regime: Regime, rule: RegimeRule, language: Language): RuleInWords {
  const say = (text: Text3) => text[language];
  return {
    way: wayWords(rule.direction)[language],
    classes: rule.classes.map((name) => say(classWords(name))),
    verdict: say(domain[`verdict-${rule.then}`]),
    time: timeWords(rule, language),
    text: say(rule.text),
    require: rule.require.map((one) => requirementWords(one, rule, language)),
    oblige: rule.oblige.map((one) => obligationWords(one, language)),
    cite: say(citeWords(regime, rule)),
  };
}

export function wayWords(direction: WrittenRule['direction']): Text3 {
  return direction === 'both' ? TABLE_WORDS['in-and-out'] : domain[`direction-${direction}`];
}

export function classWords(name: WrittenRule['classes'][number]): Text3 {
  const goods: Readonly<Record<string, Text3>> = GOODS_CLASS_WORDS;
  const people: Readonly<Record<string, Text3>> = domain;
  return goods[name] ?? people[`class-${name}`] ?? { 'zh-HK': name, 'zh-CN': name, en: name };
}

function requirementWords(
  { is, or = [], else: written }: WrittenRule['require'][number],
  { direction }: RegimeRule,
  language: Language,
): string {
  const say = (text: Text3) => text[language];
  const { open, shut, comma, space } = MARKS[language];
  const either = `${space}${say(TABLE_WORDS['or-else'])}${space}`;
  const names = [is, ...or].map((name) => say(REQUIREMENT_NAMES[name])).join(either);
  const ways: readonly Direction[] = direction === 'both' ? ['in', 'out'] : [direction];
  const verdicts = ways.map((way) => written ?? defaultVerdict(is, way));
  const isSame = new Set(verdicts).size === 1;
  const otherwise = verdicts.map((verdict, n) => {
    const words = say(domain[`verdict-${verdict}`]);
    return isSame ? words : say(domain[`direction-${ways[n] ?? 'in'}`]) + space + words;
  });
  const notes = [say(TABLE_WORDS.otherwise) + space + [...new Set(otherwise)].join(comma)];
  if (is === 'permit-valid' && ways.includes('out')) notes.push(say(TABLE_WORDS.overstay));
  return `${names}${open}${notes.join(comma)}${shut}`;
}

function obligationWords(one: WrittenRule['oblige'][number], language: Language): string {
  if (typeof one === 'string') return OBLIGATION_NAMES[one][language];
  const { open, shut } = MARKS[language];
  const authority = AUTHORITY_WORDS[one.authority][language];
  return `${OBLIGATION_NAMES[one.is][language]}${open}${authority}${shut}`;
}

function timeWords({ fromMs, toMs }: RegimeRule, language: Language): string {
  const parts = [];
  const at = (words: Text3, ms: number) =>
    words[language].replace('{{at}}', hkMoment(ms, language));
  if (Number.isFinite(fromMs)) parts.push(at(TABLE_WORDS.from, fromMs));
  if (Number.isFinite(toMs)) parts.push(at(TABLE_WORDS.to, toMs));
  return parts.join(MARKS[language].list);
}
