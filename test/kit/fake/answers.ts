import type {
  CrossingFilter,
  CrossingRow,
  DailyReport,
  FoundPerson,
  IncidentRow,
  QueryInput,
  QueryOutput,
} from '../../../src/shared/contract/queries.ts';
import type { PersonId, UserId } from '../../../src/shared/domain/ids.ts';
import { ROLES } from '../../../src/shared/domain/role.ts';
import type { Site } from '../../../src/shared/domain/site.ts';
import { hkDay, hkDayEnd, hkDayStart } from '../../../src/shared/lib/hk-time.ts';
import { seededRng } from '../../../src/shared/lib/rng.ts';
import { fakeCustodyAtEnd } from './goods.ts';
import { anyClass, anyPermit, anyReason, made } from './zone.ts';

const STATES = ['passed', 'passed', 'passed', 'passed', 'passed', 'passed', 'not-taken'] as const;

/** A day of crossings behind `nowMs`, newest first. */
export function fakeCrossings(site: Site, nowMs: number, count: number): CrossingRow[] {
  const rng = seededRng('crossings');
  const rows: CrossingRow[] = [];
  let atMs = nowMs;
  for (let n = 0; n < count; n += 1) {
    atMs -= 400 + rng.below(9_000);
    const lane = rng.pick(site.lanes);
    const odd = rng.below(20);
    const verdict = odd === 0 ? 'refuse' : odd === 1 ? 'refer' : 'admit';
    rows.push({
      crossing: made('X', 180_000 - n),
      atMs,
      checkpoint: lane.checkpoint,
      lane: lane.id,
      line: site.checkpoints.find((one) => one.id === lane.checkpoint)?.line ?? 'first',
      direction: lane.direction,
      class: anyClass(rng),
      person: `P-${20_000 + rng.below(9_000)}` as PersonId,
      permit: anyPermit(rng),
      permitStatus: verdict === 'refuse' ? 'suspended' : 'active',
      verdict,
      state: verdict === 'refuse' ? 'refused' : verdict === 'refer' ? 'referred' : rng.pick(STATES),
      timing: rng.below(25) === 0 ? 'late' : 'live',
      rule: 'first-in-special-pass',
      regimeVersion: 1,
      reasons: verdict === 'admit' ? [] : [anyReason(rng, atMs)],
      exception: verdict === 'refer' ? made('E', 170_000 - n) : null,
      answered: null,
    });
  }
  return rows;
}

export function matches(row: CrossingRow, filter: CrossingFilter): boolean {
  const { fromMs, toMs, reason, ...equal } = filter;
  if (fromMs !== undefined && row.atMs < fromMs) return false;
  if (toMs !== undefined && row.atMs >= toMs) return false;
  if (reason !== undefined && !row.reasons.some((one) => one.is === reason)) return false;
  return Object.entries(equal).every(
    ([key, value]) => value === undefined || row[key as keyof CrossingRow] === value,
  );
}

export function fakePerson(site: Site, nowMs: number, n: number, crossings: CrossingRow[]) {
  const rng = seededRng(`person-${n}`);
  const found: FoundPerson = {
    person: `P-${20_000 + n}` as PersonId,
    nameZh: rng.pick(['李文傑', '陈颖欣', '黃𨋢強', '张卫关', '何嘉敏']),
    nameEn: rng.pick(['LI Man Kit', 'CHEN Yingxin', 'WONG Lip Keung', 'ZHANG Weiguan']),
    employer: rng.pick([
      '河套精密儀器有限公司',
      '深港生物科技研究院',
      'Northern Link Robotics Ltd',
    ]),
    document: `C${String(30_000_000 + rng.below(9_999_999))}`,
    place: rng.pick(['loop', 'san-tin', 'beyond-first']) as FoundPerson['place'],
    placeUnknown: false,
    sinceMs: nowMs - 3_600_000 * 3,
    permits: [
      {
        permit: anyPermit(rng),
        class: 'special-pass',
        status: 'active',
        suspendedHere: n % 3 === 2,
        validFromMs: nowMs - 86_400_000 * 200,
        validToMs: nowMs + 86_400_000 * 165,
        areas: site.areas.map((area) => area.id),
        hours: { fromMinute: 420, toMinute: 1_320 },
        enterprise: 'ENT-0042' as FoundPerson['permits'][number]['enterprise'],
        trade: 'research-engineer',
        credential: `h10301/57/${10_000 + n}`,
      },
    ],
    recent: crossings.slice(n, n + 5),
  };
  return found;
}

export function fakeIncidents(site: Site, nowMs: number): IncidentRow[] {
  const rng = seededRng('incidents');
  const types = ['door-forced', 'door-open-too-long', 'board-offline', 'overstay'] as const;
  return Array.from({ length: 80 }, (_, n) => {
    const lane = rng.pick(site.lanes);
    const openedMs = nowMs - (n + 1) * 500_000;
    const resolved = n > 3;
    return {
      incident: made('I', 8_000 - n),
      type: rng.pick(types),
      priority: rng.pick([1, 2, 3, 4] as const),
      state: resolved ? ('resolved' as const) : ('acknowledged' as const),
      openedMs,
      acknowledgedMs: openedMs + 19_000,
      acknowledgedBy: 'U-operator',
      resolvedMs: resolved ? openedMs + 240_000 : null,
      resolvedBy: resolved ? 'U-supervisor' : null,
      reason: resolved ? '現場人員確認門磁鬆脫，已重新固定。' : null,
      checkpoint: lane.checkpoint,
      lane: lane.id,
      board: lane.board,
      crossing: null,
      timing: n % 9 === 0 ? ('late' as const) : ('live' as const),
      count: 1 + (n % 4 === 0 ? 2 : 0),
      note: null,
      erased: n % 13 === 5 ? (['note'] as const).slice() : [],
      params: {},
    };
  });
}

