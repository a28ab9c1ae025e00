import { filingId, incidentId, type TextId } from '../../../../shared/domain/ids.ts';
import { DAY_MS } from '../../../../shared/lib/hk-time.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { RequestFacts } from '../facts.ts';
import type { RequestInput } from '../input.ts';
import type { FilingDue } from '../virtual-facts.ts';
import { raise } from './incident.ts';

export type VirtualRequest = Extract<
  RequestInput,
  { name: 'virtual.declare' | 'filing.send' | 'filing.answer' }
>;

export function isVirtualRequest(input: RequestInput): input is VirtualRequest {
  return input.name.startsWith('virtual.') || input.name.startsWith('filing.');
}

/** Why a word about a virtual area cannot be followed; null where it can. */
export function refuseVirtual(
  { virtual }: RequestFacts,
  request: VirtualRequest,
): Result<never> | null {
  if (virtual === undefined) throw new Error('a virtual area without its facts');
  if (request.name === 'filing.answer') {
    const { filing } = request.input;
    if (virtual.filing === null) return fail('not-found', 'there is no such filing', filing);
    if (!virtual.filing.isAnswered) return null;
    return fail('no-change', 'this filing is answered already', filing);
  }
  const { area, enterprise } = request.input;
  if (virtual.area === null) {
    return fail('not-found', 'this site has no such virtual area', area);
  }
  if (!virtual.isEnterpriseKnown) {
    return fail('not-found', 'there is no such enterprise', enterprise);
  }
  if (request.name === 'filing.send') return null;
  const { fromMs, toMs } = request.input;
  if (toMs === null || toMs > fromMs) return null;
  return fail('times-backwards', 'it must end after it begins', 'toMs');
}

/** Writes down what was declared, sent or answered; was looked at by `refuseVirtual`. */
export function actOnVirtual(
  list: EventList,
  { virtual }: RequestFacts,
  request: VirtualRequest,
  reason: TextId,
  moment: Moment,
): unknown {
  if (request.name === 'filing.answer') {
    const seq = list.add('filing.answered', { ...request.input, reason });
    const incident = virtual?.filing?.incident ?? null;
    if (incident !== null) list.add('incident.resolved', { incident, reason });
    return { seq };
  }
  if (request.name === 'virtual.declare') {
    return { seq: list.add('virtual.declared', { ...request.input, reason }) };
  }
  const area = virtual?.area ?? null;
  if (area === null) throw new Error('a filing without its area');
  const filing = filingId(moment.epoch, list.nextSeq);
  const dueMs = Math.round(moment.atMs + area.answerWithinDays * DAY_MS);
  const { filedWith: authority } = area;
  list.add('filing.sent', { ...request.input, filing, authority, dueMs, reason });
  return { filing };
}

/** Each that was to be answered by now raises one incident, which its answer ends. */
export function tellFilings(list: EventList, due: readonly FilingDue[], moment: Moment): void {
  for (const { filing, reference } of due) {
    const incident = incidentId(moment.epoch, list.nextSeq + 1);
    list.add('filing.overdue', { filing, incident });
    const params = { filing, reference };
    raise(list, moment, [], { type: 'filing-overdue', params });
  }
}
