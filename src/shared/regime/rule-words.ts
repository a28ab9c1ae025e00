import { LANGUAGES, type Text3 } from '../domain/text.ts';
import type { Regime } from './regime-file.ts';
import { PROJECTS_CHOICE, type RegimeRule } from './regime-shape.ts';

/** A rule as screens and reports show it: its text, and the clause that it follows. */
export interface RuleWords {
  readonly id: string;
  readonly text: Text3;
  readonly cite: Text3;
}

const OWN: Text3 = { 'zh-HK': '本項目自定', 'zh-CN': '本项目自定', en: "project's choice" };
const BETWEEN: Text3 = { 'zh-HK': '，', 'zh-CN': '，', en: ', ' };

/** The clause in three languages: document and part, or that the project chose it. */
export function citeWords(regime: Regime, rule: RegimeRule): Text3 {
  if (rule.cite === PROJECTS_CHOICE) return OWN;
  const { part, document = regime.document } = rule.cite;
  const words = { ...OWN };
  for (const language of LANGUAGES) {
    words[language] = document[language] + BETWEEN[language] + part[language];
  }
  return words;
}

/** Every rule of a regime in words, in the file's order. */
export function ruleWords(regime: Regime): RuleWords[] {
  return regime.rules.map((rule) => ({
    id: rule.id,
    text: rule.text,
    cite: citeWords(regime, rule),
  }));
}
