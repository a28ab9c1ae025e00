import type { QueryOutput } from '../../../src/shared/contract/queries.ts';
import type {
  VirtualDeclaration,
  VirtualFiling,
} from '../../../src/shared/contract/virtual-operations.ts';
import type { AreaId, EnterpriseId, PersonId } from '../../../src/shared/domain/ids.ts';
import type { VirtualArea } from '../../../src/shared/domain/virtual-area.ts';
import { made } from './zone.ts';

const DAY_MS = 86_400_000;
const BY = 'U-supervisor';

/** The area without gates of the fake zone, where it is asked for. */
export const FAKE_VIRTUAL: VirtualArea = {
  id: 'virtual-shenzhen' as AreaId,
  name: { 'zh-HK': '深圳虛擬園區', 'zh-CN': '深圳虚拟园区', en: 'Virtual area in Shenzhen' },
  ...{ filedWith: 'mainland', answerWithinDays: 5 },
};

const enterprise = (n: number) => `ENT-${String(n).padStart(4, '0')}` as EnterpriseId;

function declared(nowMs: number): VirtualDeclaration[] {
  return [3, 0, 12, 1, 6].map((count, n) => ({
    ...{ area: FAKE_VIRTUAL.id, enterprise: enterprise(n * 3 + 1) },
    persons: Array.from({ length: count }, (_, m) => `P-${20_100 + n * 20 + m}` as PersonId),
    fromMs: nowMs - (n + 1) * 3 * 3_600_000,
    toMs: n % 2 === 0 ? nowMs + (n + 2) * DAY_MS : null,
    ...{ declaredMs: nowMs - (n + 1) * 3 * 3_600_000 - 840_000, declaredBy: BY },
  }));
}

function filed(nowMs: number): VirtualFiling[] {
  return Array.from({ length: 9 }, (_, n) => {
    const sentMs = nowMs - (n < 4 ? 7 - n * 1.7 : n + 4) * DAY_MS;
    const dueMs = sentMs + FAKE_VIRTUAL.answerWithinDays * DAY_MS;
    const outcome = n === 6 ? ('rejected' as const) : ('accepted' as const);
    const answered = { atMs: sentMs + 3 * DAY_MS, by: BY, outcome, reference: `深河函-${310 - n}` };
    return {
      filing: made('F', 171_000 - n * 40),
      ...{ area: FAKE_VIRTUAL.id, enterprise: enterprise((n % 5) * 3 + 1) },
      about: n % 3 === 0 ? ('entity' as const) : ('presence' as const),
      ...{ authority: 'mainland' as const, reference: `HK-VA-2026-${118 - n}`, sentMs, dueMs },
      ...{ sentBy: BY, isOverdue: n < 4 && dueMs <= nowMs, answer: n < 4 ? null : answered },
    };
  });
}

export function fakeVirtual(nowMs: number): QueryOutput<'virtual.overview'> {
  return { areas: [FAKE_VIRTUAL], declarations: declared(nowMs), filings: filed(nowMs) };
}
