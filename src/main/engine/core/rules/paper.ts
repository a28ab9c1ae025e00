import type { SwipeEvent } from '../../../../shared/domain/device-report.ts';
import type { TextId } from '../../../../shared/domain/ids.ts';
import { formName, type UnnamedThen } from '../../../../shared/domain/paper-form.ts';
import { isForVehicles } from '../../../../shared/domain/site.ts';
import { assertNever } from '../../../../shared/lib/assert.ts';
import { DAY_MS, MINUTE_MS } from '../../../../shared/lib/hk-time.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { EventList, type Moment } from '../event-list.ts';
import type { PaperFacts } from '../facts.ts';
import type { OpenGateThen } from '../held-facts.ts';
import type { PaperInput } from '../input.ts';
import { raiseUnsure } from './incident.ts';
import { keepText } from './keep-text.ts';
import { recordCrossing } from './record-crossing.ts';
import type { RequestDecision } from './request.ts';

/** An older crossing would stand under the time of keying: see `happenedMs`. */
const MOST_DAYS = 31;
const HIGHEST = 999_999;

type KeyIn = Extract<PaperInput, { name: 'paper.key-in' }>;
type KeyedIn = ReturnType<typeof recordCrossing> & { readonly unnamed: UnnamedThen | null };

/** Numbered forms are handed out, keyed in as crossings, or said to be void. */
export function decidePaper(facts: PaperFacts, of: PaperInput, moment: Moment): RequestDecision {
  const list = new EventList(moment);
  const refusal = refuse(facts, of, moment);
  if (refusal !== null) return { list, answer: refusal, text: null };
  const text = keepText(list, of.text, moment);
  return { list, answer: ok(act(list, facts, of, text.id, moment)), text };
}

function refuse(facts: PaperFacts, of: PaperInput, moment: Moment): Result<never> | null {
  const { series } = of.input;
  if (of.name === 'paper.hand-out') {
    const { checkpoint, count } = of.input;
    if (checkpoint !== null && !facts.isCheckpoint) {
      return fail('not-found', 'this site has no such checkpoint', checkpoint);
    }
    if (facts.last + count <= HIGHEST) return null;
    return fail('series-full', 'it has no more numbers: begin another series', series);
  }
  const { number } = of.input;
  const name = formName(series, number);
  const { form } = facts;
  if (form === null) return fail('not-found', 'no form of this number was handed out', name);
  if (form.state === 'keyed') {
    return fail('not-open', `it was keyed in already, as ${form.crossing}`, name);
  }
  if (form.state === 'void') return fail('not-open', 'it is void: it was said to be unused', name);
  if (of.name === 'paper.void') return null;
  return refusePerson(of, form.handedBy, name) ?? refuseKeyIn(facts, of, form.handedMs, moment);
}

/** Nobody makes up a crossing alone: who handed the form out is not the one who keys it in. */
function refusePerson({ actor }: KeyIn, handedBy: string | null, name: string) {
  if (actor.user !== handedBy || actor.role === 'supervisor') return null;
  const text = 'you handed this form out: let a colleague or a supervisor key it in';
  return fail('same-person', text, name);
}

function refuseKeyIn(
  { at, swipe }: PaperFacts,
  { input }: KeyIn,
  handedMs: number,
  { wallMs }: Moment,
): Result<never> | null {
  const { direction, happenedMs, lane, permit } = input;
  if (at === null) return fail('not-found', 'there is no such lane', lane);
  if (isForVehicles(at.lane)) {
    return fail('lane-for-vehicles', 'vehicles have papers of their own: name a lane', lane);
  }
  if (at.lane.direction !== direction) {
    return fail('wrong-way', `this lane does not lead ${direction}: correct the lane`, lane);
  }
  if (happenedMs > wallMs) return fail('bad-time', 'it has not happened yet: correct the time');
  // A form says the minute.
  if (happenedMs < handedMs - (handedMs % MINUTE_MS)) {
    return fail('bad-time', 'the form was handed out only after that: correct number or time');
  }
  if (happenedMs < wallMs - MOST_DAYS * DAY_MS) {
    return fail('too-old', `forms are keyed in within ${MOST_DAYS} days`);
  }
  return swipe === null ? fail('not-found', 'there is no such permit', permit) : null;
}

function act(
  list: EventList,
  facts: PaperFacts,
  of: PaperInput,
  reason: TextId,
  moment: Moment,
): unknown {
  switch (of.name) {
    case 'paper.hand-out': {
      const { checkpoint, count, holder, series } = of.input;
      const [from, to] = [facts.last + 1, facts.last + count];
      list.add('paper.handed-out', { series, from, to, checkpoint, holder, reason });
      return { from, to };
    }
    case 'paper.void': {
      const { number, series } = of.input;
      return { seq: list.add('paper.voided', { series, number, reason }) };
    }
    case 'paper.key-in': {
      const { series, number, writer } = of.input;
      return keyIn(list, facts, of, { series, number, writer, reason }, moment);
    }
    default:
      return assertNever(of, 'paper');
  }
}

/** What an officer wrote down happened: it is judged by the regime of then, and stands. */
function keyIn(
  list: EventList,
  { at, credential, openGate, swipe: facts }: PaperFacts,
  { input }: KeyIn,
  paper: NonNullable<Parameters<typeof recordCrossing>[4]['paper']>,
  moment: Moment,
): KeyedIn {
  const crossing = facts?.crossing ?? null;
  if (at === null || facts === null || crossing === null || credential === null) {
    throw new Error('a form without its crossing');
  }
  const { board, direction, door } = at.lane;
  const swipe: SwipeEvent = {
    kind: 'swipe',
    board,
    door,
    credential,
    direction: direction === 'out' ? 'out' : 'in',
    delivery: 'backlog',
    deviceAtMs: input.happenedMs,
    ...{ index: 0, ageMs: 0, inOrder: true, granted: true, reason: 0 },
  };
  const [passage, ...others] = openGate.passages;
  const takes = others.length === 0 && passage !== undefined ? { takes: passage } : {};
  const heard = { swipe, timing: 'late', paper: { ...paper, ...takes } } as const;
  const told = recordCrossing(list, facts, at, crossing, heard, moment);
  if (others.length === 0) return { ...told, unnamed: unnamedOf(openGate) };
  const about = { at, crossing: told.crossing, deviceAt: input.happenedMs };
  raiseUnsure(list, moment, about, []);
  return { ...told, unnamed: 'several' };
}

/** Where no more than one passage may be the form's own. */
function unnamedOf({ passages, wasOpen }: OpenGateThen): KeyedIn['unnamed'] {
  if (passages.length > 0) return 'taken';
  return wasOpen ? 'none' : null;
}
