import type { CorrectionRow } from '../../../shared/contract/people-queries.ts';
import { useFactText } from '../../actions/fact-text.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';

/** Facts that the figures stand on as two persons put them right, and who did. */
export function Corrected({ corrections }: { readonly corrections: readonly CorrectionRow[] }) {
  const { t } = useWords();
  const { fact, value } = useFactText();
  const userName = useUserName();
  if (corrections.length === 0) return null;
  return (
    <Section title={t('ledger.corrections-list')}>
      <FigureTable
        label={t('ledger.corrections-list')}
        rows={corrections}
        keyOf={(row) => row.correction}
        columns={[
          {
            title: t('ledger.crossing'),
            cell: (row) => <span className="id">{row.crossing}</span>,
          },
          { title: t('ledger.column-fact'), cell: (row) => fact(row) },
          { title: t('ledger.column-before'), cell: (row) => value(row.before) },
          { title: t('ledger.column-after'), cell: (row) => value(row.after) },
          {
            title: t('ledger.by'),
            cell: ({ askedBy, settled }) =>
              `${userName(askedBy)} → ${userName(settled?.by ?? null)}`,
          },
        ]}
      />
    </Section>
  );
}
