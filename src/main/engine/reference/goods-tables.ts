import type { GoodsDataset } from '../../../shared/domain/permit.ts';
import { canonicalJson } from '../../../shared/lib/canonical.ts';
import type { Sql } from '../store/database.ts';
import type { GoodsRows } from './goods-rows.ts';

interface GoodsTable<N extends GoodsDataset> {
  readonly table: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly values: (row: GoodsRows[N]) => readonly Sql[];
}

/** How rows of goods and vehicles lie in their tables: see the schema. */
export const goodsTables: { readonly [N in GoodsDataset]: GoodsTable<N> } = {
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
