import type { CorrectionRow } from '../../shared/contract/people-queries.ts';
import type { FactValue } from '../../shared/domain/correction.ts';
import { useWords } from '../words/words.ts';

const VALUES = ['passed', 'not-taken', 'left', 'stayed'] as const;

/** A corrected fact and its values in words. */
export function useFactText() {
  const { t, dayTime } = useWords();
  return {
    fact: (row: Pick<CorrectionRow, 'fact'>) => t(`ledger.fact-${row.fact}`),
    value: (of: FactValue): string => {
      if (typeof of === 'number') return dayTime(of);
      const known = VALUES.find((one) => one === of);
      return known === undefined ? of : t(`ledger.value-${known}`);
    },
  };
}
