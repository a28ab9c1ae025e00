import type { CorrectionRow } from '../../shared/contract/people-queries.ts';
import { useUserName } from '../live/use-user-name.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { useWords } from '../words/words.ts';
import { useFactText } from './fact-text.ts';

/** A correction in full: before, after, and both persons with their reasons. */
export function CorrectionFacts({ row }: { readonly row: CorrectionRow }) {
  const { t, dayTime } = useWords();
  const { fact, value } = useFactText();
  const userName = useUserName();
  const { settled } = row;
  const who = (by: string | null, atMs: number) => `${userName(by)} · ${dayTime(atMs)}`;
  const facts: Fact[] = [
    [t('ledger.column-fact'), fact(row)],
    [t('ledger.column-before'), value(row.before)],
    [t('ledger.column-after'), value(row.after)],
    [t('ledger.column-asked'), who(row.askedBy, row.askedMs)],
    [t('ledger.reason'), row.askedReason ?? t('ledger.erased')],
  ];
  if (settled !== null) {
    facts.push(
      [t('ledger.column-settled'), who(settled.by, settled.atMs)],
      [t('ledger.correction-state'), t(`ledger.correction-${row.state}`)],
      [t('ledger.settled-reason'), settled.reason ?? t('ledger.erased')],
    );
  }
  return <Facts facts={facts} />;
}
