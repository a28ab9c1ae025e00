import { useMemo } from 'react';
import type { DeviceNow } from '../../../shared/contract/views.ts';
import { choose, useRoute } from '../../actions/route.ts';
import { type Names, useNames } from '../../live/names.ts';
import { useAge } from '../../live/now.ts';
import { useView, useViewStore } from '../../live/use-view.ts';
import { Age } from '../../ui/badges.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Busy, Empty } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords, type Words } from '../../words/words.ts';
import { DevicePanel } from './device-panel.tsx';
import { DRIFT_SHOWN_MS, driftText, isLossy, isWell, lossOf } from './well.ts';
import './devices.css';

function DeviceAge({ device }: { readonly device: DeviceNow }) {
  const receivedMs = useViewStore('devices').receivedMs(device.device);
  return <Age ageMs={useAge(device.heardAgoMs, receivedMs)} online={device.online} long />;
}

/** A count that stands out while somebody has to see to it. */
function Count({ n, calm = n === 0 }: { readonly n: number; readonly calm?: boolean }) {
  const { number } = useWords();
  return <span className={calm ? 'dim' : 'high'}>{number(n)}</span>;
}

/** The checkpoints where a device's lanes are. */
function whereText(device: DeviceNow, names: Names): string {
  const points = device.lanes.map((lane) => names.laneOf(lane)?.checkpoint);
  const known = [...new Set(points)].flatMap((id) => (id === undefined ? [] : [id]));
  return known.map((id) => names.checkpoint(id)).join(', ');
}

/** Whether a board answers what it is asked, and how fast. */
function answerColumns({ t, number, percent }: Words): readonly TableColumn<DeviceNow>[] {
  return [
    {
      id: 'loss',
      title: t('devices.column-loss'),
      width: '4.5rem',
      align: 'end',
      cell: (row) =>
        row.trips === null ? (
          <span className="dim">–</span>
        ) : (
          <span className={isLossy(row) ? 'high' : 'dim'}>{percent(lossOf(row))}</span>
        ),
    },
    {
      id: 'trip',
      title: t('devices.column-trip'),
      width: '7.25rem',
      align: 'end',
      cell: ({ trips }) => (
        <span className="dim">
          {trips?.p50Ms == null || trips.p99Ms === null
            ? '–'
            : t('devices.trip-value', { p50: number(trips.p50Ms), p99: number(trips.p99Ms) })}
        </span>
      ),
    },
  ];
}

/** What a device lacks, has lost, and how far its clock is off. */
function figureColumns(t: Words['t']): readonly TableColumn<DeviceNow>[] {
  return [
    {
      id: 'missing',
      title: t('devices.column-missing'),
      width: '3.5rem',
      align: 'end',
      cell: (row) => <Count n={row.missing} />,
    },
    {
      id: 'lost',
      title: t('devices.column-lost'),
      width: '3.5rem',
      align: 'end',
      cell: (row) => <Count n={row.lost} calm={!row.lostOpen} />,
    },
    {
      id: 'drift',
      title: t('devices.column-drift'),
      width: '5rem',
      align: 'end',
      cell: (row) =>
        row.driftMs === null ? (
          <span className="dim">–</span>
        ) : (
          <span className={Math.abs(row.driftMs) < DRIFT_SHOWN_MS ? 'dim' : 'high'}>
            {t('devices.drift-value', { n: driftText(row.driftMs) })}
          </span>
        ),
    },
  ];
}

function useColumns(): readonly TableColumn<DeviceNow>[] {
  const words = useWords();
  const { t, time } = words;
  const names = useNames();
  return useMemo(
    () => [
      {
        id: 'device',
        title: t('devices.column-device'),
        width: '7rem',
        cell: (row) => <span className="id high">{row.device}</span>,
      },
      {
        id: 'type',
        title: t('devices.column-type'),
        width: '5rem',
        cell: (row) => t(`devices.type-${row.type}`),
      },
      {
        id: 'age',
        title: t('devices.column-age'),
        width: '9.5rem',
        cell: (row) => <DeviceAge device={row} />,
      },
      ...answerColumns(words),
      ...figureColumns(t),
      {
        id: 'version',
        title: t('devices.column-version'),
        width: '5rem',
        cell: (row) => <span className="id dim device-version">{row.version ?? '–'}</span>,
      },
      {
        id: 'read',
        title: t('devices.column-read'),
        width: '5rem',
        cell: (row) => (
          <time className="dim">{row.lastReadMs === null ? '–' : time(row.lastReadMs)}</time>
        ),
      },
      {
        id: 'lanes',
        title: t('devices.column-lanes'),
        width: 'minmax(4rem, 1fr)',
        cell: (row) => <span className="dim">{whereText(row, names)}</span>,
      },
    ],
    [t, time, words, names],
  );
}

/** Every board and reader: whether it is there, what it lacks, how its clock goes. */
export function DevicesScreen() {
  const { t } = useWords();
  const { params } = useRoute();
  const { rows, snapshotAt } = useView('devices');
  const columns = useColumns();
  const list = useMemo(
    () =>
      [...rows.values()].sort(
        (a, b) => Number(isWell(a)) - Number(isWell(b)) || a.device.localeCompare(b.device),
      ),
    [rows],
  );
  const chosen = list.find((row) => row.device === params.device);
  const note = t('devices.note', { well: list.filter(isWell).length, all: list.length });
  return (
    <Screen title={t('devices.title')} note={note}>
      <Split
        sideLabel={t('devices.detail')}
        list={
          <Table
            label={t('devices.title')}
            columns={columns}
            rows={list}
            keyOf={(row) => row.device}
            selected={params.device}
            onSelect={(device) => choose('devices', { device })}
            empty={snapshotAt === null ? <Busy /> : <Empty>{t('devices.empty')}</Empty>}
          />
        }
        side={chosen ? <DevicePanel device={chosen} /> : <Empty>{t('devices.choose')}</Empty>}
      />
    </Screen>
  );
}
