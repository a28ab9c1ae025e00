import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { SalesTaken } from '../../src/main/engine/core/rules/sales.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { exportedSales, readSales } from '../../src/main/engine/reading/sales-file.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import type { Sale } from '../../src/shared/domain/sale.ts';
import { taxOf } from '../../src/shared/lib/money.ts';
import { anyText } from '../kit/any-text.ts';
import { type CargoBench, cargoBench } from '../kit/cargo-bench.ts';
import { consignmentRow, enterpriseRow, lineRow, slotRow, vehicleRow } from '../kit/goods-files.ts';
import { value } from '../kit/journal-kit.ts';

const OWN = '10000|2000|1000|6000|0|0|1000';
const ACTOR = { type: 'person', user: 'u-1', role: 'supervisor', workstation: 'w-1' } as const;
const TEXT = { body: '季度申報', saltHex: 'ab'.repeat(16), saltedHash: 'cd'.repeat(32) };
const HEADER = 'reference,consignment,crossing,soldAt,soldCents,currency';
const WHEN = '2026-03-02T09:00+08:00';

/** Consignments C-1 (300 cents) and C-2 (700 cents) went out with their tax deferred. */
function bench(): CargoBench {
  const made = cargoBench({
    enterprises: [enterpriseRow('E-1')],
    consignments: ['C-1', 'C-2', 'C-3'].map((id) =>
      consignmentRow(id, { class: 'zone-origin', origin: OWN }),
    ),
    'consignment-lines': [lineRow('C-1', 1, 3), lineRow('C-2', 1, 7), lineRow('C-3', 1, 1)],
    vehicles: [1, 2, 3].map((n) => vehicleRow(n)),
    slots: [1, 2, 3].map((n) => slotRow(n, `C-${n}`)),
  });
  onTestFinished(() => made.close());
  for (const n of [1, 2]) {
    made.tag(n, 2);
    made.badge(n, 2);
    made.goes(2);
  }
  return made;
}

const csv = (...rows: readonly string[]) => [HEADER, ...rows, ''].join('\n');
const sold = (reference: string, consignment: string, cents: number | string, currency = 'HKD') =>
  `${reference},${consignment},,${WHEN},${cents},${currency}`;
const read = (zone: CargoBench, text: string) => value(readSales(zone.reader, text, 'csv', 200));

/** Takes a file's good rows as the engine does, in parts of two. */
function take(zone: CargoBench, text: string) {
  const { good } = read(zone, text);
  const sales = good.map(({ sale }) => sale);
  const told = { taken: 0, same: 0, bad: [] as SalesTaken['bad'][number][] };
  for (let from = 0, reason: SalesTaken['reason'] | null = null; from < sales.length; from += 2) {
    const did = report(zone, sales.slice(from, from + 2), reason);
    reason = did.reason;
    told.taken += did.taken;
    told.same += did.same;
    told.bad.push(...did.bad);
  }
  return told;
}

function report(zone: CargoBench, sales: readonly Sale[], reason: SalesTaken['reason'] | null) {
  const text = reason === null ? TEXT : null;
  const [answer] = zone.run({ kind: 'sales', sales, actor: ACTOR, text, reason });
  return value(answer as { ok: true; value: SalesTaken });
}

const ledger = (zone: CargoBench) =>
  zone.rows('SELECT consignment, sold_cents, closed_cents FROM deferral ORDER BY consignment');

function expectRebuilt({ db, journal }: CargoBench): void {
  const scratch = openScratch(':memory:');
  rebuildProjections(db, scratch, journal.seq);
  expect(compareProjections(db, scratch)).toEqual([]);
  scratch.close();
}

test('a reference of the form of sales told by hand is refused in a file', () => {
  const zone = bench();
  const text = csv(sold('S1-500', 'C-1', 100), sold('S1-x', 'C-1', 100));
  const { good, refused } = read(zone, text);
  expect(refused).toEqual([
    {
      line: 2,
      column: 'reference',
      text: expect.stringContaining('S1-500 is a name of sales told by'),
    },
  ]);
  expect(good.map(({ sale }) => sale.reference)).toEqual(['S1-x']);
});

test('every row that cannot be taken is named by line, column and reason', () => {
  const zone = bench();
  const text = csv(
    sold('A-1', 'C-1', 100),
    sold('A-2', 'C-9', 1),
    sold('A-3', 'C-1', 201),
    sold('A-4', 'C-2', 10, 'CNY'),
    sold('A-5', 'C-2', '10.5'),
    sold('A-1', 'C-2', 10),
    sold('A-6', 'C-2', 0),
    `A-7,C-2,X1-1,${WHEN},5,HKD`,
    'A-8,C-2,,yesterday,5,HKD',
    sold('A-9', 'C-1', 200),
  );
  const { good, refused, refusedCount, same, sums } = read(zone, text);
  expect(good.map(({ line, sale }) => [line, sale.reference])).toEqual([
    ...[
      [2, 'A-1'],
      [11, 'A-9'],
    ],
  ]);
  expect(refused.map(({ line, column }) => [line, column])).toEqual([
    [3, 'consignment'],
    [4, 'soldCents'],
    [5, 'currency'],
    [6, 'soldCents'],
    [7, 'reference'],
    [8, 'soldCents'],
    [9, 'crossing'],
    [10, 'soldAt'],
  ]);
  expect(refused.map(({ text: why }) => why)).toMatchObject([
    ...['no tax of C-9 is deferred', 'only 200 cents of it are unsold'],
    ...['its tax is deferred in HKD', expect.stringContaining('whole number'), 'A-1 comes twice'],
    ...[expect.any(String), 'no tax of C-2 is deferred by X1-1', expect.any(String)],
  ]);
  expect([refusedCount, same, sums]).toEqual([8, 0, [{ currency: 'HKD', soldCents: 300 }]]);
  expect(ledger(zone)).toMatchObject([{ sold_cents: 0 }, { sold_cents: 0 }]);
});

