import { useMemo } from 'react';
import type { VirtualFiling } from '../../../shared/contract/virtual-operations.ts';
import { AUTHORITY_WORDS } from '../../../shared/locale/regime-terms.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { useNames } from '../../live/names.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import type { TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';

/** How a filing stands: overdue, waiting, or what was answered. */
function Standing({ answer, isOverdue }: VirtualFiling) {
  const { t } = useWords();
  if (answer?.outcome === 'rejected') return <Badge tone="p4">{t('virtual.state-rejected')}</Badge>;
  if (answer !== null) return <span className="dim">{t('virtual.state-accepted')}</span>;
  if (isOverdue) return <Badge tone="p3">{t('virtual.state-overdue')}</Badge>;
  return <Badge>{t('virtual.state-waiting')}</Badge>;
}

export function useFilingColumns(): readonly TableColumn<VirtualFiling>[] {
  const { t, dayTime } = useWords();
  return useMemo(
    () => [
      {
        id: 'state',
        title: t('virtual.state'),
        width: '8rem',
        cell: (row) => <Standing {...row} />,
      },
      {
        id: 'reference',
        title: t('virtual.reference'),
        width: 'minmax(9rem, 1fr)',
        cell: (row) => <span className="id high">{row.reference}</span>,
      },
      {
        id: 'enterprise',
        title: t('virtual.enterprise'),
        width: '7rem',
        cell: (row) => <span className="id">{row.enterprise}</span>,
      },
      {
        id: 'about',
        title: t('virtual.about-what'),
        width: '9rem',
        cell: (row) => t(`virtual.about-${row.about}`),
      },
      {
        id: 'due',
        title: t('virtual.due'),
        width: '11rem',
        cell: (row) => (
          <time className={row.answer === null ? '' : 'dim'}>{dayTime(row.dueMs)}</time>
        ),
      },
      {
        id: 'sent',
        title: t('virtual.sent'),
        width: '11rem',
        cell: (row) => <time className="dim">{dayTime(row.sentMs)}</time>,
      },
    ],
    [t, dayTime],
  );
}

function useFacts(row: VirtualFiling): readonly Fact[] {
  const { t, dayTime, text3 } = useWords();
  const names = useNames();
  const userName = useUserName();
  const { answer } = row;
  const id = (text: string) => (
    <span key={text} className="id">
      {text}
    </span>
  );
  const facts: Fact[] = [
    [t('virtual.filing'), id(row.filing)],
    [t('virtual.enterprise'), id(row.enterprise)],
    [t('virtual.area'), names.area(row.area)],
    [t('virtual.about-what'), t(`virtual.about-${row.about}`)],
    [t('virtual.authority'), text3(AUTHORITY_WORDS[row.authority])],
    [t('virtual.sent'), id(`${userName(row.sentBy)} · ${dayTime(row.sentMs)}`)],
    [t('virtual.due'), <time key="due">{dayTime(row.dueMs)}</time>],
  ];
  if (answer !== null) {
    facts.push(
      [t('virtual.outcome'), t(`virtual.state-${answer.outcome}`)],
      [t('virtual.answer-reference'), id(answer.reference)],
      [t('virtual.answered'), id(`${userName(answer.by)} · ${dayTime(answer.atMs)}`)],
    );
  }
  return facts;
}

/** One filing: what was sent, to whom, when it is due, and what was answered. */
export function FilingPanel(props: { readonly row: VirtualFiling; readonly again: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const { again, row } = props;
  const facts = useFacts(row);
  return (
    <>
      <h2 className="side-title id">{row.reference}</h2>
      <p className="side-marks">
        <Standing {...row} />
      </p>
      <Section title={t('virtual.filing-detail')}>
        <Facts facts={facts} />
      </Section>
      {row.answer === null && may('filing.answer') && (
        <div className="side-buttons">
          <Button
            tone="main"
            onPress={() => ask({ act: 'filing-answer', filing: row, onDone: again })}
          >
            {t('virtual.answer')}…
          </Button>
        </div>
      )}
    </>
  );
}
