import { useCallback, useMemo, useRef, useState } from 'react';
import type { QueueRow } from '../../../shared/contract/views.ts';
import type { CheckpointId, LaneId } from '../../../shared/domain/ids.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { useSession, useSite } from '../../live/client.tsx';
import { ZoneMap } from '../../map/zone-map.tsx';
import { useWords } from '../../words/words.ts';
import { FlowPanel } from './flow-panel.tsx';
import { useMapFeed } from './map-feed.ts';
import { PlacePanel } from './place-panel.tsx';
import { type QueueAct, useQueueActs } from './queue-acts.ts';
import { QueuePanel } from './queue-panel.tsx';
import { TickerPanel } from './ticker-panel.tsx';
import { useQueue } from './use-queue.ts';
import './watch.css';

const QUEUE_ROLES: ReadonlySet<string> = new Set(['operator', 'supervisor']);

interface Opened {
  readonly checkpoint: CheckpointId;
  readonly lane: LaneId | null;
}

/** Which place is marked and which is open; the way to it from an alarm, and back. */
function usePlaces() {
  const [chosen, setChosen] = useState<CheckpointId | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const map = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const open = useCallback((checkpoint: CheckpointId) => {
    setChosen(checkpoint);
    setOpened({ checkpoint, lane: null });
  }, []);
  const openFor = useCallback((row: QueueRow) => {
    if (row.checkpoint === null) return;
    setChosen(row.checkpoint);
    setOpened({ checkpoint: row.checkpoint, lane: row.lane });
  }, []);
  const close = useCallback(() => {
    setOpened(null);
    map.current?.querySelector<HTMLElement>('[role="application"]')?.focus();
  }, []);
  const back = useCallback(() => {
    setOpened(null);
    setChosen(null);
    list.current?.focus();
  }, []);
  return { chosen, setChosen, opened, map, list, open, openFor, close, back };
}

type Places = ReturnType<typeof usePlaces>;

/** The keys of Watch: G to the alarm's place and back, and the acts of the chosen row. */
function useWatchCommands(
  row: QueueRow | undefined,
  acts: readonly QueueAct[],
  places: Places,
): void {
  const { t } = useWords();
  const { opened, openFor, back } = places;
  const commands = useMemo<readonly ConsoleCommand[]>(() => {
    const jump: ConsoleCommand = {
      id: 'watch-jump',
      title: t('watch.jump'),
      group: 'actions',
      keys: 'g',
      run: () => {
        if (opened) back();
        else if (row) openFor(row);
      },
    };
    const forRow = acts.map(({ id, text, keys, run }) => ({
      id: `watch-${id}`,
      title: text,
      group: 'actions' as const,
      keys,
      run,
    }));
    return [jump, ...forRow];
  }, [t, row, acts, opened, openFor, back]);
  useCommands(commands);
}

const NO_ACTS: readonly QueueAct[] = [];

/** The map, and beside it what waits. */
function WithQueue({ children, places }: { children: React.ReactNode; places: Places }) {
  const rows = useQueue();
  const actsOf = useQueueActs();
  const [picked, setPicked] = useState<string | null>(null);
  const row = rows.find((one) => one.id === picked) ?? rows[0];
  const acts = useMemo(() => (row ? actsOf(row) : NO_ACTS), [row, actsOf]);
  useWatchCommands(row, acts, places);
  return (
    <>
      {children}
      <QueuePanel
        rows={rows}
        chosen={row?.id ?? null}
        onChoose={setPicked}
        onPlace={places.openFor}
        actsOf={actsOf}
        listRef={places.list}
      />
    </>
  );
}

/** The zone at one glance: the map, what waits, the flow, the latest crossings. */
export function WatchScreen() {
  const { site } = useSite();
  const role = useSession()?.role;
  const feed = useMapFeed();
  const places = usePlaces();
  const { chosen, setChosen, opened, open, close } = places;
  const mapPart = (
    <div className="watch-map" ref={places.map}>
      <ZoneMap site={site} feed={feed} chosen={chosen} onChoose={setChosen} onOpen={open} />
      {opened && <PlacePanel checkpoint={opened.checkpoint} lane={opened.lane} onClose={close} />}
    </div>
  );
  const mayQueue = role !== undefined && QUEUE_ROLES.has(role);
  return (
    <div className={`watch${mayQueue ? '' : ' watch-without-queue'}`}>
      {mayQueue ? <WithQueue places={places}>{mapPart}</WithQueue> : mapPart}
      <FlowPanel />
      <TickerPanel />
    </div>
  );
}