test('a file that comes again changes nothing, and neither does what was exported', () => {
  const zone = bench();
  const text = csv(sold('A-1', 'C-1', 100), sold('A-2', 'C-2', 699), sold('A-3', 'C-1', 200));
  expect(take(zone, text)).toEqual({ taken: 3, same: 0, bad: [] });
  const before = { seq: zone.journal.seq, ledger: ledger(zone) };
  expect(before.ledger).toMatchObject([
    { consignment: 'C-1', sold_cents: 300, closed_cents: taxOf(300, 13) },
    { consignment: 'C-2', sold_cents: 699 },
  ]);
  expect(read(zone, text)).toMatchObject({ good: [], same: 3, refusedCount: 0 });
  for (const format of ['csv', 'json'] as const) {
    const { file, rows } = value(exportedSales(zone.reader, format));
    expect(rows).toBe(3);
    const again = value(readSales(zone.reader, file.text, format, 200));
    expect(again).toMatchObject({ good: [], same: 3, refusedCount: 0 });
  }
  // The same reference with other figures is no repetition.
  expect(read(zone, csv(sold('A-1', 'C-1', 99)))).toMatchObject({
    refused: [{ line: 2, column: 'reference' }],
  });
  expect({ seq: zone.journal.seq, ledger: ledger(zone) }).toEqual(before);
  expect(zone.all('sale.reported').map(({ reason }) => reason)).toHaveLength(3);
  expect(new Set(zone.all('sale.reported').map(({ reason }) => reason)).size).toBe(1);
  expectRebuilt(zone);
});

test('what another person reported meanwhile is judged again as it is written', () => {
  const zone = bench();
  const { good } = read(zone, csv(sold('A-1', 'C-1', 300), sold('A-2', 'C-2', 5)));
  const sales = good.map(({ sale }) => sale);
  take(zone, csv(sold('B-1', 'C-1', 1), sold('A-2', 'C-2', 5)));
  expect(report(zone, sales, null)).toMatchObject({
    ...{ taken: 0, same: 1 },
    bad: [{ at: 0, column: 'soldCents', text: 'only 299 cents of it are unsold' }],
  });
  expect(ledger(zone)).toMatchObject([{ sold_cents: 1 }, { sold_cents: 5 }]);
});

test('a sale that was told by hand is exported too, under a reference of its own', () => {
  const zone = bench();
  const { crossing } = zone.all('cargo.asked')[0] ?? {};
  zone.ask('sale.report', { crossing, consignment: 'C-1', soldCents: 7 });
  const { text } = value(exportedSales(zone.reader, 'json')).file;
  expect(JSON.parse(text)).toMatchObject([
    { reference: expect.stringMatching(/^S1-\d+$/), soldCents: '7', currency: 'HKD' },
  ]);
  expect(value(readSales(zone.reader, text, 'json', 9))).toMatchObject({ good: [], same: 1 });
});

test('property: all sales together close the tax to the cent, however they are cut', () => {
  const part = fc.record({
    consignment: fc.constantFrom('C-1', 'C-2', 'C-3'),
    cents: fc.integer({ min: 0, max: 260 }),
    reference: fc.integer({ min: 1, max: 12 }),
  });
  const files = fc.array(fc.array(part, { maxLength: 6 }), { maxLength: 4 });
  fc.assert(
    fc.property(files, (all) => {
      const zone = bench();
      const taken = new Map<string, { consignment: string; cents: number }>();
      for (const rows of all) {
        const text = csv(
          ...rows.map((row) => sold(`R-${row.reference}`, row.consignment, row.cents)),
        );
        for (const { sale } of read(zone, text).good) {
          taken.set(sale.reference, { consignment: sale.consignment, cents: sale.soldCents });
        }
        take(zone, text);
        take(zone, text);
      }
      const worth: Readonly<Record<string, number>> = { 'C-1': 300, 'C-2': 700 };
      for (const { consignment: id, sold_cents: soldCents, closed_cents: closed } of ledger(zone)) {
        const consignment = String(id);
        const mine = [...taken.values()].filter((one) => one.consignment === consignment);
        const sum = mine.reduce((total, { cents }) => total + cents, 0);
        const of = worth[consignment] ?? 0;
        expect(soldCents).toBe(sum);
        // In proportion, rounded down; whole once all is sold.
        const due = Math.floor((taxOf(of, 13) * sum) / of);
        expect(closed).toBe(due);
      }
      expect(zone.all('sale.reported')).toHaveLength(taken.size);
    }),
    { numRuns: 8 },
  );
});

test('fuzz: rubbish is never thrown on, and nothing is taken of it', () => {
  const zone = bench();
  const line = fc
    .array(anyText({ maxLength: 9 }), { maxLength: 7 })
    .map((cells) => cells.join(','));
  const rubbish = fc.oneof(
    anyText({ maxLength: 200 }),
    fc.json({ maxDepth: 3 }),
    fc.array(line).map((lines) => csv(...lines)),
  );
  fc.assert(
    fc.property(rubbish, fc.constantFrom('csv' as const, 'json' as const), (text, format) => {
      const answer = readSales(zone.reader, text, format, 200);
      expect(answer.ok ? answer.value.good : []).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
