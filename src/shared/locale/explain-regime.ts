import type { Direction } from '../domain/line.ts';
import type { Language, Text3 } from '../domain/text.ts';
import { defaultVerdict } from '../regime/default-verdict.ts';
import type { Regime } from '../regime/regime-file.ts';
import type { RegimeRule, WrittenRule } from '../regime/regime-shape.ts';
import { citeWords } from '../regime/rule-words.ts';
import { domain } from './domain.ts';
import { hkMoment } from './reason-text.ts';
import { REQUIREMENT_NAMES } from './regime.ts';
import { settingLines } from './regime-settings.ts';
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
const MARKS: Readonly<Record<Language, Marks>> = {
  'zh-HK': CHINESE,
  'zh-CN': CHINESE,
  en: { list: '; ', comma: ', ', space: ' ', colon: ': ', open: ' (', shut: ')' },
};

/** A regime's decision table in plain words, as lines: what an officer can read it by. */
export function explainRegime(regime: Regime, language: Language): string[] {
  return new Explainer(regime, language).lines();
}

class Explainer {
  readonly #regime: Regime;
  readonly #language: Language;

  constructor(regime: Regime, language: Language) {
    this.#regime = regime;
    this.#language = language;
  }

  lines(): string[] {
    const { rules, settings } = this.#regime;
    const figures = settingLines(settings, this.#language);
    return [
      ...this.#heading(),
      ...(['first', 'second', 'inner'] as const).flatMap((line) => {
        const ofLine = rules.filter((rule) => rule.line === line);
        if (ofLine.length === 0) return [];
        const title = this.#say(domain[`line-${line}`]);
        return ['', `== ${title} ==`, ...ofLine.flatMap((rule) => this.#rule(rule))];
      }),
      ...(figures.length === 0 ? [] : ['', `== ${this.#say(TABLE_WORDS.settings)} ==`, ...figures]),
    ];
  }

  #heading(): string[] {
    const { id, version, title, document, authorities, effectiveFromMs } = this.#regime;
    const { list, open, shut } = this.#marks;
    const since = this.#say(TABLE_WORDS.from).replace('{{at}}', this.#moment(effectiveFromMs));
    const number = this.#say(TABLE_WORDS.version).replace('{{n}}', String(version));
    const lines = [
      `${this.#say(title)}${open}${id}${shut}${list}${number}${list}${since}`,
      this.#labelled(TABLE_WORDS.document, this.#say(document)),
    ];
    if (authorities === undefined) return lines;
    const { first, home } = authorities;
    const sides = [AUTHORITY_WORDS[first], AUTHORITY_WORDS[home]].map((side) => this.#say(side));
    const change = this.#regime.changedBy === undefined ? [] : [this.#say(TABLE_WORDS.change)];
    return [...lines, this.#labelled(TABLE_WORDS.sides, sides.join(' | ')), ...change];
  }

  #rule(rule: RegimeRule): string[] {
    const { list } = this.#marks;
    const way =
      rule.direction === 'both' ? TABLE_WORDS['in-and-out'] : domain[`direction-${rule.direction}`];
    const classes = rule.classes.map((name) => this.#say(classWords(name)));
    const verdict = this.#say(domain[`verdict-${rule.then}`]);
    const asked = rule.require.map((one) => this.#requirement(one, rule));
    const clause = this.#say(citeWords(this.#regime, rule));
    const owed = rule.oblige.map((one) => this.#obligation(one));
    return [
      '',
      `${this.#say(way)} · ${classes.join(' / ')} → ${verdict}${this.#time(rule)}`,
      `  ${this.#say(rule.text)}`,
      asked.length === 0
        ? `  ${this.#say(TABLE_WORDS.none)}`
        : `  ${this.#labelled(TABLE_WORDS.all, asked.join(list))}`,
      ...(owed.length === 0 ? [] : [`  ${this.#labelled(TABLE_WORDS.starts, owed.join(list))}`]),
      `  ${this.#labelled(TABLE_WORDS.cite, clause)} [${rule.id}]`,
    ];
  }

  #requirement({ is, or = [], else: written }: WrittenRule['require'][number], rule: RegimeRule) {
    const { open, shut, comma, space } = this.#marks;
    const either = `${space}${this.#say(TABLE_WORDS['or-else'])}${space}`;
    const names = [is, ...or].map((name) => this.#say(REQUIREMENT_NAMES[name])).join(either);
    const ways: readonly Direction[] = rule.direction === 'both' ? ['in', 'out'] : [rule.direction];
    const verdicts = ways.map((way) => written ?? defaultVerdict(is, way));
    const isSame = new Set(verdicts).size === 1;
    const otherwise = verdicts.map((verdict, n) => {
      const words = this.#say(domain[`verdict-${verdict}`]);
      return isSame ? words : this.#say(domain[`direction-${ways[n] ?? 'in'}`]) + space + words;
    });
    const notes = [this.#say(TABLE_WORDS.otherwise) + space + [...new Set(otherwise)].join(comma)];
    if (is === 'permit-valid' && ways.includes('out')) notes.push(this.#say(TABLE_WORDS.overstay));
    return `${names}${open}${notes.join(comma)}${shut}`;
  }

  #obligation(one: WrittenRule['oblige'][number]): string {
    if (typeof one === 'string') return this.#say(OBLIGATION_NAMES[one]);
    const { open, shut } = this.#marks;
    const authority = this.#say(AUTHORITY_WORDS[one.authority]);
    return `${this.#say(OBLIGATION_NAMES[one.is])}${open}${authority}${shut}`;
  }

  #time({ fromMs, toMs }: RegimeRule): string {
    const parts = [];
    if (Number.isFinite(fromMs)) {
      parts.push(this.#say(TABLE_WORDS.from).replace('{{at}}', this.#moment(fromMs)));
    }
    if (Number.isFinite(toMs)) {
      parts.push(this.#say(TABLE_WORDS.to).replace('{{at}}', this.#moment(toMs)));
    }
    const { open, shut, list } = this.#marks;
    return parts.length === 0 ? '' : `${open}${parts.join(list)}${shut}`;
  }

  #labelled(label: Text3, text: string): string {
    return `${this.#say(label)}${this.#marks.colon}${text}`;
  }

  #say(text: Text3): string {
    return text[this.#language];
  }

  #moment(ms: number): string {
    return hkMoment(ms, this.#language);
  }

  get #marks() {
    return MARKS[this.#language];
  }
}

function classWords(name: WrittenRule['classes'][number]): Text3 {
  const goods: Readonly<Record<string, Text3>> = GOODS_CLASS_WORDS;
  const people: Readonly<Record<string, Text3>> = domain;
  return goods[name] ?? people[`class-${name}`] ?? { 'zh-HK': name, 'zh-CN': name, en: name };
}
