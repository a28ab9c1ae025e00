import type { FoundPerson } from '../../../shared/contract/queries.ts';
import type { SuspendedKind } from '../../../shared/domain/suspension.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { useQuery } from '../../live/use-query.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/screen.tsx';
import { ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';

/** Whether the person, and each enterprise behind a permit of theirs, is suspended here. */
export function PersonSuspensions({ person }: { readonly person: FoundPerson }) {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const query = useQuery('suspension.list', {});
  const enterprises = new Set(person.permits.flatMap(({ enterprise }) => enterprise ?? []));
  const subjects: readonly { readonly kind: SuspendedKind; readonly id: string }[] = [
    { kind: 'person', id: person.person },
    ...[...enterprises].map((id) => ({ kind: 'enterprise' as const, id: id as string })),
  ];
  const isSuspended = (kind: string, id: string) =>
    query.data?.rows.some((row) => row.kind === kind && row.id === id) ?? false;
  return (
    <Section title={t('ledger.tab-suspensions')}>
      {query.fault && <ErrorBox fault={query.fault} onRetry={query.again} />}
      <ul className="plain-list">
        {query.data &&
          subjects.map(({ kind, id }) => {
            const now = isSuspended(kind, id);
            const about = { kind, id, onDone: query.again };
            return (
              <li key={`${kind} ${id}`} className="permit-head">
                <span>
                  {t(`ledger.kind-${kind}`)} <span className="id">{id}</span>
                </span>
                {now && <Badge tone="p2">{t('people.suspended-here')}</Badge>}
                {may('suspension.begin') && (
                  <Button
                    small
                    tone={now ? 'plain' : 'danger'}
                    label={t(now ? 'ledger.lift-title' : 'ledger.suspend-title', {
                      what: `${t(`ledger.kind-${kind}`)} ${id}`,
                    })}
                    onPress={() => ask({ act: now ? 'lift-who' : 'suspend-who', ...about })}
                  >
                    {t(now ? 'ledger.lift' : 'ledger.suspend')}…
                  </Button>
                )}
              </li>
            );
          })}
      </ul>
    </Section>
  );
}
