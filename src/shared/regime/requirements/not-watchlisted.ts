import type { SubjectKind } from '../../domain/line.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'listed' | 'vehicle-listed' | 'consignment-listed';

const DETAIL: Readonly<Record<SubjectKind, Detail>> = {
  person: 'listed',
  vehicle: 'vehicle-listed',
  consignment: 'consignment-listed',
};

/** Who or what crosses is on no watch-list in force. Its failure is shown to supervisors only. */
export const notWatchlisted: RequirementCheck<Detail> = {
  is: 'not-watchlisted',
  kinds: ['person', 'vehicle', 'consignment'],
  details: ['listed', 'vehicle-listed', 'consignment-listed'],
  check({ watchlisted, kind }) {
    return watchlisted ? failed(DETAIL[kind]) : held;
  },
};
