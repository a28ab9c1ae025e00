import { memo, type ReactNode, useMemo } from 'react';
import type { Language } from '../../../shared/domain/text.ts';
import { settingLines } from '../../../shared/locale/regime-settings.ts';
import { AUTHORITY_WORDS } from '../../../shared/locale/regime-terms.ts';
import { ruleInWords, wayWords } from '../../../shared/locale/rule-in-words.ts';
import {
  type HeadPart,
  isSame,
  type RuleDifference,
  type RulePart,
  regimeDifference,
} from '../../../shared/regime/difference.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { RegimeRule, RegimeSettings } from '../../../shared/regime/regime-shape.ts';
import { Badge } from '../../ui/badges.tsx';
import { useWords, type Words } from '../../words/words.ts';

interface Both {
  readonly before: Regime;
  readonly after: Regime;
}

/** One part of a rule in words, each of its items a line. */
function partText(regime: Regime, rule: RegimeRule, part: RulePart, words: Words): string[] {
  const { t, text3, language } = words;
  const said = ruleInWords(regime, rule, language);
  switch (part) {
    case 'line':
      return [t(`domain.line-${rule.line}`)];
    case 'kind':
      return [t(`regime.kind-${rule.kind}`)];
    case 'direction':
      return [text3(wayWords(rule.direction))];
    case 'time':
      return [said.time === '' ? t('regime.time-always') : said.time];
    case 'classes':
      return [...said.classes];
    case 'require':
      return said.require.length === 0 ? [t('regime.no-conditions')] : [...said.require];
    case 'oblige':
      return said.oblige.length === 0 ? [t('regime.nothing')] : [...said.oblige];
    default:
      return [said[part]];
  }
}

const PART_TITLES = {
  line: 'regime.line',
  direction: 'regime.direction',
  kind: 'regime.kind',
  classes: 'regime.class',
  verdict: 'regime.verdict',
  require: 'regime.conditions',
  oblige: 'regime.obligations',
  time: 'regime.time',
  text: 'regime.text',
  cite: 'regime.cite',
} as const satisfies Record<RulePart, string>;

/** Before and after in two columns; what stands in both is dim. */
function BeforeAfter(props: {
  readonly title: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}) {
  const { before, after } = props;
  const lines = (own: readonly string[], other: readonly string[], tag: 'del' | 'ins') => {
    const Tag = tag;
    return (
      <ul>
        {own.map((line) => (
          <li key={line}>
            {other.includes(line) ? <span className="dim">{line}</span> : <Tag>{line}</Tag>}
          </li>
        ))}
      </ul>
    );
  };
  return (
    <tr>
      <th scope="row">{props.title}</th>
      <td>{lines(before, after, 'del')}</td>
      <td>{lines(after, before, 'ins')}</td>
    </tr>
  );
}

function Columns({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const { t } = useWords();
  return (
    <table className="difference-table" aria-label={label}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('regime.before')}</th>
          <th scope="col">{t('regime.after')}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function OneRule({ before, after, of }: Both & { readonly of: RuleDifference }) {
  const words = useWords();
  const { t, language } = words;
  const rule = of.change === 'removed' ? of.before : of.after;
  const said = ruleInWords(of.change === 'removed' ? before : after, rule, language);
  const title = [t(`domain.line-${rule.line}`), said.way, said.classes.join(' / ')].join(' · ');
  return (
    <article className="difference">
      <h3 className="difference-head">
        <Badge tone={of.change === 'changed' ? 'plain' : 'strong'}>
          {t(`regime.change-${of.change}`)}
        </Badge>{' '}
        {title} <span className="id dim small">{rule.id}</span>
      </h3>
      {of.change === 'changed' ? (
        <Columns label={title}>
          {of.parts.map((part) => (
            <BeforeAfter
              key={part}
              title={t(PART_TITLES[part])}
              before={partText(before, of.before, part, words)}
              after={partText(after, of.after, part, words)}
            />
          ))}
        </Columns>
      ) : (
        <p>
          {said.verdict} · {said.text}
        </p>
      )}
    </article>
  );
}

function headText(regime: Regime, part: HeadPart, { dayTime, t, text3 }: Words): string {
  switch (part) {
    case 'title':
    case 'document':
      return text3(regime[part]);
    case 'authorities': {
      if (regime.authorities === undefined) return t('regime.nothing');
      const { first, home } = regime.authorities;
      return [first, home].map((side) => text3(AUTHORITY_WORDS[side])).join(' | ');
    }
    case 'changedBy':
      return t(regime.changedBy === undefined ? 'regime.changed-by-any' : 'regime.changed-by-each');
    default:
      return dayTime(regime.effectiveFromMs);
  }
}

function settingText(settings: RegimeSettings, name: keyof RegimeSettings, language: Language) {
  return settingLines({ [name]: settings[name] }, language);
}

/** What another version changes: head, settings, then rule by rule, before and after in words. */
export const DifferenceView = memo(({ before, after }: Both) => {
  const words = useWords();
  const { t, language } = words;
  const difference = useMemo(() => regimeDifference(before, after), [before, after]);
  const count = (change: RuleDifference['change']) =>
    difference.rules.filter((one) => one.change === change).length;
  if (isSame(difference)) return <p className="dim">{t('regime.changes-none')}</p>;
  const { head, rules, same, settings } = difference;
  return (
    <div className="differences">
      <p role="status">
        {t('regime.changes-count', {
          added: count('added'),
          removed: count('removed'),
          changed: count('changed'),
          same,
        })}
      </p>
      {(head.length > 0 || settings.length > 0) && (
        <Columns label={t('regime.figures')}>
          {head.map((part) => (
            <BeforeAfter
              key={part}
              title={t(`regime.head-${part}`)}
              before={[headText(before, part, words)]}
              after={[headText(after, part, words)]}
            />
          ))}
          {settings.map((name) => (
            <BeforeAfter
              key={name}
              title={t('regime.figures')}
              before={settingText(before.settings, name, language)}
              after={settingText(after.settings, name, language)}
            />
          ))}
        </Columns>
      )}
      {rules.map((of) => {
        const { id } = of.change === 'removed' ? of.before : of.after;
        return <OneRule key={id} before={before} after={after} of={of} />;
      })}
    </div>
  );
});
