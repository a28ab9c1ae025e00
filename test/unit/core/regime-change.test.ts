import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventList } from '../../../src/main/engine/core/event-list.ts';
import type { RequestFacts } from '../../../src/main/engine/core/facts.ts';
import type { DraftNow, RegimeNow } from '../../../src/main/engine/core/regime-facts.ts';
import {
  type ChangeRequest,
  changeRegime,
  decideDraft,
  refuseChange,
} from '../../../src/main/engine/core/rules/regime-change.ts';
import type { Authority } from '../../../src/shared/domain/authority.ts';
import { draftId, type TextId, type UserId } from '../../../src/shared/domain/ids.ts';
import { MINUTE_MS } from '../../../src/shared/lib/hk-time.ts';
import { MOMENT } from './core-facts.ts';

const HOUR_MS = 60 * MINUTE_MS;
const REASON = 'T1-9' as TextId;
const NOW: RegimeNow = {
  ...{ id: 'cma-buffer-zone', eachSide: null, highest: 1, enactedFromMs: null, waiting: [] },
};
const SIDES = { first: 'macao', home: 'mainland' } as const;
const DRAFT: DraftNow = {
  ...{ draft: draftId(1, 5), regime: 'cma-buffer-zone', version: 2, hash: 'a'.repeat(64) },
  ...{ effectiveFromMs: 0, state: 'drafted', fromMs: null, proposedBy: null, proposedSide: null },
};
const LATER = MOMENT.atMs + HOUR_MS;

const TYPED = { body: 'as agreed', saltHex: '00', saltedHash: 'd'.repeat(64) };
const proven = { regime: 'cma-buffer-zone', version: 2, hash: 'b'.repeat(64), effectiveFromMs: 0 };
const actor = (user: string) =>
  ({ type: 'person', user, role: 'supervisor', workstation: 'w-1' }) as const;

function enact(user: string, fromMs = LATER, side: Authority | null = null): ChangeRequest {
  const input = { draft: DRAFT.draft, fromMs, reason: 'as agreed' };
  const asked = { kind: 'request', name: 'regime.enact', input, role: 'supervisor', text: null };
  return { ...asked, actor: actor(user), side } as ChangeRequest;
}
function withdraw(): ChangeRequest {
  const input = { draft: DRAFT.draft, reason: 'not agreed' };
  const asked = { kind: 'request', name: 'regime.withdraw', input, role: 'supervisor', text: null };
  return { ...asked, actor: actor('u-1') } as ChangeRequest;
}
const facts = (draft: Partial<DraftNow> | null, now: Partial<RegimeNow> = {}): RequestFacts =>
  ({
    regime: { now: { ...NOW, ...now }, draft: draft === null ? null : { ...DRAFT, ...draft } },
  }) as RequestFacts;
const codeOf = (of: RequestFacts, asked: ChangeRequest, atMs = MOMENT.atMs) => {
  const refused = refuseChange(of, asked, { ...MOMENT, atMs });
  return refused === null ? null : !refused.ok && refused.fault.code;
};

const PROPOSED = { state: 'proposed', fromMs: LATER, proposedBy: 'u-1' as UserId } as const;

test('a version is handed in with its whole text, in parts that no event is too small for', () => {
  // The pair of halves of one character lies across the border of the first part.
  const text = `${'x'.repeat(11_999)}🀄${'區'.repeat(12_000)}`;
  const handed = { proven, text, reason: TYPED, actor: actor('u-1') };
  const drafted = { kind: 'regime-draft', ...handed } as const;
  const { answer, list, text: kept } = decideDraft(NOW, drafted, MOMENT);
  const parts = list.events.flatMap((event) => (event.kind === 'regime.text' ? [event.data] : []));
  expect(parts.map(({ part, parts: of }) => [part, of])).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
  expect(parts.map((part) => part.text).join('')).toBe(text);
  expect(parts.every((part) => part.text.isWellFormed())).toBe(true);
  const data = { ...proven, reason: kept?.id };
  expect(list.events.at(-1)).toMatchObject({ kind: 'regime.drafted', data });
  expect(list.events[0]).toMatchObject({ kind: 'text.kept', data: { text: kept?.id, length: 9 } });
  expect(answer).toEqual({ ok: true, value: { draft: draftId(1, 104), version: 2 } });
});

test.each([
  ['another regime', { id: 'hengqin' }, 'regime-other'],
  ['a number that was used', { highest: 2 }, 'regime-version'],
  ['a number that waits', { waiting: [{ draft: draftId(1, 5), version: 2 }] }, 'regime-version'],
])('%s is not handed in, and nothing is written', (_, now, code) => {
  const handed = { proven, text: '{}', reason: TYPED, actor: actor('u-1') };
  const drafted = { kind: 'regime-draft', ...handed } as const;
  const { answer, list } = decideDraft({ ...NOW, ...now }, drafted, MOMENT);
  expect(answer).toMatchObject({ ok: false, fault: { code } });
  expect(list.events).toEqual([]);
});

