import { useMemo } from 'react';
import type { VehicleSteps } from '../../../shared/contract/goods-rows.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { useRoute } from '../../actions/route.ts';
import { type Names, useNames } from '../../live/names.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Split } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords, type Words } from '../../words/words.ts';
import { OverviewScreen, useOverview } from './overview.tsx';
import { Nothing } from './parts.tsx';
import { showTab } from './tab.ts';
import { VehiclePanel } from './vehicle-panel.tsx';
import { BAR_MS, BEST_MS, isKnownState, STEPS, secondsText, wholeTimes } from './vehicle-steps.ts';
import { VehicleTimes } from './vehicle-times.tsx';

function columnsOf(words: Words, names: Names): readonly TableColumn<VehicleSteps>[] {
  const { t, dayTime } = words;
  return [
    {
      id: 'asked',
      title: t('goods.asked'),
      width: '10.5rem',
      cell: (row) => <time className="dim">{dayTime(row.askedMs)}</time>,
    },
    {
      id: 'vehicle',
      title: t('goods.vehicle'),
      width: '5.5rem',
      cell: (row) => <span className="id high">{row.vehicle ?? '–'}</span>,
    },
    {
      id: 'lane',
      title: t('goods.lane'),
      width: 'minmax(8rem, 1fr)',
      cell: (row) => names.lane(row.lane),
    },
    {
      id: 'state',
      title: t('goods.state'),
      width: '5.5rem',
      cell: ({ state }) => (isKnownState(state) ? t(`goods.state-${state}`) : state),
    },
    ...STEPS.map(
      ({ step, ms }): TableColumn<VehicleSteps> => ({
        id: step,
        title: t(`goods.${step}`),
        width: '3.5rem',
        align: 'end',
        cell: (row) => <span className="dim">{secondsText(words, ms(row))}</span>,
      }),
    ),
    {
      id: 'whole',
      title: t('goods.whole'),
      width: '11.5rem',
      align: 'end',
      cell: (row) => (
        <>
          {row.isSlow && <Badge tone="p3">{t('goods.slow')}</Badge>}{' '}
          <span className="high">{secondsText(words, row.wholeMs)}</span>
        </>
      ),
    },
  ];
}

function keyOf({ crossing }: VehicleSteps): string {
  return crossing;
}

/** How many of those that went through kept to the bar, and to the best. */
function useNote(rows: readonly VehicleSteps[]): string {
  const { t, number } = useWords();
  const whole = wholeTimes(rows).flatMap(({ wholeMs }) => wholeMs ?? []);
  return t('goods.within-bar', {
    all: number(whole.length),
    within: number(whole.filter((ms) => ms <= BAR_MS).length),
    best: number(whole.filter((ms) => ms <= BEST_MS).length),
  });
}

/** Vehicles at the lanes that take them, newest first: how long each step took. */
export function VehiclesTab() {
  const words = useWords();
  const { t } = words;
  const { params } = useRoute();
  const names = useNames();
  const may = useMay();
  const { ask } = useActions();
  const overview = useOverview();
  const columns = useMemo(() => columnsOf(words, names), [words, names]);
  const rows = overview.data?.vehicles ?? [];
  const note = useNote(rows);
  const row = rows.find((one) => keyOf(one) === params.id);
  return (
    <OverviewScreen
      tab="vehicles"
      overview={overview}
      count={rows.length}
      note={note}
      tools={
        may('lock.report') && (
          <Button
            keys="K"
            onPress={() => ask({ act: 'lock', vehicle: row?.vehicle ?? null, onDone: () => {} })}
          >
            {t('goods.lock-title')}…
          </Button>
        )
      }
    >
      <Split
        sideLabel={t('goods.detail')}
        list={
          <Table
            label={t('goods.tab-vehicles')}
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            selected={params.id}
            onSelect={(id) => showTab('vehicles', id)}
            empty={<Nothing of={overview} text={t('goods.empty-vehicles')} />}
          />
        }
        side={
          <>
            {row === undefined ? (
              <Empty>{t('goods.choose-vehicle')}</Empty>
            ) : (
              <VehiclePanel row={row} onChanged={overview.again} />
            )}
            <VehicleTimes rows={rows} />
          </>
        }
      />
    </OverviewScreen>
  );
}
