import { Line } from '../domain/line.ts';
import type { Language, Text3 } from '../domain/text.ts';
import type { Regime } from '../regime/regime-file.ts';
import type { RegimeRule } from '../regime/regime-shape.ts';
import { domain } from './domain.ts';
import { hkMoment } from './reason-text.ts';
import { settingLines } from './regime-settings.ts';
import { AUTHORITY_WORDS, TABLE_WORDS } from './regime-terms.ts';
import { MARKS, ruleInWords } from './rule-in-words.ts';

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
      ...Line.options.flatMap((line) => {
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
    const at = hkMoment(effectiveFromMs, this.#language);
    const since = this.#say(TABLE_WORDS.from).replace('{{at}}', at);
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
    const { list, open, shut } = this.#marks;
    const words = ruleInWords(this.#regime, rule, this.#language);
    const { cite, classes, oblige, require, text, time, verdict, way } = words;
    return [
      '',
      `${way} · ${classes.join(' / ')} → ${verdict}${time === '' ? '' : open + time + shut}`,
      `  ${text}`,
      require.length === 0
        ? `  ${this.#say(TABLE_WORDS.none)}`
        : `  ${this.#labelled(TABLE_WORDS.all, require.join(list))}`,
      ...(oblige.length === 0
        ? []
        : [`  ${this.#labelled(TABLE_WORDS.starts, oblige.join(list))}`]),
      `  ${this.#labelled(TABLE_WORDS.cite, cite)} [${rule.id}]`,
    ];
  }

  #labelled(label: Text3, text: string): string {
    return `${this.#say(label)}${this.#marks.colon}${text}`;
  }

  #say(text: Text3): string {
    return text[this.#language];
  }

  get #marks() {
    return MARKS[this.#language];
  }
}
