import { decimalText } from '../../lib/money.ts';
import { decidingFigure, type OriginAccount, originAccount } from '../origin.ts';
import {
  failed,
  held,
  type Outcome,
  type Params,
  type RequirementCheck,
} from './requirement-check.ts';

type Detail = 'not-declared' | 'not-set' | 'impossible' | 'below';

/** The goods' regional value content reaches what the regime sets: see `origin.ts`. */
export const originMet: RequirementCheck<Detail, 'consignment'> = {
  is: 'origin-met',
  kinds: ['consignment'],
  details: ['not-declared', 'not-set', 'impossible', 'below'],
  check({ origin }, settings): Outcome<Detail> {
    if (settings.origin === undefined) return failed('not-set');
    if (origin === null) return failed('not-declared');
    const account = originAccount(origin, settings.origin);
    if (!account.ok) return failed('impossible', { field: account.fault.where ?? '?' });
    return account.value.metBy === null ? failed('below', shortOf(account.value)) : held;
  },
};

/** What was reached and what was needed, by both methods: in percent. */
function shortOf(account: OriginAccount): Params {
  const params: Record<string, string | number> = {};
  for (const [name, method, counted] of [
    ['up', 'build-up', 'all'],
    ['ownUp', 'build-up', 'own'],
    ['down', 'build-down', 'all'],
    ['ownDown', 'build-down', 'own'],
  ] as const) {
    const figure = decidingFigure(account, method, counted);
    params[name] = decimalText(figure?.hundredths ?? 0);
    params[`${name}Floor`] = figure?.floorPercent ?? 0;
  }
  return params;
}
