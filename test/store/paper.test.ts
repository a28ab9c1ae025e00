import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { paperForms } from '../../src/main/engine/api/paper.ts';
import type { Input, PaperInput } from '../../src/main/engine/core/input.ts';
import {
  compareProjections,
  rebuildProjections,
} from '../../src/main/engine/projections/rebuild.ts';
import { openScratch } from '../../src/main/engine/store/open.ts';
import { MINUTE_MS } from '../../src/shared/lib/hk-time.ts';
import type { Result } from '../../src/shared/lib/result.ts';
import { type CargoBench, cargoBench } from '../kit/cargo-bench.ts';
import { value } from '../kit/journal-kit.ts';

const ACTOR = { type: 'person', user: 'u-7', role: 'operator', workstation: 'w-1' } as const;
const TEXT = { body: '控制台停電', saltHex: 'ab'.repeat(16), saltedHash: 'cd'.repeat(32) };
const HOUR = 60 * MINUTE_MS;

function bench(): CargoBench {
  const zone = cargoBench({}, { drivers: 3 });
  onTestFinished(() => zone.close());
  return zone;
}

type Who = Partial<{ readonly user: string; readonly role: 'operator' | 'supervisor' }>;

function paper(zone: CargoBench, name: PaperInput['name'], input: object, who: Who = {}) {
  const asked = { kind: 'paper', name, input: { ...input, reason: TEXT.body } };
  const actor = { ...ACTOR, ...who };
  const [answer] = zone.run({ ...asked, actor, text: TEXT } as unknown as Input);
  return answer as Result<unknown>;
}

const handOut = (zone: CargoBench, count: number, series = 'A', user = 'u-6') => {
  const asked = { series, count, checkpoint: null, holder: '4711' };
  return paper(zone, 'paper.hand-out', asked, { user });
};

interface Form {
  readonly number?: number;
  readonly lane?: string;
  readonly direction?: 'in' | 'out';
  readonly permit?: string;
  readonly minutesAgo?: number;
}

/** Second line, so that no vehicle's lane is in the way. */
function keyIn(zone: CargoBench, form: Form = {}, who: Who = {}): Result<unknown> {
  const { number = 1, lane = 's-in-1', direction = 'in', permit = 'SP-1', minutesAgo = 30 } = form;
  const happenedMs = zone.clock.wallMs() - minutesAgo * MINUTE_MS;
  const where = { series: 'A', number, lane, direction, happenedMs };
  return paper(zone, 'paper.key-in', { ...where, permit, writer: '5822' }, who);
}

function expectRebuilt({ db, journal }: CargoBench): void {
  const scratch = openScratch(':memory:');
  rebuildProjections(db, scratch, journal.seq);
  expect(compareProjections(db, scratch)).toEqual([]);
  scratch.close();
}

test('a form that is keyed in is a crossing of then, with both times, writer and keyer', () => {
  const zone = bench();
  handOut(zone, 3);
  zone.clock.advance(2 * HOUR);
  const told = value(keyIn(zone, { number: 2 }));
  expect(told).toMatchObject({ crossing: expect.stringMatching(/^X1-/), movesPresence: true });
  const [event] = zone.events().filter(({ kind }) => kind === 'crossing.recorded');
  expect(event).toMatchObject({
    ...{ at: zone.clock.wallMs(), deviceAt: zone.clock.wallMs() - 30 * MINUTE_MS },
    actor: { user: 'u-7' },
    data: {
      ...{ person: 'P-1', timing: 'late', movesPresence: true },
      paper: { series: 'A', number: 2, writer: '5822', reason: expect.stringMatching(/^T1-/) },
    },
  });
  expect(zone.rows('SELECT form, at_ms, ended_ms FROM crossing')).toEqual([
    { form: 'A-000002', at_ms: event?.deviceAt, ended_ms: event?.at },
  ]);
  expect(zone.rows('SELECT place FROM presence')).toEqual([{ place: 'loop' }]);
  expect(zone.rows('SELECT inside, anonymous FROM occupancy')).toEqual([
    { inside: 1, anonymous: 0 },
  ]);
  // Counted apart, and nothing was heard of any board.
  expect(zone.rows('SELECT asked, late, manual FROM day_count')).toEqual([
    { asked: 0, late: 0, manual: 1 },
  ]);
  expect(zone.rows('SELECT count(*) AS n FROM board WHERE last_index = 0')).toEqual([{ n: 0 }]);
  expectRebuilt(zone);
});

test('numbers are handed out once, and each is settled once', () => {
  const zone = bench();
  expect(value(handOut(zone, 3))).toEqual({ from: 1, to: 3 });
  expect(value(handOut(zone, 2))).toEqual({ from: 4, to: 5 });
  expect(value(handOut(zone, 1, 'B'))).toEqual({ from: 1, to: 1 });
  zone.clock.advance(2 * HOUR);
  expect(keyIn(zone, { number: 9 })).toMatchObject({ fault: { code: 'not-found' } });
  expect(keyIn(zone, { number: 3 }).ok).toBe(true);
  expect(keyIn(zone, { number: 3, permit: 'SP-2' })).toMatchObject({ fault: { code: 'not-open' } });
  const spoiled = { series: 'A', number: 1 };
  expect(paper(zone, 'paper.void', spoiled).ok).toBe(true);
  expect(paper(zone, 'paper.void', spoiled)).toMatchObject({ fault: { code: 'not-open' } });
  expect(keyIn(zone, { number: 1 })).toMatchObject({ fault: { code: 'not-open' } });
  expect(zone.all('crossing.recorded')).toHaveLength(1);
  const { missing, out, series } = value(paperForms({ db: zone.reader }));
  expect(series).toEqual([
    { series: 'A', last: 5, out: 3, keyed: 1, void: 1 },
    { series: 'B', last: 1, out: 1, keyed: 0, void: 0 },
  ]);
  expect(missing).toBe(1);
  expect(out.map((form) => [form.series, form.number, form.missing])).toEqual([
    ['A', 2, true],
    ['A', 4, false],
    ['A', 5, false],
    ['B', 1, false],
  ]);
  expectRebuilt(zone);
});

