import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { INCOMPLETE_CODES } from '../../../src/main/engine/reports/completeness.ts';
import { reportCsv } from '../../../src/main/engine/reports/csv.ts';
import { reportSite } from '../../../src/main/engine/reports/report-site.ts';
import { DailyReport } from '../../../src/shared/contract/queries.ts';
import { CustodyStep } from '../../../src/shared/domain/goods-steps.ts';
import { INCIDENT_TYPES } from '../../../src/shared/domain/incident.ts';
import { PERSON_CLASSES } from '../../../src/shared/domain/line.ts';
import { LANGUAGES, type Language } from '../../../src/shared/domain/text.ts';
import { report as words } from '../../../src/shared/locale/report.ts';
import { ReasonName } from '../../../src/shared/regime/requirement.ts';
import { kitSite } from '../../kit/kit-site.ts';
import { readCsv } from '../../kit/read-csv.ts';

const site = reportSite(kitSite());
const DAY = '2026-03-08';
const EIGHT = Date.parse(`${DAY}T08:31:00+08:00`);

/** A report with a row for everything that can stand in one. */
const full: DailyReport = DailyReport.parse({
  day: DAY,
  site: 'kit-zone',
  generatedMs: EIGHT,
  version: 2,
  complete: false,
  incompleteBecause: [...INCOMPLETE_CODES],
  firstSeq: 12,
  lastSeq: 3456,
  headHash: 'ab'.repeat(32),
  regimes: [{ id: 'cma-buffer-zone', version: 3 }],
  throughput: PERSON_CLASSES.map((name, n) => ({
    line: (['first', 'second', 'inner'] as const)[n % 3],
    checkpoint: 'first-1',
    lane: 'lane-1',
    direction: (['in', 'out', 'across'] as const)[n % 3],
    hour: n,
    class: name,
    passed: 100 + n,
  })),
  refusals: [...ReasonName.options, 'by-rule'].map((reason, n) => ({
    verdict: n % 2 === 0 ? 'refuse' : 'refer',
    reason,
    count: 10 + n,
    admittedAfter: 1,
    refusedAfter: 2,
    lapsed: 3,
    waiting: 4 + n,
  })),
  incidents: INCIDENT_TYPES.map((type, n) => ({
    type,
    priority: (n % 4) + 1,
    raised: 5,
    resolved: 4,
    late: 1,
  })),
  occupancy: [
    {
      ...{ area: 'loop', peak: 40, peakMs: EIGHT, atStart: 3, atEnd: 5 },
      ...{ entries: 90, exits: 85, corrected: -3 },
    },
    {
      ...{ area: 'san-tin', peak: 0, peakMs: null, atStart: 0, atEnd: 0 },
      ...{ entries: 0, exits: 0, corrected: 0 },
    },
  ],
  custody: {
    open: CustodyStep.options.length,
    rows: CustodyStep.options.map((step, n) => ({
      ...{ consignment: `C-${n}`, item: 'IT-1', enterprise: n === 0 ? null : 'E-1' },
      ...{ step, sinceMs: EIGHT - n * 60_000 },
    })),
  },
  totals: {
    ...{ asked: 1200, passed: 1045, refused: 30, referred: 20 },
    ...{ notTaken: 9, unknown: 2, late: 14, manual: 3 },
  },
});

function rowsOf(language: Language, report = full): string[][] {
  return readCsv(reportCsv(report, site, language).text.slice(1));
}

/** The rows of a section, without its title and its columns. */
function section(rows: string[][], title: string): string[][] {
  const start = rows.findIndex((row) => row.length === 1 && row[0] === title);
  if (start === -1) throw new Error(`no section ${title}`);
  const rest = rows.slice(start + 2);
  const end = rest.findIndex((row) => row.length === 1 && row[0] === '');
  return end === -1 ? rest : rest.slice(0, end);
}

test('the same report gives the same bytes, named by site, day and language, and hashed', () => {
  const later = { ...full, generatedMs: EIGHT + 1 };
  for (const language of LANGUAGES) {
    const file = reportCsv(full, site, language);
    expect(reportCsv(later, site, language)).toEqual(file);
    expect(file.name).toBe(`twoline-kit-zone-${DAY}-${language}.csv`);
    expect(file.sha256).toBe(hash('sha256', Buffer.from(file.text, 'utf8')));
    expect(file.text.startsWith('\uFEFF')).toBe(true);
  }
});

