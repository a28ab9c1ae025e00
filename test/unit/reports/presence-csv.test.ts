import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { presenceCsv } from '../../../src/main/engine/reports/presence-csv.ts';
import { reportSite } from '../../../src/main/engine/reports/report-site.ts';
import type { PresenceLedger } from '../../../src/shared/contract/queries.ts';
import type { PermitId, PersonId } from '../../../src/shared/domain/ids.ts';
import { LANGUAGES } from '../../../src/shared/domain/text.ts';
import { presence as words } from '../../../src/shared/locale/presence.ts';
import { kitSite } from '../../kit/kit-site.ts';
import { readCsv } from '../../kit/read-csv.ts';
import { at, moves } from '../presence/ledger.ts';

const site = reportSite(kitSite());
const ledger: PresenceLedger = {
  person: 'P-1' as PersonId,
  nowMs: at('2026-04-03 12:00'),
  moves: moves(
    ...['2026-03-31 20:00 in', '2026-04-01 06:00 out', '2026-04-02 09:00 in'],
    '2026-04-03 09:00 in',
  ),
  cut: true,
  corrections: [],
  permits: [
    { permit: 'SP-1' as PermitId, fromMs: at('2026-03-01 00:00'), toMs: at('2026-05-01 00:00') },
  ],
};

test('the same figures side by side as made by hand, and every day with its crossings', () => {
  const file = presenceCsv(ledger, site, { where: 'zone', language: 'en' });
  expect(file.name).toBe('twoline-presence-P-1-2026-04-03-en.csv');
  expect(file.sha256).toBe(hash('sha256', file.text));
  const rows = readCsv(file.text.slice(1));
  const line = (first: string) => rows.filter((row) => row[0] === first);
  expect(rows[1]?.[0]).toContain('not a decision');
  expect(line('2025-04-01')).toEqual([['2025-04-01', '2026-03-31', '1', '0', '1', '0', '0', '0']]);
  expect(line('2026-04-01')[0]).toEqual(['2026-04-01', '2027-03-31', '3', '0', '0', '1', '0', '1']);
  expect(line('Total')).toEqual([['Total', '', '4', '0', '1', '1', '0', '1']]);
  expect(line('2026-04-02').at(-1)).toEqual([
    '2026-04-02',
    'Present',
    'Not known',
    'Not known',
    'X1-3 X1-4',
  ]);
  expect(line('2026-04-02 09:00:00')).toEqual([
    ['2026-04-02 09:00:00', '2026-04-03 09:00:00', 'The exit is missing', 'X1-3 X1-4'],
  ]);
  expect(line('2026-04-03 09:00:00')[0]?.[2]).toBe('Still there');
  expect(rows.flat()).toContain('2026-03 2026-04');
});

test.each(LANGUAGES)(
  'in %s it says what it is, and that older crossings are left out',
  (language) => {
    const { text } = presenceCsv(ledger, site, { where: 'zone-and-home', language });
    const said = readCsv(text.slice(1)).flat();
    for (const word of ['title', 'not-decision', 'cut', 'where-zone-and-home'] as const) {
      expect(said).toContain(words[word][language]);
    }
  },
);

test('nobody who was never there has figures, and the file says so', () => {
  const nobody = { ...ledger, moves: [], cut: false };
  const rows = readCsv(presenceCsv(nobody, site, { where: 'zone', language: 'en' }).text.slice(1));
  expect(rows.filter(([first]) => first === 'Total')).toEqual([
    ['Total', '', ...Array.from({ length: 6 }, () => '0')],
  ]);
  expect(rows.flat()).not.toContain(words.cut.en);
});
