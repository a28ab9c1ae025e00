import type { SwipeEvent } from '../../../../shared/domain/device-report.ts';
import type { CrossingId, ExceptionId } from '../../../../shared/domain/ids.ts';
import type {
  CargoGoods,
  CargoPart,
  GoodsObligation,
} from '../../../../shared/journal/goods-events.ts';
import { DAY_MS, hkMidnight } from '../../../../shared/lib/hk-time.ts';
import { auditDraw } from '../../../../shared/regime/audit-draw.ts';
import type { Obligation } from '../../../../shared/regime/obligation.ts';
import type { Reason } from '../../../../shared/regime/requirement.ts';
import type { RegimeVerdict } from '../../../../shared/regime/verdict.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { LaneFacts } from '../facts.ts';
import type { AuditTerms, CargoHalf, CargoPair } from '../goods-facts.ts';

/** A half was read, and nothing is decided yet; or it came too late for anything to be. */
export function noteHalf(
  list: EventList,
  at: LaneFacts,
  half: CargoHalf,
  { swipe, timing }: { readonly swipe: SwipeEvent; readonly timing: 'live' | 'late' },
): void {
  const { index, reader } = swipe;
  const where = reader === undefined ? { index } : { index, reader };
  const data = { lane: at.lane.id, board: swipe.board, ...where, ...half, timing };
  list.add('cargo.read', data, { deviceAt: swipe.deviceAtMs });
}

/** Both halves were read: what asks, and what each of its parts' rules says of it. */
export function noteCargo(
  list: EventList,
  at: LaneFacts,
  crossing: CrossingId,
  pair: CargoPair,
  said: RegimeVerdict,
): void {
  const { vehicle, tag, slots, firstReadMs, goods } = pair;
  const { vehicle: id, class: of } = vehicle;
  list.add('cargo.asked', {
    ...{ crossing, lane: at.lane.id, vehicle: id, class: of, tag, firstReadMs },
    ...{ slots: [...slots], goods: [...goods] },
  });
  noteParts(list, crossing, id, said, null);
}

/** What each part's rule says, now or again at the moment a person admits. */
export function noteParts(
  list: EventList,
  crossing: CrossingId,
  vehicle: string | null,
  said: RegimeVerdict,
  exception: ExceptionId | null,
): void {
  const { regime, regimeVersion, verdict } = said;
  // The vehicle's own verdict is not told apart from the strictest of all: its reasons are.
  const parts: CargoPart[] = [
    partOf('vehicle', vehicle, said),
    ...said.parts.map((part) => partOf(part.kind, part.id, part.said)),
  ];
  list.add('cargo.decided', { crossing, regime, regimeVersion, verdict, parts, exception });
}

function partOf(kind: CargoPart['kind'], id: string | null, said: RegimeVerdict): CargoPart {
  const { verdict, rule, reasons, obligations } = said;
  const goods = obligations.flatMap(goodsObligation);
  return { kind, id, verdict, rule, reasons: [...reasons], obligations: goods };
}

/** An obligation of a person (a filing, a day of presence) stands with the crossing itself. */
function goodsObligation(one: Obligation): GoodsObligation[] {
  switch (one.is) {
    case 'joint-record':
    case 'due-back':
    case 'presence-day':
    case 'file-with':
      return [];
    case 'allowance':
      return [{ ...one }];
    case 'custody':
      return [{ is: one.is, opens: [...one.opens], closes: [...one.closes] }];
    default:
      return [one];
  }
}

/** Reasons that one event holds. */
const MOST_REASONS = 24;

/**
 * The verdict of the whole as the crossing's own: every part's reasons (once each) and obligations,
 * and the driver's overstay.
 */
export function asOne(said: RegimeVerdict): RegimeVerdict {
  const all = [said, ...said.parts.map((part) => part.said)];
  return {
    ...said,
    reasons: once(all.flatMap(({ reasons }) => reasons)),
    warnings: once(all.flatMap(({ warnings }) => warnings)),
    obligations: all.flatMap(({ obligations }) => obligations),
    overstay: all.some(({ overstay }) => overstay),
  };
}

function once(reasons: readonly Reason[]): Reason[] {
  const byText = new Map(reasons.map((reason) => [JSON.stringify(reason), reason]));
  return [...byText.values()].slice(0, MOST_REASONS);
}

/**
 * Draws what is released first and audited afterwards, once the vehicle is admitted: one draw a
 * crossing, since its id is what is drawn, for each of its consignments that owes one.
 */
export function drawAudits(
  list: EventList,
  crossing: CrossingId,
  said: RegimeVerdict,
  goods: readonly CargoGoods[],
  { seed, withinDays }: AuditTerms,
  moment: Moment,
): void {
  const byMs = hkMidnight(moment.wallMs) + (withinDays + 1) * DAY_MS;
  for (const part of said.parts) {
    const owed = part.said.obligations.find((one) => one.is === 'post-release-audit');
    if (part.kind !== 'consignment' || part.id === null || owed === undefined) continue;
    const { regime, regimeVersion } = said;
    const draw = auditDraw({ regime, regimeVersion, seed, crossing }, owed.percent);
    const of = goods.find(({ consignment }) => consignment === part.id);
    const enterprise = of?.enterprise ?? null;
    list.add('audit.drawn', { ...draw, crossing, consignment: part.id, enterprise, byMs });
  }
}
