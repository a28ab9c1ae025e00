import type { QueryOutput } from '../../../shared/contract/queries.ts';
import { AUTHORITY_WORDS } from '../../../shared/locale/regime-terms.ts';
import { useMay } from '../../actions/may.ts';
import { useQuery } from '../../live/use-query.ts';
import { type FigureColumn, FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { AddUser } from './add-user.tsx';
import { GiveBadge } from './badge-sign-in.tsx';

type UserList = QueryOutput<'user.list'>;
type UserRow = UserList['users'][number];

function List({ sides, users }: UserList) {
  const { t, text3 } = useWords();
  const authority: FigureColumn<UserRow> = {
    title: t('settings.user-authority'),
    cell: ({ authority: side }) =>
      side === null ? t('settings.authority-none') : text3(AUTHORITY_WORDS[side]),
  };
  return (
    <FigureTable
      label={t('settings.user-list')}
      rows={users}
      keyOf={({ user }) => user}
      columns={[
        {
          title: t('settings.user-name'),
          cell: ({ builtIn, name }) => (
            <>
              <span className="id">{name}</span>
              {builtIn && <span className="dim small"> · {t('settings.user-built-in')}</span>}
            </>
          ),
        },
        { title: t('settings.user-role'), cell: ({ role }) => t(`domain.role-${role}`) },
        ...(sides === null ? [] : [authority]),
        {
          title: t('settings.user-badge'),
          cell: ({ badge }) => t(badge ? 'settings.badge-has' : 'settings.badge-has-not'),
        },
      ]}
    />
  );
}

/** Who may sign in, and how another person is added or given a badge. */
export function Users() {
  const { t } = useWords();
  const may = useMay();
  const { again, data, fault } = useQuery('user.list', {});
  return (
    <>
      {may('user.add') && <AddUser between={data?.sides ?? null} onAdded={again} />}
      {may('user.give-badge') && <GiveBadge onGiven={again} />}
      <Section title={t('settings.user-list')}>
        {fault && <ErrorBox fault={fault} onRetry={again} />}
        {data === null && !fault && <Busy />}
        {data && <List {...data} />}
      </Section>
    </>
  );
}
