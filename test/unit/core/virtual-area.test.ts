import { expect, test } from 'vitest';
import type { RequestFacts } from '../../../src/main/engine/core/facts.ts';
import type { RequestInput, TypedText } from '../../../src/main/engine/core/input.ts';
import { decideRequest } from '../../../src/main/engine/core/rules/request.ts';
import type { VirtualFacts } from '../../../src/main/engine/core/virtual-facts.ts';
import { DAY_MS } from '../../../src/shared/lib/hk-time.ts';
import { given, type Told } from '../../kit/given-when-then.ts';
import { MOMENT } from './core-facts.ts';

const TEXT: TypedText = { body: '來函', saltHex: '00'.repeat(16), saltedHash: 'ab'.repeat(32) };
const AREA = {
  ...{ id: 'shenzhen', filedWith: 'mainland', answerWithinDays: 5 },
  name: { 'zh-HK': '深圳', 'zh-CN': '深圳', en: 'Shenzhen' },
} as unknown as NonNullable<VirtualFacts['area']>;
const KNOWN = { area: AREA, isEnterpriseKnown: true, filing: null };
const of = { area: 'shenzhen', enterprise: 'E-1' };

function ask(name: RequestInput['name'], input: object, virtual: Partial<VirtualFacts> = {}) {
  const facts = { virtual: { ...KNOWN, ...virtual } } as unknown as RequestFacts;
  const actor = { type: 'person', user: 'U-1', role: 'supervisor', workstation: 'w-1' };
  const asked = { kind: 'request', name, input, actor, role: 'supervisor', text: TEXT };
  let answer: unknown;
  const told: Told = given(facts).when((all) => {
    const decision = decideRequest(all, asked as unknown as RequestInput, MOMENT);
    answer = decision.answer;
    return decision.list;
  });
  return { told, answer };
}

const refusedAs = (code: string) => ({ ok: false, fault: { code } });

test('an entity declares who of it is there, from when to when', () => {
  const input = { ...of, persons: ['P-1', 'P-2'], fromMs: 1_000, toMs: null };
  const { told } = ask('virtual.declare', input);
  told.thenTold('text.kept', 'virtual.declared');
  expect(told.data('virtual.declared')).toMatchObject({ ...input, reason: 'T1-100' });
  const backwards = ask('virtual.declare', { ...input, toMs: 1_000 });
  backwards.told.thenNothing();
  expect(backwards.answer).toMatchObject(refusedAs('times-backwards'));
  expect(ask('virtual.declare', input, { area: null }).answer).toMatchObject(
    refusedAs('not-found'),
  );
  expect(ask('virtual.declare', input, { isEnterpriseKnown: false }).answer).toMatchObject(
    refusedAs('not-found'),
  );
});

test('a filing goes to the area’s authority, which has so many days to answer', () => {
  const { answer, told } = ask('filing.send', { ...of, about: 'presence', reference: 'HK-7' });
  expect(answer).toEqual({ ok: true, value: { filing: 'F1-101' } });
  expect(told.data('filing.sent')).toMatchObject({
    ...{ ...of, authority: 'mainland', reference: 'HK-7', filing: 'F1-101' },
    dueMs: Math.round(MOMENT.atMs + 5 * DAY_MS),
  });
});

test('an answer is written down once, under the reference of who answered', () => {
  const input = { filing: 'F1-7', outcome: 'rejected', reference: 'SZ-9' };
  const filing = { filing: 'F1-7', isAnswered: false } as VirtualFacts['filing'];
  const { told } = ask('filing.answer', input, { filing });
  expect(told.data('filing.answered')).toMatchObject(input);
  const twice = ask('filing.answer', input, { filing: { ...filing, isAnswered: true } as never });
  expect(twice.answer).toMatchObject(refusedAs('no-change'));
  expect(ask('filing.answer', input).answer).toMatchObject(refusedAs('not-found'));
});