test.each<[string, Form, string]>([
  ['has not happened yet', { minutesAgo: -5 }, 'bad-time'],
  ['happened before the form was handed out', { minutesAgo: 300 }, 'bad-time'],
  ['is at no lane', { lane: 'no-such-lane' }, 'not-found'],
  ['goes the wrong way', { direction: 'out' }, 'wrong-way'],
  ['is at a lane for vehicles', { lane: 'f-in-1' }, 'lane-for-vehicles'],
  ['is of no permit', { permit: 'SP-9' }, 'not-found'],
])('a form whose crossing %s is refused, and stays out', (_why, form, code) => {
  const zone = bench();
  handOut(zone, 1);
  zone.clock.advance(4 * HOUR);
  expect(keyIn(zone, form)).toMatchObject({ ok: false, fault: { code } });
  expect(zone.all('crossing.recorded')).toEqual([]);
  expect(zone.rows("SELECT count(*) AS n FROM paper_form WHERE state = 'out'")).toEqual([{ n: 1 }]);
});

test('who handed a form out keys it in only as a supervisor', () => {
  const zone = bench();
  handOut(zone, 3, 'A', 'u-7');
  zone.clock.advance(2 * HOUR);
  expect(keyIn(zone)).toMatchObject({
    fault: { code: 'same-person', text: expect.stringContaining('let a colleague') },
  });
  expect(zone.all('crossing.recorded')).toEqual([]);
  expect(zone.rows('SELECT * FROM presence')).toEqual([]);
  expect(keyIn(zone, {}, { user: 'u-8' }).ok).toBe(true);
  expect(keyIn(zone, { number: 2 }, { role: 'supervisor' }).ok).toBe(true);
  // Said to be void is nobody's crossing.
  expect(paper(zone, 'paper.void', { series: 'A', number: 3 }).ok).toBe(true);
});

test('a form is keyed in within 31 days', () => {
  const zone = bench();
  handOut(zone, 2);
  zone.clock.advance(32 * 24 * HOUR);
  expect(keyIn(zone, { minutesAgo: 32 * 24 * 60 - 1 })).toMatchObject({
    fault: { code: 'too-old' },
  });
  expect(keyIn(zone, { minutesAgo: 31 * 24 * 60 - 1 }).ok).toBe(true);
});

test('who should not have passed is told by a silent incident, and stands where they are', () => {
  const zone = bench();
  handOut(zone, 2);
  zone.clock.advance(2 * HOUR);
  zone.loadPermits([{ n: 1, status: 'revoked' }, { n: 2 }]);
  expect(value(keyIn(zone, { number: 1 }))).toMatchObject({ entitled: false });
  expect(zone.all('incident.raised')).toMatchObject([
    { type: 'opened-though-not-entitled', timing: 'late' },
  ]);
  expect(zone.rows('SELECT inside FROM occupancy')).toEqual([{ inside: 1 }]);
});

test('a form that is older than what is known of the person fills history only', () => {
  const zone = bench();
  handOut(zone, 3);
  zone.clock.advance(4 * HOUR);
  expect(value(keyIn(zone, { number: 1, minutesAgo: 30 }))).toMatchObject({ movesPresence: true });
  const out = { number: 2, lane: 's-out-1', direction: 'out' as const, minutesAgo: 60 };
  expect(value(keyIn(zone, out))).toMatchObject({ movesPresence: false });
  expect(zone.rows('SELECT inside FROM occupancy')).toEqual([{ inside: 1 }]);
  const later = { number: 3, lane: 's-out-1', direction: 'out' as const, minutesAgo: 10 };
  expect(value(keyIn(zone, later))).toMatchObject({ movesPresence: true });
  expect(zone.rows('SELECT inside FROM occupancy')).toEqual([{ inside: 0 }]);
  expectRebuilt(zone);
});

test('property: occupancy is the ledger, whatever forms come in and in which order', () => {
  const form = fc.record({
    permit: fc.constantFrom('SP-1', 'SP-2', 'SP-3'),
    way: fc.constantFrom('in' as const, 'out' as const),
    minutesAgo: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(fc.array(form, { maxLength: 10 }), (forms) => {
      const zone = bench();
      handOut(zone, 10);
      zone.clock.advance(2 * HOUR);
      for (const [i, { minutesAgo, permit, way }] of forms.entries()) {
        const where = { lane: `s-${way}-1`, direction: way };
        value(keyIn(zone, { number: i + 1, permit, minutesAgo, ...where }));
      }
      const [{ n: there } = { n: 0 }] = zone.rows(
        "SELECT count(*) AS n FROM presence WHERE place = 'loop'",
      );
      const [{ n: counted } = { n: 0 }] = zone.rows(
        'SELECT coalesce(sum(inside), 0) AS n FROM occupancy',
      );
      expect(counted).toBe(there);
      expect(zone.rows('SELECT coalesce(sum(manual), 0) AS n FROM day_count')).toEqual([
        { n: forms.length },
      ]);
      expectRebuilt(zone);
    }),
    { numRuns: 10 },
  );
});
