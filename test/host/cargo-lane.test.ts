import { expect, test } from 'vitest';
import { must } from '../../src/shared/lib/assert.ts';
import { auditDraw } from '../../src/shared/regime/audit-draw.ts';
import { callerOf } from '../kit/caller.ts';
import { startCargoZone } from '../kit/cargo-zone.ts';
import { consignmentRow, enterpriseRow, lineRow, slotRow, vehicleRow } from '../kit/goods-files.ts';
import { viewUntil } from '../kit/small-zone.ts';

const reason = 'because a test says so';

/** Vehicle 1 brings general goods that are cleared, vehicle 2 has nothing that says what it has. */
async function start() {
  const started = await startCargoZone(
    {
      enterprises: [enterpriseRow('E-1')],
      consignments: [
        consignmentRow('C-1', { class: 'general', declared: 'cleared' }),
        consignmentRow('C-3'),
        consignmentRow('C-4', { class: 'research' }),
      ],
      'consignment-lines': [
        lineRow('C-1', 1, 7),
        lineRow('C-3', 1, 5),
        lineRow('C-4', 1, 1, 'IT-1'),
      ],
      vehicles: [vehicleRow(1), vehicleRow(2), vehicleRow(3), vehicleRow(4)],
      slots: [slotRow(1, 'C-1'), slotRow(3, 'C-3'), slotRow(4, 'C-4')],
    },
    4,
  );
  const board = must(started.zone.boards[0], 'board');
  return { ...started, board };
}

test.each([
  ['the tag and then the badge', true],
  ['the badge and then the tag', false],
])('%s admit the vehicle with its driver and its goods', async (_, tagFirst) => {
  const { board, journal, tag, zone } = await start();
  const both = tagFirst ? [tag(1), zone.badge(1)] : [zone.badge(1), tag(1)];
  const [first = 0, second = 0] = both;
  void board.swipe(1, 'in', first, 1_000);
  await journal.first('cargo.read');
  expect(journal.all('crossing.asked')).toEqual([]);
  void board.swipe(1, 'in', second, 1_000);
  const { data } = await journal.first('cargo.asked');
  expect(data).toMatchObject({
    ...{ vehicle: 'V-1', class: 'registered', tag: 'h10301/9/1', slots: ['S-1'] },
    goods: [{ consignment: 'C-1', class: 'general', enterprise: 'E-1', currency: 'HKD' }],
  });
  const { crossing } = data;
  const asked = await journal.first('crossing.asked');
  expect(asked.data).toMatchObject({ crossing, person: 'P-1', credential: 'h10301/1/1' });
  const decided = await journal.first('cargo.decided');
  expect(decided.data).toMatchObject({
    ...{ regime: 'cma-buffer-zone', verdict: 'admit', exception: null },
    parts: [
      { kind: 'vehicle', rule: 'first-vehicle-registered', reasons: [] },
      { kind: 'person', id: 'P-1', verdict: 'admit', reasons: [] },
      { kind: 'consignment', id: 'C-1', verdict: 'admit', rule: 'first-goods-general' },
    ],
  });
  const admitted = await journal.first('crossing.admitted');
  expect(admitted.data.obligations).toContain('joint-record');
  expect(admitted.data.relied.datasets).toMatchObject({ vehicles: 1, consignments: 1 });
  await journal.first('crossing.opened');
  expect(await board.personPasses(1)).toBe(true);
  await journal.first('crossing.passed');
  expect(journal.number("SELECT rest AS n FROM goods_balance WHERE hs_code = '900190'")).toBe(7);
  expect(journal.number('SELECT ended_ms > asked_ms AS n FROM cargo_passage')).toBe(1);
  expect(journal.number("SELECT count(*) AS n FROM presence WHERE place = 'loop'")).toBe(1);
  expect(journal.all('board.gap')).toEqual([]);
});

