import { minuteOf } from '../../lib/hk-time.ts';
import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'none' | 'filed' | 'rejected' | 'ended';

/** The consignment's declaration is cleared, and the clearance still lasts (its end exclusive). */
export const declarationCleared: RequirementCheck<Detail, 'consignment'> = {
  is: 'declaration-cleared',
  kinds: ['consignment'],
  details: ['none', 'filed', 'rejected', 'ended'],
  check({ declaration, atMs }) {
    if (declaration === null) return failed('none');
    if (declaration.status !== 'cleared') return failed(declaration.status);
    const { untilMs } = declaration;
    if (untilMs !== null && minuteOf(atMs) >= untilMs) return failed('ended', { toMs: untilMs });
    return held;
  },
};
