import { expect, test } from 'vitest';
import { EventList } from '../../../src/main/engine/core/event-list.ts';
import type { MusterFacts, RequestFacts } from '../../../src/main/engine/core/facts.ts';
import {
  actOnMuster,
  beginMuster,
  type MusterRequest,
  markRead,
  refuseMuster,
} from '../../../src/main/engine/core/rules/muster.ts';
import { decideReader } from '../../../src/main/engine/core/rules/reader.ts';
import type { MusterId, PersonId, ReaderId, TextId } from '../../../src/shared/domain/ids.ts';
import { MOMENT } from './core-facts.ts';

const REASON = 'T1-1' as TextId;
const NOW = { muster: 'M1-7' as MusterId, marked: 2, missing: 3, unlisted: 1 };
const NONE: MusterFacts = { now: null, inside: 4, anonymous: 1, mark: null };
const READER = 'point-a' as ReaderId;
const PERSON = 'H-1' as PersonId;

const facts = (muster: Partial<MusterFacts>, person: string | null = 'H-1') =>
  ({
    muster: { ...NONE, ...muster },
    areas: ['loop'],
    person: person === null ? null : { person },
  }) as unknown as RequestFacts;

const codeOf = (given: RequestFacts, name: string, input: object) => {
  const refused = refuseMuster(given, { name, input } as unknown as MusterRequest);
  return refused === null || refused.ok ? null : refused.fault.code;
};

test('a muster begins once, of an area that is there, and counts whom the ledger has', () => {
  expect(codeOf(facts({}), 'muster.begin', { area: null })).toBeNull();
  expect(codeOf(facts({}), 'muster.begin', { area: 'loop' })).toBeNull();
  expect(codeOf(facts({}), 'muster.begin', { area: 'mars' })).toBe('not-found');
  expect(codeOf(facts({ now: NOW }), 'muster.begin', { area: null })).toBe('no-change');
  const list = new EventList(MOMENT);
  const begun = { area: null, why: 'ordered', reason: REASON } as const;
  const muster = beginMuster(list, NONE, begun, MOMENT);
  expect(muster).toBe(`M1-${MOMENT.nextSeq}`);
  const data = { muster, ...begun, listed: 4, anonymous: 1 };
  expect(list.events).toEqual([{ kind: 'muster.begun', data }]);
});

test('by hand only while one is under way, only somebody there is, and only once', () => {
  const mark = (muster: Partial<MusterFacts>, person: string | null = 'H-1') =>
    codeOf(facts(muster, person), 'muster.mark', { person: 'H-1' });
  expect(mark({})).toBe('not-open');
  expect(mark({ now: NOW }, null)).toBe('not-found');
  expect(mark({ now: NOW, mark: { marked: true } })).toBe('no-change');
  expect(mark({ now: NOW, mark: { marked: false } })).toBeNull();
  expect(mark({ now: NOW })).toBeNull();
  const told = (muster: Partial<MusterFacts>) => {
    const list = new EventList(MOMENT);
    actOnMuster(list, facts({ now: NOW, ...muster }), 'muster.mark', REASON);
    return list.events[0]?.data;
  };
  const marked = { muster: 'M1-7', person: 'H-1', reader: null, reason: REASON };
  expect(told({ mark: { marked: false } })).toEqual({ ...marked, listed: true });
  expect(told({})).toEqual({ ...marked, listed: false });
});

test('it ends with what it came to, once', () => {
  expect(codeOf(facts({}), 'muster.end', {})).toBe('not-open');
  const list = new EventList(MOMENT);
  actOnMuster(list, facts({ now: NOW }), 'muster.end', REASON);
  const data = { muster: 'M1-7', marked: 2, missing: 3, unlisted: 1, reason: REASON };
  expect(list.events).toEqual([{ kind: 'muster.ended', data }]);
});

test('a read marks a person who is known and not marked; any other stays a read', () => {
  const at = { muster: NOW.muster, listed: true, marked: false };
  const kinds = (muster: typeof at | null | { muster: null }, person: PersonId | null = PERSON) => {
    const read = { kind: 'read', reader: READER, credential: 'raw/1' } as never;
    const found = muster === null ? null : { ...at, ...muster };
    return decideReader(person, read, MOMENT, found).events.map(({ kind }) => kind);
  };
  expect(kinds(at)).toEqual(['muster.marked']);
  expect(kinds({ ...at, marked: true })).toEqual(['desk.read']);
  expect(kinds(at, null)).toEqual(['desk.read']);
  expect(kinds({ muster: null })).toEqual(['desk.read']);
  expect(kinds(null)).toEqual(['desk.read']);
  const list = new EventList(MOMENT);
  expect(markRead(list, { ...at, listed: false }, READER, PERSON)).toBe(true);
  const data = { muster: 'M1-7', person: 'H-1', listed: false, reader: READER, reason: null };
  expect(list.events).toEqual([{ kind: 'muster.marked', data }]);
});
