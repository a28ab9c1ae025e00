import { expect, test } from 'vitest';
import { DatasetText } from '../../src/main/engine/reference/parse.ts';
import type { GoodsDataset } from '../../src/shared/domain/permit.ts';
import {
  consignmentRow,
  enterpriseRow,
  goodsCsv,
  lineRow,
  slotRow,
  vehicleRow,
} from '../kit/goods-files.ts';

function read(dataset: GoodsDataset, rows: readonly string[]) {
  const text = new DatasetText(dataset, 'csv', [goodsCsv(dataset, rows)], `${dataset}.csv`);
  const good = [...text.rows()].map(({ row }) => row);
  return { good, refused: text.refused };
}

test('a row of each of the goods’ datasets becomes what the domain calls it', () => {
  expect(read('enterprises', [enterpriseRow('E-1')]).good).toMatchObject([
    { enterprise: 'E-1', tier: 'authorised', homeNumber: 'HK-E-1', registeredToMs: null },
  ]);
  const price = '10000|0|0|2000|1500|0|5500';
  const cleared = consignmentRow('C-1', { declared: 'cleared', origin: price });
  expect(read('consignments', [cleared]).good).toMatchObject([
    {
      ...{ consignment: 'C-1', declaration: 'D-C-1', declarationStatus: 'cleared', packages: 4 },
      ...{ origin: { fobCents: 10_000, mainlandCents: 1500 }, certificate: null, taxPaid: null },
    },
  ]);
  expect(read('consignment-lines', [lineRow('C-1', 1, 7, 'IT-1')]).good).toMatchObject([
    { line: 1, quantity: 7, valueCents: 700, item: 'IT-1', sort: 'sample', mustNotStay: true },
  ]);
  expect(read('vehicles', [vehicleRow(1)]).good).toMatchObject([
    { vehicle: 'V-1', credential: 'h10301/9/1', lock: 'LOCK-1' },
  ]);
  expect(read('slots', [slotRow(1, ''), slotRow(2, 'C-1')]).good).toMatchObject([
    { slot: 'S-1', consignment: null },
    { slot: 'S-2', consignment: 'C-1', permit: 'SP-2' },
  ]);
});

test.each<[GoodsDataset, string, string, string]>([
  ['enterprises', enterpriseRow('E-1').replace('HK-E-1', ''), 'homeNumber', 'either side'],
  ['enterprises', enterpriseRow('E-1', { tier: 'gold' }), 'tier', 'Invalid option'],
  ['consignments', consignmentRow('C-1').replace('CCRN-C-1', ''), 'declaration', 'reference'],
  ['consignments', consignmentRow('C-1').replace('HKD', 'dollars'), 'currency', 'three letters'],
  ['consignments', consignmentRow('C-1').replace(',4,box', ',4.5,box'), 'packages', ''],
  ['consignments', consignmentRow('C-1', { origin: '1|2' }), 'origin', 'seven amounts'],
  ['consignment-lines', lineRow('C-1', 1, 0), 'quantity', ''],
  ['consignment-lines', lineRow('C-1', 1, 2).replace('900190', '90'), 'hsCode', '6 to 10 digits'],
  ['consignment-lines', lineRow('C-1', 1, 2).replace(',no', ',yes'), 'mustNotStay', 'followed'],
  ['vehicles', vehicleRow(1).replace('h10301/9/1', 'tag 1'), 'credential', 'a badge such as'],
  ['slots', slotRow(1, 'C-1').replace('2099', '2020'), 'to', 'ends before it begins'],
])('a bad row of %s is left out by line, column and reason', (dataset, bad, column, says) => {
  const { good, refused } = read(dataset, [bad]);
  expect(good).toEqual([]);
  expect(refused).toMatchObject([{ line: 2, column }]);
  expect(refused[0]?.text).toContain(says);
});
