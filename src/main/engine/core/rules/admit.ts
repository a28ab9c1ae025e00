import type { CrossingId, ExceptionId } from '../../../../shared/domain/ids.ts';
import { isArea } from '../../../../shared/domain/place.ts';
import type { EventData } from '../../../../shared/journal/events.ts';
import { obligationOf } from '../../../../shared/regime/obligation.ts';
import type { PersonFacts } from '../../../../shared/regime/person-facts.ts';
import type { RegimeVerdict } from '../../../../shared/regime/verdict.ts';
import type { EventList, Moment } from '../event-list.ts';
import type { LaneFacts } from '../facts.ts';
import { OPEN_WITHIN_MS } from '../timing.ts';
import { requestOpen } from './crossing-moves.ts';

type Admitted = EventData<'crossing.admitted'>;

/** Whom to admit where, and what the admission rests on. */
export interface Admission {
  readonly at: LaneFacts;
  readonly decided: Omit<
    Admitted,
    'obligations' | 'overstay' | 'dueBackMs' | 'exception' | 'deadlineMono'
  >;
  /** What the regime says of them now, and of which facts. */
  readonly verdict: RegimeVerdict;
  readonly crossing: PersonFacts;
  /** Set where a person admits somebody who was referred. */
  readonly exception: ExceptionId | null;
  readonly cause?: number | undefined;
}

/**
 * Somebody is admitted, by the rule or by a person: the place is reserved, the regime's obligations
 * begin, and the gate is asked to open.
 */
export function admit(list: EventList, admission: Admission, moment: Moment): void {
  const { at, decided, verdict, crossing, exception, cause } = admission;
  const { obligations, overstay } = verdict;
  const admitted = list.add(
    'crossing.admitted',
    {
      ...decided,
      obligations: obligations.map(({ is }) => is),
      overstay,
      dueBackMs: obligationOf(obligations, 'due-back')?.byMs ?? null,
      exception,
      deadlineMono: Math.round(moment.monoMs + OPEN_WITHIN_MS),
    },
    { cause },
  );
  if (overstay) noteOverstay(list, crossing, decided.crossing, admitted);
  requestOpen(list, at, decided.crossing, moment, admitted);
}

/** A way out on an expired permit: admitted, and kept as an overstay. */
function noteOverstay(list: EventList, crossing: PersonFacts, id: CrossingId, cause: number) {
  const { person, from } = crossing;
  if (person === null || !isArea(from)) return;
  list.add('crossing.overstay', { crossing: id, person, area: from }, { cause });
}
