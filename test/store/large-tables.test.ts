import { expect, onTestFinished, test } from 'vitest';
import { largeTables } from '../../src/main/engine/segments/large-tables.ts';
import { h10301 } from '../../src/shared/domain/credential.ts';
import type { NewEvent } from '../../src/shared/journal/events.ts';
import { kitJournal } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';

const REASON = 'T1-1';
const [LANE] = kitSite().lanes;

const handOut = (from: number, to: number) =>
  told('paper.handed-out', {
    ...{ series: 'A', from, to, checkpoint: null, holder: '4711', reason: REASON },
  });
const sale = (reference?: string) =>
  told('sale.reported', {
    ...{ consignment: 'C-1', crossing: 'X1-1', soldCents: 100, vatCents: 13, reason: REASON },
    ...(reference !== undefined && { reference, soldMs: 1, currency: 'HKD' }),
  });
const set = (person: string, place: string) =>
  told('presence.set', { person, place, crossing: null, reason: REASON });

/** A crossing of somebody, written on a form. */
const keyedIn = (number: number, crossing: string) =>
  told('crossing.recorded', {
    ...{ crossing, class: 'special-pass', credential: h10301(9, 9), timing: 'late' },
    ...{ person: 'P-1', permit: 'SP-1', lane: LANE?.id, checkpoint: LANE?.checkpoint },
    ...{ from: LANE?.from, to: LANE?.to, line: 'first', direction: LANE?.direction },
    ...{ board: LANE?.board, index: 0, granted: true, permitStatus: null, entitled: true },
    ...{ movesPresence: false, reasons: [], boardReason: 0, regimeVersion: 1 },
    paper: { series: 'A', number, writer: '4711', reason: REASON },
  });

function told(kind: string, data: object): NewEvent {
  return { kind, data } as unknown as NewEvent;
}

test('rows of large tables that change after they were copied go over as they are', () => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  // More than a page of each.
  kit.add(handOut(1, 500), 1);
  for (let n = 1; n <= 300; n += 1) {
    kit.add(sale(`F-${n}`), 2);
    kit.add(set(`P-${n}`, 'loop'), 2);
  }
  kit.roll(undefined, () => {
    kit.add(told('paper.voided', { series: 'A', number: 3, reason: REASON }), 3);
    kit.add(keyedIn(4, 'X1-700'), 4);
    kit.add(handOut(501, 503), 5);
    kit.add(sale(), 6);
    kit.add(sale('A-0'), 7);
    kit.add(set('P-2', 'yard'), 8);
    kit.add(set('P-0', 'yard'), 8);
  });
  const [before, after] = kit.segments.all;
  expect([...largeTables]).toEqual(['presence', 'sale', 'paper_form']);
  for (const table of largeTables) {
    const rows = before?.db.query<[], object>(`SELECT * FROM ${table}`).all() ?? [];
    expect(rows.length).toBeGreaterThan(300);
    expect(after?.db.query<[], object>(`SELECT * FROM ${table}`).all()).toEqual(rows);
  }
  const settled = "SELECT number, state FROM paper_form WHERE state <> 'out' ORDER BY number";
  expect(kit.db.query<[], object>(settled).all()).toEqual([
    { number: 3, state: 'void' },
    { number: 4, state: 'keyed' },
  ]);
});
