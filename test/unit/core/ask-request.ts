import { expect } from 'vitest';
import type { RequestFacts, UnknownPassage } from '../../../src/main/engine/core/facts.ts';
import type { RequestInput, TypedText } from '../../../src/main/engine/core/input.ts';
import { decideRequest } from '../../../src/main/engine/core/rules/request.ts';
import type { Role } from '../../../src/shared/domain/role.ts';
import { given, type Told } from '../../kit/given-when-then.ts';
import { laneAt, MOMENT } from './core-facts.ts';

const PLACES = ['beyond-first', 'beyond-second', 'loop'] as unknown as RequestFacts['places'];
const NOTHING: RequestFacts = {
  ...{ at: null, mode: null, exception: null, again: null, incident: null },
  ...{ permit: null, badge: null, person: null, owed: null, erasure: null },
  ...{ muster: null, lanes: [] },
  ...{ places: PLACES, areas: ['loop' as RequestFacts['areas'][number]] },
};
export const TEXT: TypedText = {
  body: '查過了',
  saltHex: '00'.repeat(16),
  saltedHash: 'ab'.repeat(32),
};

interface Asked {
  readonly role?: Role;
  readonly text?: TypedText | null;
}

/** What the console answers, and what it writes. */
export function ask(
  name: RequestInput['name'],
  input: object,
  facts: Partial<RequestFacts>,
  { role = 'supervisor', text = TEXT }: Asked = {},
) {
  const actor = { type: 'person', user: 'u-1', role, workstation: 'w-1' } as const;
  const asked = { kind: 'request', name, input, actor, role, text } as unknown as RequestInput;
  let decision: ReturnType<typeof decideRequest> | undefined;
  const told: Told = given({ ...NOTHING, ...facts }).when((all) => {
    decision = decideRequest(all, asked, MOMENT);
    return decision.list;
  });
  return { told, answer: decision?.answer, kept: decision?.text };
}

export const person = (place: string | null, unknown = false) =>
  ({ person: 'H-1', place, unknown }) as RequestFacts['person'];

/** A passage at f-in-1 whose end nobody saw. */
export const unseen = (more: Partial<UnknownPassage> = {}) =>
  ({
    ...{ crossing: 'X1-50', lane: 'f-in-1', at: laneAt(1), person: 'H-1', askedMs: 5 },
    ...{ from: 'beyond-first', to: 'loop', isDoubt: true, ...more },
  }) as UnknownPassage;

export function expectRefused(asked: ReturnType<typeof ask>, code: string): void {
  asked.told.thenNothing();
  expect(asked.answer).toMatchObject({ ok: false, fault: { code } });
  expect(asked.kept).toBeNull();
}
