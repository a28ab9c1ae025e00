import { useMemo, useState } from 'react';
import type { IncidentRow } from '../../../shared/contract/queries.ts';
import { INCIDENT_TYPES, type IncidentType } from '../../../shared/domain/incident.ts';
import { useActions } from '../../actions/actions.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { useMay } from '../../actions/may.ts';
import { choose, useRoute } from '../../actions/route.ts';
import { useSession } from '../../live/client.tsx';
import { useZoneNow } from '../../live/now.ts';
import { usePages } from '../../live/use-pages.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { useView } from '../../live/use-view.ts';
import { LateMark, PriorityBadge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Select } from '../../ui/fields.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { fromHistory, fromQueue, type Incident, usePlaceText } from './incident.ts';
import { IncidentPanel } from './incident-panel.tsx';
import './incidents.css';

type Shown = 'queue' | 'history';

function Waited({ openedMs }: { readonly openedMs: number }) {
  const { span } = useWords();
  const nowMs = useZoneNow();
  return <time>{nowMs === null ? '' : span(nowMs - openedMs)}</time>;
}

function useColumns(shown: Shown): readonly TableColumn<Incident>[] {
  const { t, dayTime } = useWords();
  const placeText = usePlaceText();
  const userName = useUserName();
  return useMemo(() => {
    const columns: TableColumn<Incident>[] = [
      {
        id: 'priority',
        title: t('incidents.column-priority'),
        width: '5.5rem',
        cell: (row) => <PriorityBadge priority={row.priority} />,
      },
      {
        id: 'type',
        title: t('incidents.column-type'),
        width: 'minmax(10rem, 1.2fr)',
        cell: (row) => (
          <span className="incident-type">
            <span className="high">{t(`domain.incident-${row.type}`)}</span>
            {row.count > 1 && <span className="dim">× {row.count}</span>}
            {row.timing === 'late' && <LateMark />}
          </span>
        ),
      },
      {
        id: 'place',
        title: t('incidents.column-place'),
        width: 'minmax(9rem, 1fr)',
        cell: placeText,
      },
      {
        id: 'state',
        title: t('incidents.column-state'),
        width: '7rem',
        cell: (row) => t(`domain.incident-state-${row.state}`),
      },
      {
        id: 'opened',
        title: t('incidents.column-opened'),
        width: '10.5rem',
        cell: (row) => <time className="dim">{dayTime(row.openedMs)}</time>,
      },
    ];
    if (shown === 'queue') {
      columns.push({
        id: 'waiting',
        title: t('incidents.column-waiting'),
        width: '5rem',
        align: 'end',
        cell: (row) => <Waited openedMs={row.openedMs} />,
      });
    } else {
      columns.push({
        id: 'by',
        title: t('incidents.column-by'),
        width: '7rem',
        cell: ({ past }) => userName(past?.resolvedBy ?? past?.acknowledgedBy ?? null),
      });
    }
    return columns;
  }, [t, dayTime, placeText, shown, userName]);
}

/** Reports an incident from anywhere on this screen. */
function RaiseButton() {
  const { t } = useWords();
  const { ask } = useActions();
  const allowed = useMay()('incident.raise');
  const commands = useMemo<readonly ConsoleCommand[]>(
    () =>
      allowed
        ? [
            {
              id: 'incident-raise',
              title: t('actions.raise'),
              group: 'actions',
              keys: 'r',
              run: () => ask({ act: 'raise', checkpoint: null, lane: null }),
            },
          ]
        : [],
    [allowed, t, ask],
  );
  useCommands(commands);
  if (!allowed) return null;
  return (
    <Button keys="R" onPress={() => ask({ act: 'raise', checkpoint: null, lane: null })}>
      {t('actions.raise')}…
    </Button>
  );
}

function select(key: string): void {
  choose('incidents', { incident: key });
}

/** Incidents not yet resolved, live: by priority, then the oldest first. */
function Queue({ chosen }: { readonly chosen: string | undefined }) {
  const { t } = useWords();
  const { rows, snapshotAt } = useView('queue');
  const columns = useColumns('queue');
  const list = useMemo(
    () =>
      [...rows.values()]
        .filter((row) => row.type === 'incident')
        .map(fromQueue)
        .sort((a, b) => a.priority - b.priority || a.openedMs - b.openedMs),
    [rows],
  );
  const row = list.find((one) => one.id === chosen);
  return (
    <Split
      sideLabel={t('incidents.detail')}
      list={
        <Table
          label={t('incidents.queue')}
          columns={columns}
          rows={list}
          keyOf={(one) => one.id}
          selected={chosen}
          onSelect={select}
          empty={snapshotAt === null ? <Busy /> : <Empty>{t('incidents.empty')}</Empty>}
          rowClass={(one) => `row-p${one.priority}`}
        />
      }
      side={row ? <IncidentPanel incident={row} /> : <Empty>{t('incidents.choose')}</Empty>}
    />
  );
}

function incidentOf(row: IncidentRow): string {
  return row.incident;
}

/** Every incident there was, the newest first, page by page. */
function History({ chosen, type }: { chosen: string | undefined; type: IncidentType | 'all' }) {
  const { t } = useWords();
  const columns = useColumns('history');
  const pages = usePages('incidents.search', type === 'all' ? {} : { type }, incidentOf);
  const list = useMemo(() => pages.rows.map(fromHistory), [pages.rows]);
  const row = list.find((one) => one.id === chosen);
  return (
    <Split
      sideLabel={t('incidents.detail')}
      list={
        <Table
          label={t('incidents.history')}
          columns={columns}
          rows={list}
          keyOf={(one) => one.id}
          selected={chosen}
          onSelect={select}
          onEnd={pages.more}
          rowClass={(one) => (one.state === 'resolved' ? 'row-done' : `row-p${one.priority}`)}
          empty={
            pages.fault ? (
              <ErrorBox fault={pages.fault} onRetry={pages.again} />
            ) : pages.busy ? (
              <Busy />
            ) : (
              <Empty>{t('incidents.empty-history')}</Empty>
            )
          }
        />
      }
      side={row ? <IncidentPanel incident={row} /> : <Empty>{t('incidents.choose')}</Empty>}
    />
  );
}

/** Incidents: the open ones and the history. */
export function IncidentsScreen() {
  const { t } = useWords();
  const { params } = useRoute();
  const role = useSession()?.role;
  const watches = role === 'operator' || role === 'supervisor';
  const [wanted, setShown] = useState<Shown>('queue');
  const [type, setType] = useState<IncidentType | 'all'>('all');
  const shown = watches ? wanted : 'history';
  const tools = (
    <>
      {shown === 'history' && (
        <Select
          label={t('incidents.filter-type')}
          value={type}
          choices={[
            { value: 'all' as const, text: t('app.all') },
            ...INCIDENT_TYPES.map((value) => ({ value, text: t(`domain.incident-${value}`) })),
          ]}
          onChange={setType}
        />
      )}
      {watches && (
        <Choices
          label={t('incidents.view')}
          value={shown}
          choices={(['queue', 'history'] as const).map((value) => ({
            value,
            text: t(`incidents.${value}`),
          }))}
          onChange={setShown}
        />
      )}
      <RaiseButton />
    </>
  );
  return (
    <Screen title={t('incidents.title')} tools={tools}>
      {shown === 'queue' ? (
        <Queue chosen={params.incident} />
      ) : (
        <History chosen={params.incident} type={type} />
      )}
    </Screen>
  );
}
