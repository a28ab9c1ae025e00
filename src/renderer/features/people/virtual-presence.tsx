import { useMemo } from 'react';
import type { VirtualDeclaration } from '../../../shared/contract/virtual-operations.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useNames } from '../../live/names.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import type { TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';

export function usePresenceColumns(): readonly TableColumn<VirtualDeclaration>[] {
  const { t, dayTime, number } = useWords();
  const names = useNames();
  return useMemo(
    () => [
      {
        id: 'enterprise',
        title: t('virtual.enterprise'),
        width: '8rem',
        cell: (row) => <span className="id high">{row.enterprise}</span>,
      },
      {
        id: 'area',
        title: t('virtual.area'),
        width: 'minmax(9rem, 1fr)',
        cell: (row) => names.area(row.area),
      },
      {
        id: 'persons',
        title: t('virtual.persons'),
        width: '5rem',
        align: 'end',
        cell: (row) => number(row.persons.length),
      },
      {
        id: 'from',
        title: t('virtual.from'),
        width: '11rem',
        cell: (row) => <time>{dayTime(row.fromMs)}</time>,
      },
      {
        id: 'until',
        title: t('virtual.until'),
        width: '11rem',
        cell: (row) =>
          row.toMs === null ? (
            <span className="dim">{t('virtual.until-open')}</span>
          ) : (
            <time>{dayTime(row.toMs)}</time>
          ),
      },
      {
        id: 'declared',
        title: t('virtual.declared'),
        width: '11rem',
        cell: (row) => <time className="dim">{dayTime(row.declaredMs)}</time>,
      },
    ],
    [t, dayTime, number, names],
  );
}

/** Whom an entity declared last, and what can be filed of it. */
export function PresencePanel(props: {
  readonly row: VirtualDeclaration;
  readonly again: () => void;
}) {
  const { t, dayTime } = useWords();
  const names = useNames();
  const userName = useUserName();
  const may = useMay();
  const { ask } = useActions();
  const { again, row } = props;
  const until = row.toMs === null ? t('virtual.until-open') : dayTime(row.toMs);
  return (
    <>
      <h2 className="side-title id">{row.enterprise}</h2>
      <p className="side-sub">{t('virtual.presence-note')}</p>
      <Section title={t('virtual.presence-detail')}>
        <Facts
          facts={[
            [t('virtual.area'), names.area(row.area)],
            [t('virtual.from'), dayTime(row.fromMs)],
            [t('virtual.until'), until],
            [
              t('virtual.declared'),
              <span key="by" className="id">
                {`${userName(row.declaredBy)} · ${dayTime(row.declaredMs)}`}
              </span>,
            ],
          ]}
        />
      </Section>
      <Section title={t('virtual.persons')}>
        {row.persons.length === 0 && <p className="dim">{t('virtual.persons-nobody')}</p>}
        <ul className="plain-list">
          {row.persons.map((person) => (
            <li key={person}>
              <button
                type="button"
                className="link id"
                aria-label={`${t('virtual.see-person')} ${person}`}
                onClick={() => go('people', { person })}
              >
                {person}
              </button>
            </li>
          ))}
        </ul>
      </Section>
      <div className="side-buttons">
        {may('virtual.declare') && (
          <Button onPress={() => ask({ act: 'virtual-declare', of: row, onDone: again })}>
            {t('virtual.declare-it')}…
          </Button>
        )}
        {may('filing.send') && (
          <Button onPress={() => ask({ act: 'filing-send', of: row, onDone: again })}>
            {t('virtual.send')}…
          </Button>
        )}
      </div>
    </>
  );
}
