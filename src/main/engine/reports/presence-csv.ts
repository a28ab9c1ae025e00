import { hash } from 'node:crypto';
import type { PresenceLedger } from '../../../shared/contract/queries.ts';
import type { FactValue } from '../../../shared/domain/correction.ts';
import type { Language } from '../../../shared/domain/text.ts';
import { type Cell, csvText } from '../../../shared/lib/csv-text.ts';
import { hkDay, hkDayTime } from '../../../shared/lib/hk-time.ts';
import { ledger as ledgerWords } from '../../../shared/locale/ledger.ts';
import { presence as words } from '../../../shared/locale/presence.ts';
import { type DayRange, dayText, yearOfAssessment } from '../../../shared/presence/calendar.ts';
import { countsAs, type PresenceWhere } from '../../../shared/presence/counted.ts';
import {
  presenceEvidence,
  type RuleEvidence,
  sourcesByDay,
} from '../../../shared/presence/statement.ts';
import { type Span, staysOf } from '../../../shared/presence/stays.ts';
import type { ReportFile } from './csv.ts';
import type { ReportSite } from './report-site.ts';

type Row = readonly Cell[];
type Say = (word: keyof typeof words) => string;

export interface PresenceFile {
  readonly where: PresenceWhere;
  readonly language: Language;
}

/**
 * A person's presence as a spreadsheet in one language: every way of counting side by side, each
 * day with the crossings that it stands on, and every time that is not known. The same ledger gives
 * the same bytes.
 */
export function presenceCsv(
  ledger: PresenceLedger,
  site: ReportSite,
  { where, language }: PresenceFile,
): ReportFile {
  const say: Say = (word) => words[word][language];
  const spans = staysOf(ledger.moves, countsAs(where), ledger.nowMs);
  const evidence = presenceEvidence(spans, ledger.permits);
  const text = csvText([
    [say('title')],
    [say('not-decision')],
    [site.name?.[language] ?? site.id],
    [say('person'), ledger.person],
    [say('until'), hkDayTime(ledger.nowMs)],
    [say('where'), say(`where-${where}`)],
    ...(ledger.cut ? [[say('cut')]] : []),
    ...yearRows(evidence, say),
    ...testRows(evidence, say),
    ...residenceRows(evidence, say),
    ...gapRows(spans, say),
    ...correctedRows(ledger, language),
    ...dayRows(evidence, spans, say),
  ]);
  const day = hkDay(ledger.nowMs);
  const name = `twoline-presence-${ledger.person}-${day}-${language}.csv`.replaceAll(/[/:]/g, '-');
  return { name, text, sha256: hash('sha256', text) };
}

/** Facts that two persons put right: what was recorded, what counts, and who said so. */
function correctedRows({ corrections }: PresenceLedger, language: Language): Row[] {
  if (corrections.length === 0) return [];
  const say = (word: keyof typeof ledgerWords) => ledgerWords[word][language];
  const value = (of: FactValue) => {
    if (typeof of === 'number') return hkDayTime(of);
    const word = `value-${of}`;
    return word in ledgerWords ? say(word as keyof typeof ledgerWords) : of;
  };
  const heads = ['crossing', 'column-fact', 'column-before', 'column-after'] as const;
  return [
    [],
    [say('corrections-list')],
    [...heads.map(say), say('column-asked'), say('column-settled')],
    ...corrections.map(({ after, askedBy, before, crossing, fact, settled }) => [
      ...[crossing, say(`fact-${fact}`), value(before), value(after)],
      ...[askedBy ?? '', settled?.by ?? ''],
    ]),
  ];
}

const dates = ({ from, to }: DayRange): [string, string] => [dayText(from), dayText(to)];

/** Two columns to each rule: days that are sure, and days that are not known. */
function ruleHeads(evidence: readonly RuleEvidence[], say: Say): string[] {
  return evidence.flatMap(({ rule }) => {
    const name = say(`rule-${rule}`);
    return [`${name}: ${say('present')}`, `${name}: ${say('unknown')}`];
  });
}

function yearRows(evidence: readonly RuleEvidence[], say: Say): Row[] {
  const years = evidence[0]?.years ?? [];
  const counts = (of: (rule: RuleEvidence) => { present: number; unknown: number }) =>
    evidence.flatMap((rule) => [of(rule).present, of(rule).unknown]);
  const none = { present: 0, unknown: 0 };
  return [
    [],
    [say('year'), '', ...ruleHeads(evidence, say)],
    ...years.map(({ year }, i) => [
      ...dates(yearOfAssessment(year)),
      ...counts((rule) => rule.years[i]?.days ?? none),
    ]),
    [say('total'), '', ...counts((rule) => rule.total)],
  ];
}

function testRows(evidence: readonly RuleEvidence[], say: Say): Row[] {
  const heads = [say('rule'), say('test'), say('from-to'), '', say('present'), say('unknown')];
  const rows = evidence.flatMap(({ rule, years }) =>
    years.flatMap(({ tests }) =>
      tests.map(({ test, range, days, answer }) => [
        ...[say(`rule-${rule}`), say(`test-${test}`), ...dates(range)],
        ...[days.present, days.unknown, say(`answer-${answer}`)],
      ]),
    ),
  );
  return [[], [say('tests')], heads, ...rows];
}

function residenceRows(evidence: readonly RuleEvidence[], say: Say): Row[] {
  const rows = evidence.flatMap(({ rule, residence }): Row[] => {
    const { span, length, absences, shortAbsences, permitMonths } = residence;
    if (span === null) return [[say(`rule-${rule}`), say('none')]];
    const { years, months, days } = length;
    return [
      [say(`rule-${rule}`), say('span'), ...dates(span), `${years}-${months}-${days}`],
      ...absences.map((absence) => [
        ...['', say(absence.overSixMonths ? 'over-six-months' : 'absences')],
        ...[...dates(absence), absence.days, absence.unknown],
      ]),
      ['', say('short-absences'), shortAbsences],
      ['', say('permit-months'), permitMonths.length, permitMonths.join(' ')],
    ];
  });
  return [[], [say('residence')], ...rows];
}

function gapRows(spans: readonly Span[], say: Say): Row[] {
  const gaps = spans.flatMap(({ fromMs, toMs, cause, sources }) =>
    cause === null
      ? []
      : [[hkDayTime(fromMs), hkDayTime(toMs), say(`cause-${cause}`), sources.join(' ')]],
  );
  return [[], [say('gaps')], [say('from-to'), '', say('why'), say('crossings')], ...gaps];
}

function dayRows(evidence: readonly RuleEvidence[], spans: readonly Span[], say: Say): Row[] {
  const days = new Set(evidence.flatMap(({ marks }) => [...marks.keys()]));
  const sources = sourcesByDay(spans);
  const rows = [...days]
    .sort((a, b) => a - b)
    .map((day): Row => {
      const marks = evidence.map(({ marks: all }) => {
        const mark = all.get(day);
        return mark === undefined ? '' : say(mark);
      });
      return [dayText(day), ...marks, (sources.get(day) ?? []).join(' ')];
    });
  const heads = [say('day'), ...evidence.map(({ rule }) => say(`rule-${rule}`)), say('crossings')];
  return [[], [say('days')], heads, ...rows];
}
