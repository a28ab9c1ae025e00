import type { PersonClass } from '../../shared/domain/line.ts';
import type { ShippedRegime } from '../../shared/regime/shipped.ts';
import type { HolderClass } from './classes.ts';

type Classes = Partial<Readonly<Record<HolderClass, PersonClass>>>;

/**
 * Who the people of the plan are under each regime; whoever is not named is the same everywhere.
 * Their days do not change with it: commuters over the first line are researchers of a park in one,
 * residents of Macao in another.
 */
const CLASSES_IN: Readonly<Record<ShippedRegime, Classes>> = {
  'cma-buffer-zone': {},
  // Nobody else may use the bridge between the parks: visitors over it are the other park's.
  'hetao-two-parks': { 'special-pass': 'roster-member', 'mainland-visitor': 'roster-member' },
  hengqin: { 'special-pass': 'macao-resident', 'hk-resident': 'mainland-visitor' },
  'xiao-geng-special-zone': { 'special-pass': 'innovator' },
  'zhang-special-passage': { 'special-pass': 'innovator' },
};

/** The class that stands on a holder's permit. */
export function classUnder(regime: ShippedRegime, holderClass: HolderClass): PersonClass {
  return CLASSES_IN[regime][holderClass] ?? holderClass;
}
