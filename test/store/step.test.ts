import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Input, NotedInput, RequestInput } from '../../src/main/engine/core/input.ts';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { incidentId, type LaneId } from '../../src/shared/domain/ids.ts';
import type { NewEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { type StepBench, stepBench } from '../kit/step-bench.ts';

let bench: StepBench;
beforeEach(() => {
  bench = stepBench();
});
afterEach(() => bench.close());

const ACTOR = { type: 'person', user: 'u-1', role: 'supervisor', workstation: 'w-1' } as const;
const TEXT = { body: '閘口夾手', saltHex: 'ab'.repeat(16), saltedHash: 'cd'.repeat(32) };

function noted(...events: readonly NewEvent[]): NotedInput {
  return { kind: 'noted', events, actor: { type: 'console' } };
}

const stopped = (why: string): NewEvent => ({ kind: 'engine.stopped', data: { why } });

const RAISE: RequestInput = {
  kind: 'request',
  name: 'incident.raise',
  input: { checkpoint: null, lane: 'f-in-1' as LaneId, priority: 2, note: TEXT.body },
  ...{ actor: ACTOR, role: 'supervisor', text: TEXT },
};

function acknowledge(seq: number): RequestInput {
  return {
    kind: 'request',
    name: 'incident.acknowledge',
    input: { incident: incidentId(1, seq) },
    ...{ actor: ACTOR, role: 'supervisor', text: null },
  };
}

/** An input that no rule knows: a mistake of ours in the middle of a batch. */
const BROKEN = { kind: 'nonsense' } as unknown as Input;

function kinds(): string[] {
  return bench.events().map((event) => event.kind);
}

function count(table: string): number {
  const row = bench.reader.query<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get();
  return must(row, table).n;
}

test('one batch is one transaction: a decision that throws leaves nothing of the others', () => {
  expect(() => bench.run(noted(stopped('before')))).not.toThrow();
  expect(() => bench.run(RAISE, BROKEN)).toThrow();
  expect(kinds()).toEqual(['engine.stopped']);
  expect(count('typed_text') + count('incident')).toBe(0);
  bench.run(RAISE);
  expect(kinds()).toEqual(['engine.stopped', 'text.kept', 'incident.raised']);
  expect(verifyChain(bench.reader).fault).toBeNull();
});

test('nobody is told anything of a batch that was not written', () => {
  const told: unknown[] = [];
  const settle = (answer: unknown) => void told.push(answer);
  const batch = [RAISE, BROKEN].map((input) => ({ input, settle }));
  expect(() => bench.step.run(batch, () => null)).toThrow();
  expect(told).toEqual([]);
});

test('askers are told after the commit: another connection sees the event by then', () => {
  const seen: number[] = [];
  const settle = () => void seen.push(count('journal'));
  const more = [{ input: acknowledge(2), settle }];
  bench.step.run([{ input: RAISE, settle }], () => more.shift() ?? null);
  expect(seen).toEqual([3, 3]);
});

test('each input is decided on the effects of the one before it in the same batch', () => {
  const told = bench.run(RAISE, acknowledge(2), acknowledge(2));
  expect(told).toMatchObject([
    { ok: true, value: { incident: 'I1-2' } },
    { ok: true, value: { seq: 3 } },
    { ok: false, fault: { code: 'no-change' } },
  ]);
  expect(kinds()).toEqual(['text.kept', 'incident.raised', 'incident.acknowledged']);
});

test('an input that changes nothing writes nothing, and its asker is told all the same', () => {
  expect(bench.run(acknowledge(7))).toMatchObject([{ ok: false, fault: { code: 'not-found' } }]);
  expect(bench.run({ kind: 'due' })).toEqual([null]);
  expect(bench.journal.seq).toBe(0);
  expect(kinds()).toEqual([]);
});

test('what a person types is kept beside the journal with its salt, and not in it', () => {
  bench.run(RAISE);
  const rows = bench.reader
    .query<[], { text: string; salt: Buffer; body: string }>('SELECT * FROM typed_text')
    .all();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ text: 'T1-1', body: TEXT.body });
  expect(rows[0]?.salt.toString('hex')).toBe(TEXT.saltHex);
  const bodies = bench.reader.query<[], { body: string }>('SELECT body FROM journal').all();
  expect(JSON.stringify(bodies)).not.toContain(TEXT.body);
  expect(bench.events()[0]).toMatchObject({
    data: { text: 'T1-1', length: 4, saltedHash: TEXT.saltedHash },
  });
});

