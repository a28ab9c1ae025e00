import type { GoodsDataset } from '../../../shared/domain/permit.ts';
import { canonicalJson } from '../../../shared/lib/canonical.ts';
import type { GoodsRows } from './goods-rows.ts';
import type { DatasetTable } from './tables.ts';

/** How rows of goods and vehicles lie in their tables: see the schema. */
export const goodsTables: { readonly [N in GoodsDataset]: DatasetTable<N> } = {
  enterprises: {
    table: 'enterprise',
    columns: ['enterprise', 'body'],
    key: ['enterprise'],
    values: (row: GoodsRows['enterprises']) => [row.enterprise, canonicalJson(row)],
  },
  consignments: {
    table: 'consignment',
    columns: ['consignment', 'body'],
    key: ['consignment'],
    values: (row: GoodsRows['consignments']) => [row.consignment, canonicalJson(row)],
  },
  'consignment-lines': {
    table: 'consignment_line',
    columns: ['consignment', 'line', 'body'],
    key: ['consignment', 'line'],
    values: (row: GoodsRows['consignment-lines']) => {
      return [row.consignment, row.line, canonicalJson(row)];
    },
  },
  vehicles: {
    table: 'vehicle',
    columns: ['vehicle', 'credential', 'body'],
    key: ['vehicle'],
    values: (row: GoodsRows['vehicles']) => [row.vehicle, row.credential, canonicalJson(row)],
  },
  slots: {
    table: 'slot',
    columns: ['slot', 'vehicle', 'from_ms', 'to_ms', 'body'],
    key: ['slot'],
    values: (row: GoodsRows['slots']) => {
      return [row.slot, row.vehicle, row.fromMs, row.toMs, canonicalJson(row)];
    },
  },
};
