import { expect, onTestFinished, test } from 'vitest';
import { goodsAudits } from '../../src/main/engine/api/goods.ts';
import { goodsConsignments } from '../../src/main/engine/api/goods-consignments.ts';
import { goodsEnterprise, goodsEnterprises } from '../../src/main/engine/api/goods-enterprises.ts';
import { lookThrough } from '../../src/main/engine/api/look-through.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { auditKey } from '../../src/shared/contract/goods-queries.ts';
import type { EnterpriseId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { auditDraw } from '../../src/shared/regime/audit-draw.ts';
import { type CargoBench, cargoBench } from '../kit/cargo-bench.ts';
import { consignmentRow, enterpriseRow, lineRow, slotRow, vehicleRow } from '../kit/goods-files.ts';
import { type KitJournal, value } from '../kit/journal-kit.ts';
import { always } from '../kit/one-and-many.ts';

const ALL = { text: '', status: 'any', limit: 50 } as const;

function bench(): CargoBench {
  const made = cargoBench({
    enterprises: ['E-1', 'E-2', 'E-3', 'E-4'].map((id) => {
      return enterpriseRow(id, id === 'E-3' ? { status: 'suspended' } : {});
    }),
    consignments: [
      consignmentRow('C-1', { class: 'research' }),
      consignmentRow('C-2', { class: 'general', enterprise: 'E-2', declared: 'cleared' }),
      consignmentRow('C-3'),
    ],
    'consignment-lines': [lineRow('C-1', 1, 4, 'IT-1'), lineRow('C-2', 1, 2), lineRow('C-3', 1, 5)],
    vehicles: [1, 2, 3].map((n) => vehicleRow(n)),
    slots: [1, 2, 3].map((n) => slotRow(n, `C-${n}`)),
  });
  onTestFinished(() => made.close());
  return made;
}

function depsOf({ reader: db, lookup: reference, clock }: CargoBench) {
  return { db, segments: new Segments([db]), reference, clock };
}

function crosses(of: CargoBench, n: number, door = 1): void {
  of.tag(n, door);
  of.badge(n, door);
  of.goes(door);
}

test('enterprises are found by id, name in any case or number, and by what stands open', () => {
  const zone = bench();
  const deps = depsOf(zone);
  const found = (ask: Partial<Parameters<typeof goodsEnterprises>[1]>) =>
    value(goodsEnterprises(deps, { ...ALL, ...ask })).rows.map(({ enterprise }) => enterprise);
  expect(found({})).toEqual(['E-1', 'E-2', 'E-3', 'E-4']);
  expect(found({ text: 'hk-e-2' })).toEqual(['E-2']);
  expect(found({ text: 'HETAO', limit: 2 })).toEqual(['E-1', 'E-2']);
  expect(found({ text: '精工', limit: 1, after: 'E-3' })).toEqual(['E-4']);
  expect(found({ text: 'nobody' })).toEqual([]);
  expect(found({ status: 'suspended' })).toEqual(['E-3']);
  expect(found({ status: 'open' })).toEqual([]);
  crosses(zone, 1);
  crosses(zone, 2);
  expect(found({ status: 'open' })).toEqual(['E-1', 'E-2']);
  zone.ask('suspension.begin', { kind: 'enterprise', id: 'E-1' });
  expect(found({ status: 'suspended' })).toEqual(['E-1', 'E-3']);
  expect(found({ status: 'registered' })).toEqual(['E-2', 'E-4']);
  const [first, second] = value(goodsEnterprises(deps, ALL)).rows;
  expect(first).toMatchObject({ openKinds: 1, openCustody: 1, suspendedHere: true });
  expect(second).toMatchObject({ openKinds: 1, openCustody: 0, suspendedHere: false });
});

test('consignments are found by their numbers, also of one enterprise only', () => {
  const deps = depsOf(bench());
  const found = (text: string, enterprise?: string) =>
    value(
      goodsConsignments(deps, {
        ...{ text, limit: 50 },
        ...(enterprise === undefined ? {} : { enterprise: enterprise as EnterpriseId }),
      }),
    ).rows.map(({ consignment }) => consignment);
  expect(found('')).toEqual(['C-1', 'C-2', 'C-3']);
  expect(found('ccrn-c-3')).toEqual(['C-3']);
  expect(found('d-c-2')).toEqual(['C-2']);
  expect(found('', 'E-1')).toEqual(['C-1', 'C-3']);
  expect(found('c-1', 'E-2')).toEqual([]);
});

test('a page that is full says whether there is more, and a long look how far it came', () => {
  const all = Array.from({ length: 4_500 }, (_, n) => String(n).padStart(5, '0'));
  const next = (after: string, limit: number) => {
    const from = all.findIndex((id) => id > after);
    return from === -1 ? [] : all.slice(from, from + limit);
  };
  const look = (ask: { after?: string; limit: number }, fits: (id: string) => boolean) =>
    lookThrough(ask, { next, idOf: (id) => id, fits });
  expect(look({ limit: 2 }, () => true)).toEqual({
    ...{ rows: ['00000', '00001'], more: true, reached: null },
  });
  const last = (id: string) => id === '04499';
  const first = look({ limit: 2 }, last);
  expect(first).toEqual({ rows: [], more: true, reached: '01999' });
  const second = look({ limit: 2, after: '01999' }, last);
  expect(second).toEqual({ rows: [], more: true, reached: '03999' });
  expect(look({ limit: 2, after: '03999' }, last)).toEqual({
    ...{ rows: ['04499'], more: false, reached: null },
  });
});

test('a draw can be made again from what is shown of it, and is told apart once audited', () => {
  const zone = bench();
  const deps = depsOf(zone);
  zone.ask('lock.report', { vehicle: 'V-3', lock: 'LOCK-3', state: 'locked' });
  for (const door of [1, 2, 1, 2, 1]) crosses(zone, 3, door);
  const { rows } = value(goodsAudits(deps, { state: 'all', limit: 50 }));
  expect(rows).toHaveLength(5);
  for (const row of rows) {
    const again = auditDraw(row, row.rateHundredths / 100);
    expect([row.number, row.isDrawn]).toEqual([again.number, again.isDrawn]);
    expect(row).toMatchObject({ seed: 'seed of March', rateHundredths: 500, enterprise: 'E-1' });
  }
  const page = value(goodsAudits(deps, { state: 'all', limit: 2 }));
  expect(page).toEqual({ rows: rows.slice(0, 2), more: true });
  const after = auditKey(must(page.rows[1], 'second row'));
  const rest = value(goodsAudits(deps, { state: 'all', limit: 50, after }));
  expect(rest).toEqual({ rows: rows.slice(2), more: false });
  expect(goodsAudits(deps, { state: 'all', limit: 2, after: 'X1-1' })).toMatchObject({
    ...{ ok: false, fault: { code: 'bad-input' } },
  });
});

test('what an enterprise is shown of is the same in one file and in many', () => {
  const shown = ({ segments }: KitJournal) => {
    const { db } = segments.live;
    const none = { goods: { enterprise: () => null } } as never;
    const clock = { wallMs: () => 0 } as never;
    const enterprise = 'E-1' as EnterpriseId;
    const deps = { db, segments, reference: none, clock };
    const draws = (['open', 'drawn', 'all'] as const).map((state) => {
      return value(goodsAudits(deps, { state, limit: 200 }));
    });
    return { ...value(goodsEnterprise(deps, { enterprise })), draws };
  };
  let most = 0;
  always('goods', (one, many) => {
    const all = shown(one);
    most = Math.max(most, all.refunds.length, all.importTaxes.length, all.exempted.length);
    expect(shown(many)).toEqual(all);
  });
  expect(most).toBeGreaterThan(2);
});