test.each([
  ['no such version', facts(null), enact('u-1'), 'not-found'],
  ['withdrawn', facts({ state: 'withdrawn' }), enact('u-1'), 'not-open'],
  ['enacted already', facts({ state: 'enacted', fromMs: LATER }), enact('u-1'), 'no-change'],
  ['now is no time to come', facts({}), enact('u-1', MOMENT.atMs), 'regime-past'],
  ['a time to come', facts({}), enact('u-1', MOMENT.atMs + 1), null],
  [
    'before its own text',
    facts({ effectiveFromMs: LATER }),
    enact('u-1', LATER - 1),
    'regime-early',
  ],
  ['from its own text on', facts({ effectiveFromMs: LATER }), enact('u-1', LATER), null],
  ['outrun by another', facts({}, { highest: 2 }), enact('u-1'), 'regime-version'],
  ['before another', facts({}, { enactedFromMs: LATER }), enact('u-1', LATER), 'regime-order'],
  ['after another', facts({}, { enactedFromMs: LATER - 1 }), enact('u-1', LATER), null],
  ['the same person', facts(PROPOSED), enact('u-1'), 'regime-same-person'],
  ['a second person', facts(PROPOSED), enact('u-2'), null],
  ['the same person, another time', facts(PROPOSED), enact('u-1', LATER + 1), null],
])('to enact: %s', (_, of, asked, code) => {
  expect(codeOf(of, asked)).toBe(code);
});

test.each([
  ['of neither side', {}, enact('u-1', LATER), 'regime-side'],
  ['of a third authority', {}, enact('u-1', LATER, 'hong-kong'), 'regime-side'],
  ['of one side', {}, enact('u-1', LATER, 'macao'), null],
  ['both of one side', { proposedSide: 'macao' }, enact('u-2', LATER, 'macao'), 'regime-side'],
  ['one of each side', { proposedSide: 'macao' }, enact('u-2', LATER, 'mainland'), null],
] as const)('where each side must agree: %s', (_, draft, asked, code) => {
  const first = 'proposedSide' in draft ? { ...PROPOSED, ...draft } : draft;
  expect(codeOf(facts(first, { eachSide: SIDES }), asked)).toBe(code);
});

test('withdrawn until it decides, and no longer', () => {
  const enacted = facts({ state: 'enacted', fromMs: LATER });
  expect(codeOf(facts({}), withdraw())).toBeNull();
  expect(codeOf(enacted, withdraw(), LATER - 1)).toBeNull();
  expect(codeOf(enacted, withdraw(), LATER)).toBe('regime-decides');
});

const act = fc.record({
  user: fc.constantFrom('u-1', 'u-2', 'u-3'),
  side: fc.constantFrom<(Authority | null)[]>(null, 'macao', 'mainland', 'hong-kong'),
  inMs: fc.constantFrom(-1, 0, 3, 3, 3, 9),
  passesMs: fc.constantFrom(0, 0, 1),
});

test('whatever people do in which order, two of them agreed to a time to come', () => {
  let [one, two] = [0, 0];
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), fc.boolean(), (acts, isEachSide) => {
      let draft = DRAFT;
      let atMs = MOMENT.atMs;
      for (const { inMs, passesMs, side, user } of acts) {
        atMs += passesMs;
        const of = facts(draft, { eachSide: isEachSide ? SIDES : null });
        const asked = enact(user, MOMENT.atMs + inMs, side);
        const moment = { ...MOMENT, atMs };
        if (refuseChange(of, asked, moment) !== null) continue;
        const list = new EventList(moment);
        changeRegime(list, of, asked, REASON);
        const [event] = list.events;
        if (event?.kind === 'regime.proposed') {
          const { fromMs, side: proposedSide } = event.data;
          draft = { ...draft, state: 'proposed', fromMs, proposedSide, proposedBy: user as UserId };
          one += 1;
        } else if (event?.kind === 'regime.enacted') {
          const { data } = event;
          expect(data.proposedBy).not.toBe(user);
          expect(data.fromMs).toBeGreaterThan(atMs);
          expect([data.fromMs, data.proposedBy]).toEqual([draft.fromMs, draft.proposedBy]);
          const sides = new Set([data.side, data.proposedSide]);
          if (isEachSide) expect(sides).toEqual(new Set([SIDES.first, SIDES.home]));
          draft = { ...draft, state: 'enacted' };
          two += 1;
        }
      }
    }),
    { numRuns: 600 },
  );
  expect(one).toBeGreaterThan(50);
  expect(two).toBeGreaterThan(20);
});
