import { useEffect, useMemo, useState } from 'react';
import { useActions } from '../../actions/actions.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useZoneNow } from '../../live/now.ts';
import { useQuery } from '../../live/use-query.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { Badge, LateMark, PriorityBadge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { useIncidentWords } from '../../words/incident-text.ts';
import { useWords } from '../../words/words.ts';
import { type Incident, usePlaceText } from './incident.ts';

/** Incidents opened in one millisecond: the one that is looked for is among them. */
const MOST_AT_ONCE = 50;

/** Acknowledge and resolve, as buttons and keys, for who may. */
function Acts({ incident }: { readonly incident: Incident }) {
  const { t } = useWords();
  const may = useMay();
  const { ask, acknowledge } = useActions();
  const { id, type, state } = incident;
  const allowed = may('incident.resolve') && state !== 'resolved';
  const commands = useMemo<readonly ConsoleCommand[]>(() => {
    if (!allowed) return [];
    const resolve: ConsoleCommand = {
      id: 'incident-resolve',
      title: `${t('actions.resolve')} ${id}`,
      group: 'actions',
      keys: 'e',
      run: () => ask({ act: 'resolve', incident: id, type }),
    };
    if (state !== 'raised') return [resolve];
    return [
      {
        id: 'incident-acknowledge',
        title: `${t('actions.acknowledge')} ${id}`,
        group: 'actions',
        keys: 'a',
        run: () => void acknowledge(id),
      },
      resolve,
    ];
  }, [allowed, t, id, type, state, ask, acknowledge]);
  useCommands(commands);
  if (!allowed) return null;
  return (
    <div className="side-buttons">
      {state === 'raised' && (
        <Button tone="main" keys="A" onPress={() => void acknowledge(id)}>
          {t('actions.acknowledge')}
        </Button>
      )}
      <Button
        keys="E"
        tone={state === 'raised' ? 'plain' : 'main'}
        onPress={() => ask({ act: 'resolve', incident: id, type })}
      >
        {t('actions.resolve')}…
      </Button>
    </div>
  );
}

function useFacts(incident: Incident): readonly Fact[] {
  const { t, dayTime } = useWords();
  const placeText = usePlaceText();
  const userName = useUserName();
  const by = (who: string | null, atMs: number) => (
    <>
      {userName(who)} · <time>{dayTime(atMs)}</time>
    </>
  );
  const facts: Fact[] = [
    [
      t('incidents.number'),
      <span key="id" className="id">
        {incident.id}
      </span>,
    ],
    [t('incidents.place'), placeText(incident)],
    [t('incidents.column-opened'), dayTime(incident.openedMs)],
  ];
  if (incident.board !== null) facts.push([t('incidents.board'), incident.board]);
  if (incident.crossing !== null) facts.push([t('incidents.crossing'), incident.crossing]);
  const { past } = incident;
  if (past?.acknowledgedMs != null) {
    facts.push([t('incidents.acknowledged-by'), by(past.acknowledgedBy, past.acknowledgedMs)]);
  }
  if (past?.resolvedMs != null) {
    facts.push([t('incidents.resolved-by'), by(past.resolvedBy, past.resolvedMs)]);
  }
  const gone = past?.erased.includes('reason') === true;
  const reason = gone ? t('incidents.text-erased') : past?.reason;
  if (reason) facts.push([t('incidents.reason'), reason]);
  return facts;
}

/** What the history knows of an incident of the queue: who acknowledged it, what was noted. */
function usePast(incident: Incident): Incident {
  const { past, id, openedMs, state } = incident;
  const query = useQuery(
    'incidents.search',
    past === null ? { fromMs: openedMs, toMs: openedMs + 1, limit: MOST_AT_ONCE } : null,
  );
  const { again } = query;
  const [asked, setAsked] = useState(state);
  useEffect(() => {
    if (asked === state) return;
    setAsked(state);
    again();
  }, [asked, state, again]);
  const found = query.data?.rows.find((row) => row.incident === id) ?? null;
  return past === null && found !== null ? { ...incident, past: found } : incident;
}

/** One incident: what happened, what to do, who did what. */
export function IncidentPanel({ incident: chosen }: { readonly incident: Incident }) {
  const incident = usePast(chosen);
  const { t, span } = useWords();
  const words = useIncidentWords();
  const nowMs = useZoneNow();
  const facts = useFacts(incident);
  const { lane } = incident;
  const open = incident.state !== 'resolved';
  return (
    <>
      <h2 className="side-title">{t(`domain.incident-${incident.type}`)}</h2>
      <p className="side-marks">
        <PriorityBadge priority={incident.priority} />
        <Badge>{t(`domain.incident-state-${incident.state}`)}</Badge>
        {incident.timing === 'late' && <LateMark />}
        {open && nowMs !== null && <time className="dim">{span(nowMs - incident.openedMs)}</time>}
      </p>
      <Section title={t('incidents.what-happened')}>
        <p className="high">{words.what(incident.type, incident.params)}</p>
        {incident.past?.erased.includes('note') && (
          <p className="dim">{t('incidents.text-erased')}</p>
        )}
        {incident.past?.note && <p className="incident-note">{incident.past.note}</p>}
        {incident.count > 1 && (
          <p className="dim">{t('incidents.repeated', { n: incident.count - 1 })}</p>
        )}
        {incident.timing === 'late' && <p className="dim small">{t('incidents.late-note')}</p>}
      </Section>
      {open && (
        <Section title={t('incidents.what-next')}>
          <p>{words.next(incident.type)}</p>
        </Section>
      )}
      <Acts incident={incident} />
      <Facts facts={facts} />
      {lane !== null && (
        <div className="side-buttons">
          <Button small onPress={() => go('lanes', { lane })}>
            {t('incidents.go-lane')}
          </Button>
        </div>
      )}
    </>
  );
}
