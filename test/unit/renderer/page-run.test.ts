import { expect, test } from 'vitest';
import { type Held, MOST_ROWS, type Page, PageRun } from '../../../src/renderer/live/page-run.ts';
import { CallError } from '../../../src/shared/contract/client.ts';

type Answer = Page<string> | Error;

/** A run whose answers are given one by one, and all that it asked and told. */
function runOver(...answers: Answer[]) {
  const asked: (string | null)[] = [];
  const told: Held<string>[] = [];
  const run = new PageRun<string>({
    ask: (after) => {
      asked.push(after);
      const answer = answers.shift() ?? new Error(`nothing follows ${after}`);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    idOf: (row) => `id-${row}`,
    tell: (held) => told.push(held),
  });
  return { run, asked, told, now: () => told.at(-1) };
}

test('each page goes on after the last row, until there is no more', async () => {
  const { run, asked, now } = runOver(
    { rows: ['a', 'b'], more: true },
    { rows: ['c'], more: false },
  );
  await run.more();
  expect(now()).toMatchObject({ rows: ['a', 'b'], complete: false, busy: false });
  await run.more();
  expect(now()).toMatchObject({ rows: ['a', 'b', 'c'], complete: true, busy: false });
  await run.more();
  expect(asked).toEqual([null, 'id-b']);
});

test('a look that ended early goes on by itself from how far it came, and says so', async () => {
  const { run, asked, told, now } = runOver(
    { rows: [], more: true, reached: 'far' },
    { rows: ['a'], more: true, reached: 'farther' },
    { rows: ['b'], more: true, reached: null },
  );
  await run.more();
  expect(asked).toEqual([null, 'far', 'farther']);
  expect(told.map(({ rows, looking }) => [rows.length, looking])).toEqual([
    ...[[0, false] as const, [0, true] as const, [1, true] as const, [2, false] as const],
  ]);
  expect(now()).toMatchObject({ rows: ['a', 'b'], complete: false, busy: false });
});

test('a look that comes to the end of the journal is complete, whatever it reached', async () => {
  const { run, asked, now } = runOver({ rows: [], more: false, reached: 'the end' });
  await run.more();
  expect(asked).toEqual([null]);
  expect(now()).toMatchObject({ rows: [], complete: true, busy: false, looking: false });
});

test('one page at a time: what is asked for meanwhile is not asked twice', async () => {
  const { run, asked, now } = runOver({ rows: ['a'], more: true }, { rows: ['b'], more: true });
  const first = run.more();
  await run.more();
  expect(asked).toEqual([null]);
  await first;
  expect(now()?.rows).toEqual(['a']);
});

test('a fault is told and keeps what there was; the next page is asked for again', async () => {
  const lost = new CallError({ code: 'not-connected', text: 'the engine is away' });
  const { run, asked, now } = runOver(
    ...[{ rows: ['a'], more: true }, lost, { rows: ['b'], more: false }],
  );
  await run.more();
  await run.more();
  expect(now()).toMatchObject({ rows: ['a'], busy: false, fault: { code: 'not-connected' } });
  await run.more();
  expect(now()).toMatchObject({ rows: ['a', 'b'], complete: true, fault: null });
  expect(asked).toEqual([null, 'id-a', 'id-a']);
});

test('nobody is given more rows than a person looks through', async () => {
  const rows = Array.from({ length: MOST_ROWS }, (_, i) => String(i));
  const { run, asked, now } = runOver({ rows, more: true, reached: 'far' });
  await run.more();
  expect(asked).toEqual([null]);
  expect(now()).toMatchObject({ complete: true, looking: false });
});

test('once the filter has changed, nothing is told of it and nothing more is asked', async () => {
  const { run, asked, told } = runOver({ rows: ['a'], more: true, reached: 'far' });
  const first = run.more();
  run.end();
  await first;
  await run.more();
  expect(asked).toEqual([null]);
  expect(told).toMatchObject([{ busy: true }]);
});