test('every section holds the report’s figures, with names in the place of ids', () => {
  const rows = rowsOf('en');
  expect(rows[0]).toEqual(['Daily report']);
  expect(section(rows, 'Totals of the day').map(([, count]) => Number(count))).toEqual([
    1200, 30, 20, 9, 2, 14, 3, 1045,
  ]);
  expect(section(rows, 'Throughput')[0]).toEqual([
    ...['00:00–01:00', 'First line', 'First', 'Lane 1', 'In', 'Special pass holder', '100'],
  ]);
  const persons = section(rows, 'Throughput').map((row) => Number(row[6]));
  expect(persons).toEqual(full.throughput.map(({ passed }) => passed));
  const lines = section(rows, 'Throughput by line and direction');
  expect(lines.at(-1)).toEqual(['Total', '', '1045']);
  expect(lines.slice(0, -1).reduce((sum, row) => sum + Number(row[2]), 0)).toBe(1045);
  const refusals = section(rows, 'Refusals and referrals');
  expect(refusals[0]).toEqual(['Refuse', 'Permit valid', '10', '1', '2', '3', '4']);
  expect(refusals).toHaveLength(full.refusals.length + 1);
  expect(section(rows, 'Incidents')[0]).toEqual(['Door forced open', 'Urgent', '5', '4', '1']);
  expect(section(rows, 'Occupancy')).toEqual([
    ['The Loop', '40', '08:31', '3', '90', '85', '-3', '5'],
    ['San Tin', '0', '', '0', '0', '0', '0', '0'],
  ]);
});

test('what stood in custody at the end of the day is listed and counted', () => {
  const rows = section(rowsOf('en'), 'In custody at the end of the day');
  expect(rows[0]).toEqual(['C-0', 'IT-1', '', 'Declared', '2026-03-08 08:31:00']);
  expect(rows[2]).toEqual(['C-2', 'IT-1', 'E-1', 'In the zone', '2026-03-08 08:29:00']);
  expect(rows.at(-1)).toEqual(['Open items in all', '6']);
});

test('completeness: what is lacking in words, seqs, head hash, regime', () => {
  const rows = section(rowsOf('en'), 'Completeness');
  expect(rows[0]).toEqual(['Complete', 'No']);
  const because = rows.filter(([item]) => item === 'Not complete because');
  expect(because).toHaveLength(INCOMPLETE_CODES.length);
  expect(rows.slice(-4)).toEqual([
    ['First seq of the journal', '12'],
    ['Last seq of the journal', '3456'],
    ['Chain hash at the last seq', 'ab'.repeat(32)],
    ['Regime and version', 'cma-buffer-zone version 3'],
  ]);
  const done = { ...full, complete: true, incompleteBecause: [], firstSeq: null, headHash: null };
  const complete = section(rowsOf('en', done), 'Completeness');
  expect(complete[0]).toEqual(['Complete', 'Yes']);
  expect(complete[1]).toEqual(['First seq of the journal', 'None']);
});

test.each(LANGUAGES)('no word is missing and no code shows through in %s', (language) => {
  const cells = rowsOf(language).flat();
  const codes = [
    ...PERSON_CLASSES,
    ...INCIDENT_TYPES,
    ...INCOMPLETE_CODES,
    // `escorted` is its own English word.
    ...ReasonName.options.filter((name) => name !== 'escorted'),
    'by-rule',
    'lane-1',
    'first-1',
    'loop',
  ];
  for (const code of codes) expect(cells, code).not.toContain(code);
  for (const cell of cells) expect(cell).not.toMatch(/undefined|\{\{|null/);
  if (language === 'en') return;
  const latin = cells.filter((cell) => /[A-Za-z]{3}/.test(cell));
  expect(latin).toEqual(['ab'.repeat(32), expect.stringContaining('cma-buffer-zone')]);
});

test('every word stands in the three languages, and simplified is not the traditional text', () => {
  for (const [key, text] of Object.entries(words)) {
    for (const language of LANGUAGES) expect(text[language].trim(), key).not.toBe('');
    expect(text['zh-CN'], key).not.toMatch(/[紀錄當區線門號遺過關報資檢閘時與個]/);
  }
});

test('names that would be formulas are written as texts', () => {
  const name = { 'zh-HK': '=1+1', 'zh-CN': '@SUM(A1)', en: '-2+3' };
  const lanes = [{ id: 'lane-1', name }];
  const row = (language: Language) => {
    const { text } = reportCsv(full, { ...site, lanes }, language);
    return readCsv(text.slice(1)).find((cells) => cells[0] === '00:00–01:00')?.[3];
  };
  expect(LANGUAGES.map(row)).toEqual(["'=1+1", "'@SUM(A1)", "'-2+3"]);
});

test('an id without a name stands for itself', () => {
  const bare = { ...site, name: null, areas: [], checkpoints: [], lanes: [] };
  const rows = readCsv(reportCsv(full, bare, 'zh-HK').text.slice(1));
  expect(rows[1]?.[1]).toBe('kit-zone');
  expect(rows.flat()).toContain('lane-1');
});