test('a vehicle that no slot speaks of is referred for its undeclared goods', async () => {
  const { board, journal, tag, zone } = await start();
  void board.swipe(1, 'in', tag(2), 1_000);
  await journal.first('cargo.read');
  void board.swipe(1, 'in', zone.badge(2), 1_000);
  const referred = await journal.first('crossing.referred');
  expect(referred.data.reasons).toEqual([
    { is: 'declaration-cleared', detail: 'none', params: {} },
  ]);
  const decided = await journal.first('cargo.decided');
  expect(decided.data.parts.map(({ kind, verdict }) => [kind, verdict])).toEqual([
    ['vehicle', 'refer'],
    ['person', 'admit'],
    ['consignment', 'refer'],
  ]);
  expect(journal.all('gate.requested')).toEqual([]);
});

test('a badge alone opens nothing, nor does a second badge in place of the tag', async () => {
  const { board, journal, zone } = await start();
  void board.swipe(1, 'in', zone.badge(1), 1_000);
  await journal.first('cargo.read');
  void board.swipe(1, 'in', zone.badge(2), 1_000);
  await journal.first('cargo.read', ({ person }) => person === 'P-2');
  expect(journal.all('crossing.asked')).toEqual([]);
});

test('a supervisor admits the green lane, its lock unread; the draw can be redone', async () => {
  const { board, journal, tag, zone } = await start();
  void board.swipe(1, 'in', tag(3), 1_000);
  await journal.first('cargo.read');
  void board.swipe(1, 'in', zone.badge(3), 1_000);
  const referred = await journal.first('crossing.referred');
  expect(referred.data.reasons).toMatchObject([{ is: 'seal-intact', detail: 'not-read' }]);
  const { crossing, exception } = referred.data;
  await viewUntil(zone.engine, 'queue', (rows) => rows.size > 0);
  const supervisor = callerOf('supervisor');
  const input = { exception, reason };
  const told = await zone.engine.backend.command('exception.admit', input, supervisor);
  expect(told).toMatchObject({ ok: true });
  const drawn = await journal.first('audit.drawn');
  const { seed, regimeVersion, percent, number, isDrawn } = drawn.data;
  expect(drawn.data).toMatchObject({ crossing, consignment: 'C-3', enterprise: 'E-1' });
  expect(seed).toBe('seed of March');
  const subject = { regime: 'cma-buffer-zone', regimeVersion, seed, crossing };
  expect(auditDraw(subject, percent)).toMatchObject({ number, isDrawn, percent: 5 });
  await journal.first('crossing.opened');
  expect(await board.personPasses(1)).toBe(true);
  await journal.first('crossing.passed');
  expect(journal.number('SELECT count(*) AS n FROM audit')).toBe(1);
});

test('research goods are in custody once they are in, and no more once they are out', async () => {
  const { board, journal, tag, zone } = await start();
  void board.swipe(1, 'in', tag(4), 1_000);
  await journal.first('cargo.read');
  void board.swipe(1, 'in', zone.badge(4), 1_000);
  await journal.first('crossing.opened');
  await board.personPasses(1);
  await journal.first('crossing.passed');
  const open = "SELECT count(*) AS n FROM custody WHERE step = 'in' AND ended_ms IS NULL";
  expect(journal.number(open)).toBe(1);
  void board.swipe(2, 'out', zone.badge(4), 1_000);
  await journal.first('cargo.read', ({ lane }) => lane === 'f-out-1');
  void board.swipe(2, 'out', tag(4), 1_000);
  await journal.first('crossing.opened', ({ lane }) => lane === 'f-out-1');
  await board.personPasses(2);
  await journal.first('crossing.passed', ({ lane }) => lane === 'f-out-1');
  expect(journal.number(open)).toBe(0);
  expect(journal.number("SELECT count(*) AS n FROM custody WHERE step = 'out'")).toBe(1);
  expect(journal.number('SELECT rest AS n FROM goods_balance')).toBe(0);
  expect(journal.all('incident.raised')).toEqual([]);
});
