import { expect, onTestFinished, test } from 'vitest';
import { virtualOverview } from '../../src/main/engine/api/virtual-areas.ts';
import type { NewEvent } from '../../src/shared/journal/events.ts';
import { DAY_MS } from '../../src/shared/lib/hk-time.ts';
import { kitJournal } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';

const START = Date.parse('2026-03-02T09:00:00+08:00');

function zone() {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const add = (kind: string, data: object, atMs: number) =>
    kit.add({ kind, data: { reason: 'T1-1', ...data } } as unknown as NewEvent, atMs);
  const shown = (wallMs: number) =>
    virtualOverview({
      ...{ db: kit.db, site: { site: kitSite() } as never },
      clock: { wallMs: () => wallMs } as never,
    });
  return { kit, add, shown };
}

const of = { area: 'shenzhen', enterprise: 'E-1' };
const sent = { ...of, about: 'presence', authority: 'mainland', dueMs: START + 5 * DAY_MS };

test('the last word of an entity counts, and each entity has its own', () => {
  const { add, shown } = zone();
  const declare = (enterprise: string, persons: string[], atMs: number) =>
    add('virtual.declared', { ...of, enterprise, persons, fromMs: atMs, toMs: null }, atMs);
  declare('E-1', ['P-1', 'P-2'], START);
  declare('E-2', ['P-3'], START + 1);
  declare('E-1', [], START + 2);
  expect(shown(START + 3).declarations).toMatchObject([
    { enterprise: 'E-1', persons: [], declaredMs: START + 2 },
    { enterprise: 'E-2', persons: ['P-3'] },
  ]);
});

test('a filing is overdue from its day on until it is answered; those that wait come first', () => {
  const { add, shown } = zone();
  add('filing.sent', { ...sent, filing: 'F1-1', reference: 'HK-1' }, START);
  add('filing.sent', { ...sent, filing: 'F1-2', reference: 'HK-2' }, START + 1);
  const answered = { filing: 'F1-1', outcome: 'accepted', reference: 'SZ-1' };
  add('filing.answered', answered, START + DAY_MS);
  const states = (ms: number) =>
    shown(ms).filings.map(({ answer, filing, isOverdue }) => [
      filing,
      isOverdue,
      answer?.reference,
    ]);
  expect(states(START + 5 * DAY_MS - 1)).toEqual([
    ['F1-2', false, undefined],
    ['F1-1', false, 'SZ-1'],
  ]);
  expect(states(START + 5 * DAY_MS)[0]).toEqual(['F1-2', true, undefined]);
});
