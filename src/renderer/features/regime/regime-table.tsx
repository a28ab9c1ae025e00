import { memo, useMemo, useState } from 'react';
import { Direction, Line, SubjectKind } from '../../../shared/domain/line.ts';
import { settingLines } from '../../../shared/locale/regime-settings.ts';
import { classWords, ruleInWords } from '../../../shared/locale/rule-in-words.ts';
import type { Regime } from '../../../shared/regime/regime-file.ts';
import type { RegimeRule } from '../../../shared/regime/regime-shape.ts';
import { Badge, Marked } from '../../ui/badges.tsx';
import { Select } from '../../ui/fields.tsx';
import { Section } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import {
  ALL_RULES,
  classesOf,
  groupRules,
  type RuleFilter,
  type RuleGroup,
} from './rule-groups.ts';

function Filter(props: {
  readonly regime: Regime;
  readonly filter: RuleFilter;
  readonly onChange: (filter: RuleFilter) => void;
}) {
  const { t, text3 } = useWords();
  const { regime, filter, onChange } = props;
  const any = { value: '', text: t('regime.any') };
  const lines = Line.options.filter((line) => regime.rules.some((rule) => rule.line === line));
  return (
    <search className="rule-filter">
      <Select
        label={t('regime.line')}
        value={filter.line}
        choices={[any, ...lines.map((value) => ({ value, text: t(`domain.line-${value}`) }))]}
        onChange={(line) => onChange({ ...filter, line })}
      />
      <Select
        label={t('regime.direction')}
        value={filter.direction}
        choices={[
          any,
          ...Direction.options.map((value) => ({ value, text: t(`domain.direction-${value}`) })),
        ]}
        onChange={(direction) => onChange({ ...filter, direction })}
      />
      <Select
        label={t('regime.kind')}
        value={filter.kind}
        choices={[
          any,
          ...SubjectKind.options.map((value) => ({ value, text: t(`regime.kind-${value}`) })),
        ]}
        onChange={(kind) => onChange({ ...filter, kind, class: '' })}
      />
      <Select
        label={t('regime.class')}
        value={filter.class}
        choices={[
          any,
          ...classesOf(regime.rules, filter.kind).map((value) => {
            return { value, text: text3(classWords(value)) };
          }),
        ]}
        onChange={(name) => onChange({ ...filter, class: name })}
      />
    </search>
  );
}

/** What a rule asks for, what follows, and by which clause. */
function RuleText({ regime, rule }: { readonly regime: Regime; readonly rule: RegimeRule }) {
  const { t, language } = useWords();
  const words = ruleInWords(regime, rule, language);
  return (
    <>
      <p className="high">{words.text}</p>
      {words.time !== '' && (
        <Marked tone="p3" line>
          {words.time}
        </Marked>
      )}
      {words.require.length === 0 ? (
        <p className="dim">{t('regime.no-conditions')}</p>
      ) : (
        <div className="rule-list">
          <span className="dim">{t('regime.conditions')}</span>
          <ul>
            {words.require.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      {words.oblige.length > 0 && (
        <div className="rule-list">
          <span className="dim">{t('regime.obligations')}</span>
          <ul>
            {words.oblige.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      <p className="dim small">
        <cite>{`${t('regime.cite')} · ${words.cite}`}</cite> <span className="id">{rule.id}</span>
      </p>
    </>
  );
}

function Group({ regime, group }: { readonly regime: Regime; readonly group: RuleGroup }) {
  const { t, language } = useWords();
  const title = `${t(`domain.line-${group.line}`)} · ${t(`regime.kind-${group.kind}`)}`;
  return (
    <Section title={title}>
      <table className="rule-table" aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('regime.direction')}</th>
            <th scope="col">{t('regime.class')}</th>
            <th scope="col">{`${t('regime.verdict')} (${t('regime.verdict-if')})`}</th>
            <th scope="col">{t('regime.rule')}</th>
          </tr>
        </thead>
        <tbody>
          {group.rules.map((rule) => {
            const words = ruleInWords(regime, rule, language);
            return (
              <tr key={rule.id}>
                <td>{words.way}</td>
                <td>
                  <ul>
                    {words.classes.map((name) => (
                      <li key={name}>{name}</li>
                    ))}
                  </ul>
                </td>
                <td>
                  <Badge tone={rule.then === 'admit' ? 'plain' : 'strong'}>{words.verdict}</Badge>
                </td>
                <td>
                  <RuleText regime={regime} rule={rule} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

/** A version's whole decision table in plain words, narrowed by what is looked for. */
export const RegimeTable = memo(({ regime }: { readonly regime: Regime }) => {
  const { t, language } = useWords();
  const [filter, setFilter] = useState(ALL_RULES);
  const groups = useMemo(() => groupRules(regime.rules, filter), [regime, filter]);
  const shown = groups.reduce((n, group) => n + group.rules.length, 0);
  const figures = settingLines(regime.settings, language);
  return (
    <div className="regime-table">
      <Filter regime={regime} filter={filter} onChange={setFilter} />
      <p className="dim small" role="status">
        {t('regime.shown', { n: shown, all: regime.rules.length })}
      </p>
      {groups.length === 0 && <Empty>{t('regime.none-shown')}</Empty>}
      {groups.map((group) => (
        <Group key={`${group.line}/${group.kind}`} regime={regime} group={group} />
      ))}
      {figures.length > 0 && (
        <Section title={t('regime.figures')}>
          <ul className="plain-list">
            {figures.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
});
