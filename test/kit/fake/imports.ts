import type { CommandName, CommandOutput } from '../../../src/shared/contract/commands.ts';
import type { QueryName, QueryOutput } from '../../../src/shared/contract/queries.ts';
import type { CheckpointId, CrossingId } from '../../../src/shared/domain/ids.ts';

const REFUSED = [
  { line: 17, column: 'validTo', text: 'a time with its zone, such as 2026-11-23T08:30+08:00' },
  { line: 2_042, column: 'class', text: 'Invalid option: expected one of "special-pass"' },
];
const BAD_SALES = [
  { line: 5, column: 'consignment', text: 'no tax of C-1009 is deferred' },
  { line: 9, column: 'soldCents', text: 'only 1200 cents of it are unsold' },
];
const HOUR_MS = 3_600_000;

function preview(): QueryOutput<'dataset.preview'> {
  return {
    ...{ same: false, version: 881, rows: 19_990, rowsAfter: 19_998, good: 19_998, bad: 2 },
    ...{ refused: REFUSED, counts: { new: 8, changed: 6, same: 19_984, gone: 0 } },
    examples: [
      { key: 'SP-20001', change: 'new' },
      { key: 'SP-20002', change: 'new' },
      { key: 'SP-118', change: 'changed' },
    ],
  };
}

function forms(nowMs: number): QueryOutput<'paper.forms'> {
  const of = { series: 'A', holder: '4711', handedMs: nowMs - 20 * HOUR_MS };
  return {
    series: [{ series: 'A', last: 100, out: 62, keyed: 36, void: 2 }],
    missing: 1,
    out: [
      { ...of, number: 23, missing: true, checkpoint: 'lmc-road' as CheckpointId },
      ...[39, 40, 41, 42].map((number) => ({ ...of, number, missing: false, checkpoint: null })),
    ],
  };
}

/** What the made-up console says of files and forms; undefined where it is asked something else. */
export function fakeImports(name: QueryName | CommandName, nowMs: number): unknown {
  switch (name) {
    case 'dataset.preview':
      return preview();
    case 'sales.preview':
      return {
        ...{ good: 41, same: 12, bad: 2, refused: BAD_SALES },
        sums: [{ currency: 'HKD', soldCents: 1_284_550 }],
      } satisfies QueryOutput<'sales.preview'>;
    case 'dataset.bad-rows':
    case 'sales.bad-rows':
      return { name: 'bad-rows.csv', text: '\uFEFFline,column,reason\r\n', sha256: '00' };
    case 'dataset.export':
    case 'sales.export':
      return { name: 'permits-881.csv', text: '\uFEFFpermit\r\n', sha256: '0f1e2d3c' };
    case 'dataset.load':
      return {
        ...{ version: 882, rows: 19_998, changed: 14, same: false },
        ...{ refused: REFUSED, refusedCount: REFUSED.length },
      } satisfies CommandOutput<'dataset.load'>;
    case 'sales.import':
      return {
        ...{ taken: 41, same: 12, refused: BAD_SALES, refusedCount: BAD_SALES.length },
      } satisfies CommandOutput<'sales.import'>;
    case 'paper.forms':
      return forms(nowMs);
    case 'paper.hand-out':
      return { from: 101, to: 150 };
    case 'paper.key-in':
      return {
        crossing: 'X1-4821' as CrossingId,
        entitled: true,
        movesPresence: true,
        unnamed: null,
      };
    default:
      return undefined;
  }
}