test('the events of one input name its first as their cause, and carry who did it', () => {
  bench.run(noted(stopped('a')), RAISE, noted(stopped('b')));
  expect(bench.events().map(({ cause }) => cause)).toEqual([null, null, 2, null]);
  expect(bench.events().map(({ actor }) => actor.type)).toEqual([
    ...['console', 'person', 'person', 'console'],
  ]);
});

test('the envelope is whole from the first event on', () => {
  bench.clock.advance(1_234.6);
  bench.run(noted(stopped('a')));
  expect(bench.events()[0]).toMatchObject({
    ...{ console: 'console-1', epoch: 1, seq: 1, boot: 'boot-1', v: 1, deviceAt: null },
    ...{ at: Math.round(bench.clock.wallMs()), mono: 1_235 },
  });
});

test('a device’s time with fractions is kept in whole ms', () => {
  bench.run(noted({ ...stopped('a'), deviceAt: 1_773_028_799_999.5 }));
  expect(bench.events()[0]?.deviceAt).toBe(1_773_028_800_000);
});

test('a wall step of over 2 s either way is written down with both times, before the input', () => {
  bench.run(noted(stopped('a')));
  bench.clock.advance(500);
  bench.clock.stepWall(2_001);
  const fromMs = bench.clock.wallMs() - 2_001;
  bench.run(noted(stopped('b')));
  expect(kinds()).toEqual(['engine.stopped', 'clock.stepped', 'engine.stopped']);
  expect(bench.events()[1]?.data).toEqual({ fromMs, toMs: bench.clock.wallMs() });
  bench.clock.stepWall(-3_600_000);
  bench.run(noted(stopped('c')));
  expect(kinds().slice(3)).toEqual(['clock.stepped', 'engine.stopped']);
});

test('a small correction of the wall clock is no step', () => {
  bench.run(noted(stopped('a')));
  bench.clock.stepWall(2_000);
  bench.run(noted(stopped('b')));
  expect(kinds()).not.toContain('clock.stepped');
});

test('a calendar that runs faster, as in training, does not step', () => {
  bench.close();
  bench = stepBench(60);
  bench.run(noted(stopped('a')));
  bench.clock.advance(10_000);
  bench.clock.stepWall(-5_000);
  bench.run(noted(stopped('b')));
  expect(kinds()).toEqual(['engine.stopped', 'engine.stopped']);
});

test('after a step back `at` stands still and order is by seq', () => {
  bench.run(noted(stopped('a')));
  const before = bench.clock.wallMs();
  bench.clock.stepWall(-3_600_000);
  bench.clock.advance(1_000);
  bench.run(noted(stopped('b')));
  expect(bench.events().map(({ at }) => at)).toEqual([before, before, before]);
  expect(bench.events().map(({ mono }) => mono)).toEqual([0, 1_000, 1_000]);
});

test('a wall step seen by a batch that was not written is told by the next', () => {
  bench.run(noted(stopped('a')));
  bench.clock.stepWall(60_000);
  expect(() => bench.run(BROKEN)).toThrow();
  bench.run(noted(stopped('b')));
  expect(kinds()).toEqual(['engine.stopped', 'clock.stepped', 'engine.stopped']);
});

test('an event over 64 KiB is refused with its batch, and the journal goes on', () => {
  const large = { kind: 'report.exported', data: { report: 'x'.repeat(65_000) } } as const;
  expect(() => bench.run(noted(stopped('a')), noted(large as unknown as NewEvent))).not.toThrow();
  const larger = { ...large, data: { report: '統'.repeat(22_000) } } as unknown as NewEvent;
  expect(() => bench.run(noted(stopped('b')), noted(larger))).toThrow(/larger than 65536 bytes/);
  expect(bench.journal.seq).toBe(2);
  bench.run(noted(stopped('c')));
  expect(bench.journal.seq).toBe(3);
  expect(verifyChain(bench.reader).fault).toBeNull();
});

test('on a full disk nothing is written or told, and it goes on where it stood', () => {
  bench.run(RAISE);
  const pages = Number(bench.db.pragma('page_count'));
  bench.db.pragma(`max_page_count = ${pages}`);
  const told: unknown[] = [];
  const settle = (answer: unknown) => void told.push(answer);
  const input = noted(stopped('x'));
  const many = Array.from({ length: 400 }, () => ({ input, settle }));
  expect(() => bench.step.run(many, () => null)).toThrow(
    expect.objectContaining({ code: 'SQLITE_FULL' }),
  );
  expect(told).toEqual([]);
  expect(bench.journal.seq).toBe(2);
  bench.db.pragma('max_page_count = 1000000');
  bench.step.run(many, () => null);
  expect(told).toHaveLength(400);
  expect(bench.journal.seq).toBe(402);
  expect(verifyChain(bench.reader).fault).toBeNull();
});
