import { hash } from 'node:crypto';
import type { DailyReport } from '../../../shared/contract/queries.ts';
import { Direction, Line } from '../../../shared/domain/line.ts';
import type { Language, Text3 } from '../../../shared/domain/text.ts';
import { type Cell, csvText } from '../../../shared/lib/csv-text.ts';
import { hkDayTime, hkTime } from '../../../shared/lib/hk-time.ts';
import { domain } from '../../../shared/locale/domain.ts';
import { REQUIREMENT_NAMES } from '../../../shared/locale/regime.ts';
import { report as words } from '../../../shared/locale/report.ts';
import type { ReportSite } from './report-site.ts';

export interface ReportFile {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

type Row = readonly Cell[];
type Word = keyof typeof words;

/**
 * The report as a spreadsheet in one language. The same report gives the same bytes: the moment it
 * was made is left out.
 */
export function reportCsv(report: DailyReport, site: ReportSite, language: Language): ReportFile {
  const speak = speaker(site, language);
  const text = csvText([
    ...head(report, speak),
    ...totals(report, speak),
    ...byLine(report, speak),
    ...throughput(report, speak),
    ...refusals(report, speak),
    ...incidents(report, speak),
    ...occupancy(report, speak),
    ...custody(report, speak),
    ...completeness(report, speak),
  ]);
  const where = report.site.replaceAll(/[^A-Za-z0-9-]/g, '-');
  const name = `twoline-${where}-${report.day}-${language}.csv`;
  return { name, text, sha256: hash('sha256', text) };
}

/** Words and names in one language; an id that has no name stands for itself. */
function speaker(site: ReportSite, language: Language) {
  const names = (list: ReportSite['areas']) => {
    const byId = new Map(list.map(({ id, name }) => [id, name[language]]));
    return (id: string): string => byId.get(id) ?? id;
  };
  const known = (table: Readonly<Record<string, Text3>>, key: string, otherwise: string) =>
    Object.hasOwn(table, key) ? (table[key]?.[language] ?? otherwise) : otherwise;
  return {
    say: (word: Word): string => words[word][language],
    heads: (...list: Word[]): Row => list.map((word) => words[word][language]),
    term: (kind: string, value: string | number) => known(domain, `${kind}-${value}`, `${value}`),
    requirement: (name: string) =>
      name === 'by-rule' ? words[name][language] : known(REQUIREMENT_NAMES, name, name),
    because: (code: string) => known(words, `because-${code}`, code),
    regime: (id: string, version: number) =>
      words['regime-version'][language]
        .replace('{{id}}', () => id)
        .replace('{{version}}', String(version)),
    siteName: site.name?.[language] ?? site.id,
    area: names(site.areas),
    checkpoint: names(site.checkpoints),
    lane: names(site.lanes),
  };
}

type Speaker = ReturnType<typeof speaker>;

/** A section: an empty row, its title, its columns, its rows. */
function section(say: Speaker, title: Word, columns: Word[], rows: readonly Row[]): Row[] {
  return [[], [say.say(title)], say.heads(...columns), ...rows];
}

function yesNo(report: DailyReport, { say }: Speaker): string {
  return say(report.complete ? 'yes' : 'no');
}

function head(report: DailyReport, speak: Speaker): Row[] {
  return [
    [speak.say('title')],
    [speak.say('site'), speak.siteName],
    [speak.say('day'), report.day],
    [speak.say('version'), report.version],
    [speak.say('complete'), yesNo(report, speak)],
  ];
}

function totals(report: DailyReport, speak: Speaker): Row[] {
  const { asked, passed, refused, referred, notTaken, unknown, late, manual } = report.totals;
  return section(
    speak,
    'totals',
    ['item', 'count'],
    [
      [speak.say('asked'), asked],
      [speak.say('refused'), refused],
      [speak.say('referred'), referred],
      [speak.say('not-taken'), notTaken],
      [speak.say('unknown'), unknown],
      [speak.say('late'), late],
      [speak.say('manual'), manual],
      [speak.say('passed'), passed],
    ],
  );
}

function byLine(report: DailyReport, speak: Speaker): Row[] {
  const sums = new Map<string, { line: string; direction: string; passed: number }>();
  for (const { line, direction, passed } of report.throughput) {
    const sum = sums.get(`${line}/${direction}`) ?? { line, direction, passed: 0 };
    sums.set(`${line}/${direction}`, { ...sum, passed: sum.passed + passed });
  }
  const rows = Line.options.flatMap((line) =>
    Direction.options.flatMap((direction) => sums.get(`${line}/${direction}`) ?? []),
  );
  return section(
    speak,
    'by-line',
    ['line', 'direction', 'persons'],
    [
      ...rows.map((row) => [
        speak.term('line', row.line),
        speak.term('direction', row.direction),
        row.passed,
      ]),
      [speak.say('total'), '', report.totals.passed],
    ],
  );
}

function hourText(hour: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(hour)}:00–${two(hour + 1)}:00`;
}

function throughput(report: DailyReport, speak: Speaker): Row[] {
  const columns: Word[] = ['hour', 'line', 'checkpoint', 'lane', 'direction', 'class', 'persons'];
  return section(
    speak,
    'throughput',
    columns,
    report.throughput.map((row) => [
      hourText(row.hour),
      speak.term('line', row.line),
      speak.checkpoint(row.checkpoint),
      speak.lane(row.lane),
      speak.term('direction', row.direction),
      speak.term('class', row.class),
      row.passed,
    ]),
  );
}

function refusals(report: DailyReport, speak: Speaker): Row[] {
  const columns: Word[] = [
    ...(['verdict', 'reason', 'count', 'admitted-after', 'refused-after'] as const),
    ...(['lapsed', 'waiting'] as const),
  ];
  const rows = report.refusals.map((row) => [
    speak.term('verdict', row.verdict),
    speak.requirement(row.reason),
    row.count,
    row.admittedAfter,
    row.refusedAfter,
    row.lapsed,
    row.waiting,
  ]);
  return [...section(speak, 'refusals', columns, rows), [speak.say('refusals-note')]];
}

function incidents(report: DailyReport, speak: Speaker): Row[] {
  return section(
    speak,
    'incidents',
    ['type', 'priority', 'raised', 'resolved', 'raised-late'],
    report.incidents.map((row) => [
      speak.term('incident', row.type),
      speak.term('priority', row.priority),
      row.raised,
      row.resolved,
      row.late,
    ]),
  );
}

function occupancy(report: DailyReport, speak: Speaker): Row[] {
  const columns: Word[] = [
    ...(['area', 'peak', 'peak-time', 'at-start', 'entries', 'exits'] as const),
    ...(['corrected', 'at-end'] as const),
  ];
  const rows = report.occupancy.map((row) => [
    speak.area(row.area),
    row.peak,
    row.peakMs === null ? '' : hkTime(row.peakMs).slice(0, 5),
    row.atStart,
    row.entries,
    row.exits,
    row.corrected,
    row.atEnd,
  ]);
  return section(speak, 'occupancy', columns, rows);
}

/** Things that must come out, be used or be destroyed, and stood open when the day ended. */
function custody({ custody: { open, rows } }: DailyReport, speak: Speaker): Row[] {
  const listed = rows.map((row) => [
    row.consignment,
    row.item,
    row.enterprise ?? '',
    speak.term('custody', row.step),
    hkDayTime(row.sinceMs),
  ]);
  const columns: Word[] = ['consignment', 'item-followed', 'enterprise', 'custody-step', 'since'];
  return [...section(speak, 'custody', columns, listed), [speak.say('custody-open'), open]];
}

function completeness(report: DailyReport, speak: Speaker): Row[] {
  const none = speak.say('none');
  return section(
    speak,
    'completeness',
    ['item', 'value'],
    [
      [speak.say('complete'), yesNo(report, speak)],
      ...report.incompleteBecause.map((code) => [speak.say('because'), speak.because(code)]),
      [speak.say('first-seq'), report.firstSeq ?? none],
      [speak.say('last-seq'), report.lastSeq ?? none],
      [speak.say('head-hash'), report.headHash ?? none],
      ...report.regimes.map(({ id, version }) => [speak.say('regime'), speak.regime(id, version)]),
    ],
  );
}
