import type { QueryInput, QueryName, QueryOutput } from '../../../src/shared/contract/queries.ts';
import type { PersonId, UserId } from '../../../src/shared/domain/ids.ts';
import type { Place } from '../../../src/shared/domain/place.ts';
import type { Site } from '../../../src/shared/domain/site.ts';
import { hkDay, hkDayEnd } from '../../../src/shared/lib/hk-time.ts';
import { fakeAllowance, fakeCrossings } from './answers.ts';
import { made } from './zone.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const AREA = 'loop' as Place;
const who = (n: number) => `P-${20_000 + n}` as PersonId;
const SECOND = 'U-supervisor' as UserId;
const FIRST = 'U-operator' as UserId;

function fakeDueBack(
  nowMs: number,
  { state }: QueryInput<'day-return.list'>,
): QueryOutput<'day-return.list'> {
  const late = state !== 'due';
  const dueMs = late ? hkDayEnd(hkDay(nowMs)) - 24 * HOUR_MS : nowMs + 40 * MINUTE_MS;
  const decided =
    state === 'stayed' || state === 'closed'
      ? {
          outcome: state === 'stayed' ? ('stayed' as const) : ('left' as const),
          ...{ atMs: nowMs - HOUR_MS, by: SECOND, reason: '已致電僱主核實' },
        }
      : null;
  const rows = [1, 2, 3, 4, 5].map((n) => ({
    ...{ crossing: made('X', 150_000 + n), person: who(n), state, decided },
    ...{ back: 'beyond-first' as const, dueMs: dueMs + (n > 2 && !late ? 6 * HOUR_MS : 0) },
    sinceMs: dueMs - 9 * HOUR_MS - n * MINUTE_MS,
    overdueMs: late ? dueMs + 400 : null,
    closedMs: state === 'closed' ? nowMs - HOUR_MS : null,
  }));
  return { rows, more: false, warnsMs: HOUR_MS, nowMs };
}

function fakeSuspensions(nowMs: number): QueryOutput<'suspension.list'> {
  const by = SECOND;
  return {
    cut: false,
    rows: [
      { kind: 'person', id: who(1), sinceMs: nowMs - HOUR_MS, by, reason: '證件懷疑外借' },
      { kind: 'enterprise', id: 'E-104', sinceMs: nowMs - 30 * HOUR_MS, by, reason: '牌照覆核中' },
      { kind: 'permit', id: 'SP-20007', sinceMs: nowMs - 50 * HOUR_MS, by, reason: '報失' },
    ],
  };
}

function fakeCorrections(
  nowMs: number,
  { crossing, state }: QueryInput<'correction.list'>,
): QueryOutput<'correction.list'> {
  const settled = { atMs: nowMs - HOUR_MS, by: SECOND, reason: '已翻查錄影' };
  const told = { person: who(1), askedBy: FIRST, askedReason: '保安員目睹未有進入' };
  const asked = { ...told, askedMs: nowMs - 2 * HOUR_MS };
  const rows = [
    {
      ...asked,
      ...{ correction: made('C', 171_004), crossing: made('X', 170_001), fact: 'passage' },
      ...{ before: 'passed', after: 'not-taken', state: 'asked', settled: null },
    },
    {
      ...asked,
      ...{ correction: made('C', 171_002), crossing: made('X', 169_420), fact: 'time' },
      ...{ before: nowMs - 9 * HOUR_MS, after: nowMs - 10 * HOUR_MS, state: 'confirmed', settled },
    },
  ] as unknown as QueryOutput<'correction.list'>['rows'];
  const fits = rows.filter((row) => state === undefined || row.state === state);
  return { rows: crossing === undefined ? fits : [], more: false };
}

function fakeTimeline(
  site: Site,
  nowMs: number,
  { person }: QueryInput<'person.timeline'>,
): QueryOutput<'person.timeline'> {
  const crossings = fakeCrossings(site, nowMs, 12).map((row, n) => ({
    ...{ what: 'crossing', id: row.crossing, atMs: row.atMs - n * 5 * HOUR_MS, lane: row.lane },
    ...{ from: n % 2 === 0 ? AREA : 'beyond-first', to: n % 2 === 0 ? 'beyond-first' : AREA },
    ...{ state: row.state, timing: row.timing, permit: row.permit },
  }));
  const [row] = fakeCorrections(nowMs, { limit: 1 }).rows;
  const correction = {
    ...{ what: 'correction', id: row?.correction, atMs: row?.askedMs, row: { ...row, person } },
  };
  return { entries: [correction, ...crossings], more: false } as QueryOutput<'person.timeline'>;
}

/** What the screens of the ledger ask for; null for any other query. */
export function answerLedger(
  site: Site,
  nowMs: number,
  name: QueryName,
  input: QueryInput<QueryName>,
): unknown {
  switch (name) {
    case 'day-return.list':
      return fakeDueBack(nowMs, input as QueryInput<'day-return.list'>);
    case 'allowance.left':
      return fakeAllowance(input as QueryInput<'allowance.left'>, nowMs);
    case 'suspension.list':
      return fakeSuspensions(nowMs);
    case 'correction.list':
      return fakeCorrections(nowMs, input as QueryInput<'correction.list'>);
    case 'person.timeline':
      return fakeTimeline(site, nowMs, input as QueryInput<'person.timeline'>);
    default:
      return null;
  }
}
