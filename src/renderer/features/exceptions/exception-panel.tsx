import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { WordKey } from '../../../shared/locale/tables.ts';
import type { Reason } from '../../../shared/regime/requirement.ts';
import { type QueueException, useActions } from '../../actions/actions.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { useMay } from '../../actions/may.ts';
import { PersonCard, personName } from '../../actions/person-card.tsx';
import { useSession, useSite } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useZoneNow } from '../../live/now.ts';
import { useReasonText } from '../../live/reasons.ts';
import { useQuery } from '../../live/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { JointInspection } from './joint-inspection.tsx';

/** A supervisor sees at once who it is, when the choice rested on one exception this long. */
const REST_MS = 500;

const NEXT: Partial<Record<Reason['is'], WordKey>> = {
  'permit-valid': 'exceptions.next-permit-valid',
  'permit-covers-area': 'exceptions.next-permit-covers-area',
  'within-hours': 'exceptions.next-within-hours',
  'not-suspended': 'exceptions.next-not-suspended',
  'not-watchlisted': 'exceptions.next-not-watchlisted',
  'not-already-inside': 'exceptions.next-not-already-inside',
  'area-has-room': 'exceptions.next-area-has-room',
  'consent-to-joint-inspection': 'exceptions.next-consent-to-joint-inspection',
  'clearance-granted': 'exceptions.next-clearance-granted',
  'on-roster': 'exceptions.next-on-roster',
  'health-test-within': 'exceptions.next-health-test-within',
  escorted: 'exceptions.next-escorted',
  'lane-takes': 'exceptions.next-lane-takes',
  'regime-in-force': 'exceptions.next-regime-in-force',
  'needs-supervisor': 'exceptions.next-needs-supervisor',
};

/** True once a choice has rested a while, so that walking a list with arrows discloses nothing. */
function useRested(key: string): boolean {
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(key), REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return rested === key;
}

function Why({ row }: { readonly row: QueueException }) {
  const { t, text3 } = useWords();
  const reasonText = useReasonText();
  const { regime } = useSite();
  const rule = regime.rules.find((one) => one.id === row.rule);
  return (
    <Section title={t('exceptions.why')}>
      <ul className="why">
        {row.reasons.map((reason) => (
          <li key={`${reason.is}/${reason.detail}`} className="why-reason">
            {reasonText(reason)}
          </li>
        ))}
      </ul>
      {rule && (
        <blockquote className="clause">
          <p>{text3(rule.text)}</p>
          <cite className="dim small">{text3(rule.cite)}</cite>
        </blockquote>
      )}
      <p className="dim small">
        {t('exceptions.rule-version', {
          regime: text3(regime.title),
          version: row.regimeVersion,
        })}
        {row.rule !== null && (
          <>
            {' · '}
            <span className="id">{row.rule}</span>
          </>
        )}
        {row.regimeVersion !== regime.version &&
          ` · ${t('exceptions.rule-other-version', { version: row.regimeVersion })}`}
      </p>
    </Section>
  );
}

function Next({ row, children }: { readonly row: QueueException; readonly children: ReactNode }) {
  const { t } = useWords();
  const supervisor = useSession()?.role === 'supervisor';
  const steps = row.reasons.flatMap((reason) => {
    const key = NEXT[reason.is];
    return key === undefined ? [] : [key];
  });
  return (
    <Section title={t('exceptions.next')}>
      <ol className="next">
        {[...new Set(steps)].map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
        <li>{t(supervisor ? 'exceptions.next-decide' : 'exceptions.supervisor-needed')}</li>
      </ol>
      {children}
    </Section>
  );
}

/** Admit and refuse, as buttons and keys, for a supervisor. */
function Decide({ row, who }: { readonly row: QueueException; readonly who: string }) {
  const { t } = useWords();
  const { ask } = useActions();
  const may = useMay();
  const allowed = may('exception.admit');
  const commands = useMemo<readonly ConsoleCommand[]>(
    () =>
      allowed
        ? [
            {
              id: 'exception-admit',
              title: `${t('actions.admit-title')} ${row.id}`,
              group: 'actions',
              keys: 'y',
              run: () => ask({ act: 'admit', row, who }),
            },
            {
              id: 'exception-refuse',
              title: `${t('actions.refuse-title')} ${row.id}`,
              group: 'actions',
              keys: 'n',
              run: () => ask({ act: 'refuse', row, who }),
            },
          ]
        : [],
    [allowed, t, ask, row, who],
  );
  useCommands(commands);
  if (!allowed) return null;
  return (
    <div className="decide">
      <Button tone="danger" keys="Y" onPress={() => ask({ act: 'admit', row, who })}>
        {t('actions.admit-title')}…
      </Button>
      <Button keys="N" onPress={() => ask({ act: 'refuse', row, who })}>
        {t('actions.refuse-title')}…
      </Button>
    </div>
  );
}

function useExceptionPerson(row: QueueException) {
  const { t } = useWords();
  const supervisor = useSession()?.role === 'supervisor';
  const [wanted, setWanted] = useState<string | null>(null);
  const rested = useRested(row.id);
  const ask = row.person !== null && (wanted === row.id || (supervisor && rested));
  const query = useQuery(
    'person.find',
    ask && row.person !== null
      ? { by: { person: row.person }, purpose: t('exceptions.purpose', { id: row.id }) }
      : null,
  );
  return { query, ask, want: () => setWanted(row.id) };
}

/** A referred person: who, where, why, where the ledger has them, what is allowed next. */
export function ExceptionPanel({ row }: { readonly row: QueueException }) {
  const { t, span, dayTime } = useWords();
  const names = useNames();
  const nowMs = useZoneNow();
  const { query, ask, want } = useExceptionPerson(row);
  const person = query.data?.persons[0];
  const who = person
    ? personName(person)
    : (row.permit ?? row.person ?? t('actions.unknown-person'));
  return (
    <div className="exception">
      <header className="exception-head">
        <h2 className="side-title">
          {t(`domain.class-${row.class}`)} · <span className="id">{row.permit ?? '–'}</span>
        </h2>
        <span className="exception-time">
          {nowMs !== null && t('exceptions.waiting', { time: span(nowMs - row.openedMs) })}
        </span>
      </header>
      <div className="exception-columns">
        <div>
          <Why row={row} />
          <Next row={row}>
            <Decide row={row} who={who} />
          </Next>
          <JointInspection key={row.crossing} row={row} />
          <Section title={t('exceptions.where')}>
            <Facts
              facts={[
                [
                  t('exceptions.where'),
                  `${t(`domain.line-${row.line}`)} · ${names.lane(row.lane)}`,
                ],
                [t('exceptions.time-asked'), dayTime(row.atMs)],
                [
                  t('exceptions.ledger'),
                  row.place === null ? t('people.place-none') : names.place(row.place),
                ],
              ]}
            />
          </Section>
        </div>
        <Section title={t('exceptions.who')}>
          {row.person === null && <p className="dim">{t('exceptions.no-person')}</p>}
          {row.person !== null && !ask && (
            <>
              <Button onPress={want}>{t('exceptions.show-person')}</Button>
              <p className="dim small">{t('exceptions.show-person-note')}</p>
            </>
          )}
          {query.busy && <Busy />}
          {query.fault && <ErrorBox fault={query.fault} onRetry={query.again} />}
          {person && <PersonCard person={person} onChanged={query.again} />}
        </Section>
      </div>
    </div>
  );
}
