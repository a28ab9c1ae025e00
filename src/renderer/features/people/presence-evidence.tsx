import { useMemo, useState } from 'react';
import type { PresenceLedger } from '../../../shared/contract/presence-queries.ts';
import type { PersonId } from '../../../shared/domain/ids.ts';
import { countsAs, PresenceWhere } from '../../../shared/presence/counted.ts';
import { presenceEvidence, sourcesByDay } from '../../../shared/presence/statement.ts';
import { staysOf } from '../../../shared/presence/stays.ts';
import { useExport } from '../../actions/use-export.ts';
import { useClient, useSite } from '../../live/client.tsx';
import { useQuery } from '../../live/use-query.ts';
import { Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import './presence.css';
import { Corrected } from './presence-corrected.tsx';
import { PresenceDays } from './presence-days.tsx';
import { Gaps, type OpenFigure, Residences, Tests, Years } from './presence-tables.tsx';

/** The statement on one person's moves: every way of counting side by side. */
function Statement({
  ledger,
  where,
}: {
  readonly ledger: PresenceLedger;
  readonly where: PresenceWhere;
}) {
  const { t, dayTime, language } = useWords();
  const { site } = useSite();
  const [open, setOpen] = useState<OpenFigure | null>(null);
  const { spans, evidence, sources } = useMemo(() => {
    const times = staysOf(ledger.moves, countsAs(where), ledger.nowMs);
    const counted = presenceEvidence(times, ledger.permits);
    return { spans: times, evidence: counted, sources: sourcesByDay(times) };
  }, [ledger, where]);
  const opened = evidence.find(({ rule }) => rule === open?.rule);
  return (
    <div className="presence">
      <p className="presence-head">
        {site.name[language]} · {t('presence.title')}
      </p>
      <p className="presence-note">{t('presence.not-decision')}</p>
      <p className="dim">
        {t('presence.person')} <span className="id">{ledger.person}</span> ·{' '}
        {`${t('presence.until')} ${dayTime(ledger.nowMs)}`} · {t(`presence.where-${where}`)}
      </p>
      {ledger.cut && (
        <Marked tone="p2" line>
          {t('presence.cut')}
        </Marked>
      )}
      {spans.length === 0 && <Empty>{t('presence.nothing')}</Empty>}
      {spans.length > 0 && (
        <>
          <Years evidence={evidence} open={open} onOpen={setOpen} />
          {open !== null && opened !== undefined && (
            <PresenceDays evidence={opened} year={open.year} sources={sources} />
          )}
          <Tests evidence={evidence} />
          <Residences evidence={evidence} />
          <Gaps spans={spans} />
          <Corrected corrections={ledger.corrections} />
        </>
      )}
    </div>
  );
}

/** Saves the statement with all its days as a spreadsheet, in the language of the page. */
function Save(props: {
  readonly person: PersonId;
  readonly purpose: string;
  readonly where: PresenceWhere;
}) {
  const { t, language } = useWords();
  const client = useClient();
  const { busy, save } = useExport(({ name }) => t('presence.saved', { name }));
  const run = () => save(() => client.query('presence.csv', { ...props, language }));
  return (
    <Button small disabled={busy} onPress={() => void run()}>
      {t('presence.save')}
    </Button>
  );
}

/**
 * Evidence of a person's presence, asked for by itself: it shows where somebody was on every day,
 * so it is another disclosure than finding the person, for the same purpose.
 */
export function PresenceEvidence(props: { readonly person: PersonId; readonly purpose: string }) {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  const [where, setWhere] = useState<PresenceWhere>('zone');
  const query = useQuery('presence.evidence', asked ? props : null);
  return (
    <Section
      title={t('presence.title')}
      tools={
        query.data && (
          <div className="presence-tools">
            <Save {...props} where={where} />
            <Button small onPress={() => window.print()}>
              {t('presence.print')}
            </Button>
          </div>
        )
      }
    >
      {!asked && <Button onPress={() => setAsked(true)}>{t('presence.show')}</Button>}
      {query.busy && <Busy />}
      {query.fault && <ErrorBox fault={query.fault} onRetry={query.again} />}
      {query.data && (
        <>
          <Select
            label={t('presence.where')}
            value={where}
            choices={PresenceWhere.options.map((value) => {
              return { value, text: t(`presence.where-${value}`) };
            })}
            onChange={setWhere}
          />
          <Statement ledger={query.data} where={where} />
        </>
      )}
    </Section>
  );
}
