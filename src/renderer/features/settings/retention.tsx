import { useEffect } from 'react';
import type { ErasureRow } from '../../../shared/contract/administration-queries.ts';
import { useMay } from '../../actions/may.ts';
import { useQuery } from '../../live/use-query.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { ErrorBox } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { ErasePerson } from './erase-person.tsx';

/** While something is being erased its outcome is asked for this often. */
const ASK_MS = 1_000;

function Erasures({ rows }: { readonly rows: readonly ErasureRow[] }) {
  const { t, dayTime, number } = useWords();
  const userName = useUserName();
  return (
    <div className="refused">
      <Table
        label={t('settings.erasures')}
        rows={rows}
        keyOf={(row) => row.erasure}
        empty={<p className="empty">{t('settings.erasures-none')}</p>}
        columns={[
          {
            id: 'when',
            title: t('settings.erasure-when'),
            width: '10rem',
            cell: (row) => <time>{dayTime(row.orderedMs)}</time>,
          },
          {
            id: 'what',
            title: t('settings.erasure-what'),
            width: 'minmax(8rem, 1fr)',
            cell: ({ scope }) =>
              'person' in scope ? (
                <span className="id">{scope.person}</span>
              ) : (
                t(`settings.kept-${scope.class}`)
              ),
          },
          {
            id: 'by',
            title: t('settings.erasure-by'),
            width: '7rem',
            cell: ({ orderedBy }) =>
              orderedBy === null ? t('settings.erasure-by-period') : userName(orderedBy),
          },
          {
            id: 'result',
            title: t('settings.erasure-result'),
            width: '12rem',
            cell: (row) =>
              row.doneMs === null
                ? t('settings.erasure-pending')
                : t('settings.erasure-done', {
                    texts: number(row.texts ?? 0),
                    rows: number(row.rows ?? 0),
                  }),
          },
        ]}
      />
    </div>
  );
}

/** How long personal data is kept, what was erased, and how to erase somebody. */
export function RetentionSection() {
  const { t, number } = useWords();
  const may = useMay();
  const { again, data, fault } = useQuery('retention.now', {});
  const pending = data?.erasures.some(({ doneMs }) => doneMs === null) === true;
  useEffect(() => {
    if (!pending) return;
    const timer = setInterval(again, ASK_MS);
    return () => clearInterval(timer);
  }, [pending, again]);
  return (
    <Section title={t('settings.keeping')}>
      {fault && <ErrorBox fault={fault} onRetry={again} />}
      <Facts
        facts={(data?.classes ?? []).map(({ basis, class: kept, days }) => [
          t(`settings.kept-${kept}`),
          days === null
            ? t('settings.kept-always')
            : t('settings.kept-days', { n: number(days), basis: basis ?? '' }),
        ])}
      />
      {may('person.erase') && <ErasePerson onErased={again} />}
      <Erasures rows={data?.erasures ?? []} />
    </Section>
  );
}