export function fakeRetention(nowMs: number): QueryOutput<'retention.now'> {
  const row = { orderedMs: nowMs - 60_000, basis: null, doneMs: null, texts: null, rows: null };
  const done = { doneMs: nowMs - 3_600_000, texts: 214, rows: 0 };
  const of = { class: 'texts' as const, beforeMs: nowMs - 400 * 86_400_000 };
  return {
    classes: [
      { class: 'texts', days: 365, basis: 'Cap. 486, Schedule 1, principle 2(2)' },
      { class: 'persons', days: null, basis: null },
    ],
    erasures: [
      {
        ...row,
        erasure: made('R', 9_002),
        scope: { person: 'P-4711' },
        orderedBy: 'U-administrator',
      },
      { ...row, ...done, erasure: made('R', 8_310), scope: of, orderedBy: null },
    ],
  } as QueryOutput<'retention.now'>;
}

const REFUSALS: DailyReport['refusals'] = [
  {
    verdict: 'refuse',
    reason: 'permit-valid',
    count: 31,
    admittedAfter: 0,
    refusedAfter: 31,
    lapsed: 0,
    waiting: 0,
  },
  {
    verdict: 'refuse',
    reason: 'not-suspended',
    count: 12,
    admittedAfter: 0,
    refusedAfter: 12,
    lapsed: 0,
    waiting: 0,
  },
  {
    verdict: 'refer',
    reason: 'clearance-granted',
    count: 64,
    admittedAfter: 51,
    refusedAfter: 9,
    lapsed: 3,
    waiting: 1,
  },
  {
    verdict: 'refer',
    reason: 'not-already-inside',
    count: 8,
    admittedAfter: 5,
    refusedAfter: 2,
    lapsed: 0,
    waiting: 1,
  },
];

const TOTALS = {
  asked: 17_412,
  passed: 17_104,
  refused: 43,
  referred: 72,
  notTaken: 181,
  unknown: 3,
  late: 143,
  manual: 12,
};

export function fakeReport(site: Site, day: string, nowMs: number): DailyReport {
  const rng = seededRng(`report-${day}`);
  const over = hkDayEnd(day) <= nowMs;
  return {
    day,
    site: site.id,
    generatedMs: nowMs,
    version: 1,
    complete: over,
    incompleteBecause: over ? [] : ['day-not-over', 'gaps-open'],
    firstSeq: 1,
    lastSeq: 184_220,
    headHash: '9f2c41d07be5b9a8e1d37c604f52aa10c3a8e0b95d7716f2049ce88d13ab64f0',
    regimes: [{ id: 'cma-buffer-zone', version: 1 }],
    throughput: site.lanes.flatMap((lane) =>
      Array.from({ length: 24 }, (_, hour) => ({
        line: site.checkpoints.find((one) => one.id === lane.checkpoint)?.line ?? 'first',
        checkpoint: lane.checkpoint,
        lane: lane.id,
        direction: lane.direction,
        hour,
        class: 'special-pass' as const,
        passed: Math.round(20 + 180 * Math.exp(-(((hour - 8.5) / 2) ** 2)) + rng.below(30)),
      })),
    ),
    refusals: REFUSALS,
    incidents: [
      { type: 'door-forced', priority: 1, raised: 2, resolved: 1, late: 0 },
      { type: 'board-offline', priority: 2, raised: 3, resolved: 3, late: 1 },
      { type: 'overstay', priority: 3, raised: 14, resolved: 11, late: 0 },
    ],
    occupancy: site.areas.map((area) => ({
      area: area.id,
      peak: Math.round(area.capacity.soft * 0.9),
      peakMs: hkDayStart(day) + 39_000_000,
      atStart: 212,
      atEnd: 240,
      entries: 8_412,
      exits: 8_384,
      corrected: 0,
    })),
    custody: fakeCustodyAtEnd(nowMs),
    totals: TOTALS,
  };
}

export function fakeDays(nowMs: number): string[] {
  return Array.from({ length: 9 }, (_, n) => hkDay(nowMs - n * 86_400_000));
}

export function fakeUsers(): QueryOutput<'user.list'>['users'] {
  const builtIn = ROLES.map((role) => ({ role, name: role, builtIn: true, badge: false }));
  const own = { role: 'operator' as const, name: 'chan.tai-man', builtIn: false, badge: true };
  return [...builtIn, own].map((row, n) => {
    return { ...row, user: `U-${n}` as UserId, authority: null };
  });
}

/** A person who has gone often, or an enterprise that has moved much. */
export function fakeAllowance(
  { of }: QueryInput<'allowance.left'>,
  nowMs: number,
): QueryOutput<'allowance.left'> {
  const fromMs = hkDayStart(`${hkDay(nowMs).slice(0, 8)}01`);
  const person = { most: 30, used: 22, left: 8, currency: null };
  const goods = { most: 2_500_000_00, used: 2_500_000_00, left: 0, currency: 'CNY' };
  return { allowance: { fromMs, ...(of === 'person' ? person : goods) } };
}

/** What the built-in users are called: each by the role that its id ends with. */
export function fakeNames(users: readonly UserId[]): QueryOutput<'user.names'>['names'] {
  const known = users.filter((user) => ROLES.some((role) => user === `U-${role}`));
  return known.map((user) => ({ user, name: user.slice(2) }));
}
