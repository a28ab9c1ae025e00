import type { Authority } from '../../domain/authority.ts';
import type { Direction } from '../../domain/line.ts';
import type { ObligationMaker, RegimeTerms } from './obligation-maker.ts';

/** One inspection, one release: the same crossing is exit for one authority, entry for another. */
export interface JointRecord {
  readonly is: 'joint-record';
  readonly exitFor: Authority | null;
  readonly entryFor: Authority | null;
}

export const jointRecord: ObligationMaker<JointRecord, 'person' | 'consignment'> = {
  is: 'joint-record',
  kinds: ['person', 'consignment'],
  make({ direction }, regime) {
    return { is: 'joint-record', ...sidesOf(regime, direction) };
  },
};

/** Into the zone is entry for home and exit for the other side; out of it the other way round. */
export function sidesOf(
  { authorities }: Pick<RegimeTerms, 'authorities'>,
  direction: Direction,
): Omit<JointRecord, 'is'> {
  const first = authorities?.first ?? null;
  const home = authorities?.home ?? null;
  return direction === 'out'
    ? { exitFor: home, entryFor: first }
    : { exitFor: first, entryFor: home };
}
