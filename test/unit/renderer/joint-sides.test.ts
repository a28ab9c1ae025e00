import { expect, test } from 'vitest';
import { holderFor, ownOf, resultsFor } from '../../../src/renderer/actions/joint-sides.tsx';
import { takesResultOf } from '../../../src/renderer/features/lanes/joint-record.tsx';
import type {
  JointRow,
  JointSide,
  SideResult,
} from '../../../src/shared/contract/joint-queries.ts';

function sides(exit: SideResult, entry: SideResult): JointSide[] {
  return [
    { side: 'mainland', way: 'exit', result: exit, by: null },
    { side: 'hong-kong', way: 'entry', result: entry, by: null },
  ];
}

test('only results that would change what a side has said are offered', () => {
  const offered = (result: SideResult) => resultsFor({ result });
  expect(offered('not-given')).toEqual(['released', 'held']);
  expect(offered('waiting')).toEqual(['released', 'held']);
  expect(offered('held')).toEqual(['released']);
  expect(offered('released')).toEqual(['held']);
  expect(offered('released-by-person')).toEqual(['held']);
});

test('a hold keeps back whoever acts for the other side or for none, never the side itself', () => {
  const held = sides('held', 'not-given');
  expect(holderFor(held, 'hong-kong')?.side).toBe('mainland');
  expect(holderFor(held, null)?.side).toBe('mainland');
  expect(holderFor(held, 'mainland')).toBeNull();
  expect(holderFor(sides('released-by-person', 'not-given'), null)).toBeNull();
});

test('somebody gives for the side that they act for, and for no third one', () => {
  const told = { sides: sides('not-given', 'held') };
  expect(ownOf({ ...told, ownSide: 'hong-kong' })).toMatchObject({ way: 'entry', result: 'held' });
  expect(ownOf({ ...told, ownSide: 'macao' })).toBeNull();
  expect(ownOf({ ...told, ownSide: null })).toBeNull();
  expect(ownOf({ sides: null, ownSide: 'hong-kong' })).toBeNull();
});

test('a row of a lane’s record takes a result that is missing or holds, of its own sides', () => {
  const row = (exitResult: SideResult, takesResults = true) =>
    ({
      ...{ exitFor: 'mainland', exitResult, entryFor: 'hong-kong' },
      ...{ entryResult: 'released-by-person', takesResults },
    }) as JointRow;
  for (const result of ['not-given', 'held', 'waiting'] as const) {
    expect(takesResultOf(row(result), 'mainland')).toBe(true);
    expect(takesResultOf(row(result), 'hong-kong')).toBe(false);
    expect(takesResultOf(row(result), 'macao')).toBe(false);
    expect(takesResultOf(row(result), null)).toBe(false);
    expect(takesResultOf(row(result, false), 'mainland')).toBe(false);
  }
  for (const result of ['released', 'released-by-person', 'not-released'] as const) {
    expect(takesResultOf(row(result), 'mainland')).toBe(false);
  }
});
