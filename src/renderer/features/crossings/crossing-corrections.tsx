import type { CrossingRow } from '../../../shared/contract/queries.ts';
import { useActions } from '../../actions/actions.ts';
import { CorrectionFacts } from '../../actions/correction-facts.tsx';
import { useMay } from '../../actions/may.ts';
import { useQuery } from '../../live/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/screen.tsx';
import { ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';

const MOST = 20;

/** Ends that may have been recorded wrongly; an unknown one only where somebody told it. */
const ENDED: ReadonlySet<CrossingRow['state']> = new Set(['passed', 'not-taken', 'recorded']);

/** What was put right of a crossing, by whom; and the way to ask for it. */
export function CrossingCorrections({ row }: { readonly row: CrossingRow }) {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const { answered, atMs, crossing, state } = row;
  const query = useQuery('correction.list', { crossing, limit: MOST });
  const rows = query.data?.rows ?? [];
  const now = answered ?? (state === 'not-taken' ? 'not-taken' : 'passed');
  const mayAsk = (ENDED.has(state) || answered !== null) && may('correction.ask');
  if (rows.length === 0 && !mayAsk && query.fault === null) return null;
  return (
    <Section
      title={t('ledger.tab-corrections')}
      tools={
        mayAsk && (
          <Button
            small
            onPress={() =>
              ask({ act: 'correct', crossing, fact: 'passage', now, atMs, onDone: query.again })
            }
          >
            {t('ledger.correct')}…
          </Button>
        )
      }
    >
      {query.fault && <ErrorBox fault={query.fault} onRetry={query.again} />}
      <ul className="plain-list">
        {rows.map((one) => (
          <li key={one.correction}>
            <p className="high">
              {t(`ledger.correction-${one.state}`)} <span className="id">{one.correction}</span>
            </p>
            <CorrectionFacts row={one} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
