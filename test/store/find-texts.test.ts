import { expect, onTestFinished, test } from 'vitest';
import type { Input } from '../../src/main/engine/core/input.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { findTexts } from '../../src/main/engine/retention/find-texts.ts';
import type { PersonId } from '../../src/shared/domain/ids.ts';
import { VirtualArea } from '../../src/shared/domain/virtual-area.ts';
import { MINUTE_MS } from '../../src/shared/lib/hk-time.ts';
import { inputsOf } from '../kit/cargo-bench.ts';
import { enterpriseRow } from '../kit/goods-files.ts';
import { type PeopleBench, peopleBench } from '../kit/people-bench.ts';
import { stepBench } from '../kit/step-bench.ts';

const ACTOR = { type: 'person', user: 'u-7', role: 'supervisor', workstation: 'w-1' } as const;
const NAME = { 'zh-HK': '深圳園區', 'zh-CN': '深圳园区', en: 'Shenzhen park' };
const AREA = { id: 'shenzhen', name: NAME, filedWith: 'mainland', answerWithinDays: 5 };
const TEXT = { body: '測試', saltHex: 'ab'.repeat(16), saltedHash: 'cd'.repeat(32) };

/** What of a person's is found among the texts typed so far. */
const found = (zone: Pick<PeopleBench, 'segments'>, person: string) =>
  findTexts(zone.segments, { person: person as PersonId }, new Set());

function paper(zone: PeopleBench, name: string, input: object): void {
  const asked = { kind: 'paper', name, input: { ...input, reason: TEXT.body } };
  const [answer] = zone.run({ ...asked, actor: ACTOR, text: TEXT } as unknown as Input);
  expect(answer).toMatchObject({ ok: true });
}

test('the reason of a person’s suspension, and of its end, belongs to the person', () => {
  const zone = peopleBench();
  const of = { kind: 'person', id: 'P-1' };
  expect(zone.ask('suspension.begin', of)).toMatchObject({ ok: true });
  expect(zone.ask('suspension.end', of)).toMatchObject({ ok: true });
  const reasons = [...zone.all('suspension.begun'), ...zone.all('suspension.ended')];
  expect(found(zone, 'P-1')).toEqual(reasons.map(({ reason }) => reason));
  expect(found(zone, 'P-2')).toEqual([]);
});

test('the reason of a form that was keyed in belongs to whom it is about', () => {
  const zone = peopleBench();
  const form = { series: 'A', checkpoint: null, holder: '4711' };
  paper(zone, 'paper.hand-out', { ...form, count: 3 });
  zone.clock.advance(60 * MINUTE_MS);
  const happenedMs = zone.clock.wallMs() - MINUTE_MS;
  const crossed = { lane: 's-in-1', direction: 'in', happenedMs, permit: 'SP-1', writer: '5822' };
  paper(zone, 'paper.key-in', { series: 'A', number: 1, ...crossed });
  const [recorded] = zone.all('crossing.recorded');
  expect(found(zone, 'P-1')).toEqual([recorded?.paper?.reason]);
  expect(found(zone, 'P-2')).toEqual([]);
});

test('the reason of who is declared to be in a virtual area belongs to each of them', () => {
  const virtualAreas = [VirtualArea.parse(AREA)];
  const step = stepBench(1, (site) => ({ ...site, virtualAreas }));
  const zone = inputsOf(step, [{ n: 1 }, { n: 2 }], { enterprises: [enterpriseRow('E-1')] });
  onTestFinished(() => zone.close());
  const segments = new Segments([zone.reader]);
  const declared = { area: AREA.id, enterprise: 'E-1', persons: ['P-1', 'P-2'] };
  const whole = { ...declared, fromMs: zone.clock.wallMs(), toMs: null };
  expect(zone.ask('virtual.declare', whole)).toMatchObject({ ok: true });
  const reasons = zone.all('virtual.declared').map(({ reason }) => reason);
  expect(reasons).toHaveLength(1);
  const all = ['P-1', 'P-2', 'P-3'].map((person) => found({ segments }, person));
  expect(all).toEqual([reasons, reasons, []]);
});
