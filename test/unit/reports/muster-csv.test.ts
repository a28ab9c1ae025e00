import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { MusterRoll, RollPerson } from '../../../src/main/engine/projections/muster-roll.ts';
import { musterCsv } from '../../../src/main/engine/reports/muster-csv.ts';
import { reportSite } from '../../../src/main/engine/reports/report-site.ts';
import { LANGUAGES } from '../../../src/shared/domain/text.ts';
import { musterFile as words } from '../../../src/shared/locale/muster-file.ts';
import { kitSite } from '../../kit/kit-site.ts';
import { readCsv } from '../../kit/read-csv.ts';

const site = reportSite(kitSite());
const nowMs = Date.parse('2026-03-02T10:30:00+08:00');
const minute = (n: number) => nowMs - 600_000 + n * 60_000;

function person(n: number, more: Partial<RollPerson> = {}): RollPerson {
  const place = 'loop' as RollPerson['place'];
  const unmarked = { markedMs: null, reader: null, markedBy: null };
  return { person: `P-${n}`, place, now: place, unsure: false, ...unmarked, ...more };
}

const persons: readonly RollPerson[] = [
  person(1, { markedMs: minute(5), reader: 'point-a' }),
  person(4, { place: null, now: 'beyond-first', markedMs: minute(2), markedBy: 'wong' }),
  person(10),
  person(2, { unsure: true }),
  person(3, { markedMs: minute(1), markedBy: 'wong' }),
];
const roll: MusterRoll = {
  muster: {
    ...{ key: 9, muster: 'M1-9', area: 'loop', why: 'evacuation', reason: 'T1-8' },
    ...{ begun_ms: minute(0), begun_by: 'lee', ended_ms: null, ended_by: null },
    ...{ listed: 4, anonymous: 3, marked: 2, unlisted: 1 },
  },
  persons,
  cut: false,
};
const names = new Map([
  ['P-2', { nameZh: '陳大文', nameEn: 'Chan Tai Man', employer: '=Works Ltd' }],
]);

test('the missing first, with names; who was not listed; who is here, as they came', () => {
  const file = musterCsv(roll, names, site, { language: 'en', nowMs });
  expect(file.name).toBe('twoline-muster-M1-9-2026-03-02-10-30-00-en.csv');
  expect(file.sha256).toBe(hash('sha256', file.text));
  const rows = readCsv(file.text.slice(1));
  const of = (first: string) => rows.find((row) => row[0] === first)?.slice(1);
  expect(of('Where')).toEqual(['The Loop']);
  expect(of('Why')).toEqual(['Evacuation']);
  expect(of('Begun (Hong Kong time)')).toEqual(['2026-03-02 10:20:00', 'lee']);
  expect(of('Ended')).toEqual(['Under way']);
  expect(of('Inside, name not known')).toEqual(['3']);
  expect(of('On the list')).toEqual(['4']);
  const heads = rows.findIndex((row) => row[0] === 'State');
  const [, ...list] = rows.slice(heads);
  const sure = ['Yes', 'Not certain'];
  const missing = ['Missing', 'P-2', '陳大文', 'Chan Tai Man', "'=Works Ltd", 'The Loop'];
  expect(list).toEqual([
    [...missing, 'The Loop', sure[1], '', '', ''],
    ['Missing', 'P-10', '', '', '', 'The Loop', 'The Loop', sure[0], '', '', ''],
    [
      ...['Not on the list', 'P-4', '', '', '', '', 'Beyond the first line', sure[0]],
      ...['2026-03-02 10:22:00', '', 'wong'],
    ],
    [
      ...['Present', 'P-3', '', '', '', 'The Loop', 'The Loop', sure[0]],
      ...['2026-03-02 10:21:00', '', 'wong'],
    ],
    [
      ...['Present', 'P-1', '', '', '', 'The Loop', 'The Loop', sure[0]],
      ...['2026-03-02 10:25:00', 'point-a', ''],
    ],
  ]);
});

test.each(LANGUAGES)('in %s it says of what it is, and what is left out', (language) => {
  const muster = { ...roll.muster, area: null, ended_ms: nowMs, ended_by: 'lee' };
  const { text } = musterCsv({ ...roll, muster, cut: true }, names, site, { language, nowMs });
  const said = readCsv(text.slice(1)).flat();
  for (const word of ['title', 'whole-zone', 'cut', 'missing', 'why-evacuation'] as const) {
    expect(said).toContain(words[word][language]);
  }
  expect(said).not.toContain(words['not-ended'][language]);
});
