import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { QueueRow } from '../../../shared/contract/views.ts';
import type { CheckpointId, LaneId } from '../../../shared/domain/ids.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { choose, useRoute } from '../../actions/route.ts';
import { useSession, useSite } from '../../live/client.tsx';
import { ZoneMap } from '../../map/zone-map.tsx';
import { useWords } from '../../words/words.ts';
import { useChosenRow } from './chosen-row.ts';
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

/** The place that the page's address names: `at` is marked only, `place` is opened. */
function usePlaceOfRoute(): { chosen: CheckpointId | null; opened: Opened | null } {
  const { site } = useSite();
  const { at, place, lane } = useRoute().params;
  return useMemo(() => {
    const found = site.checkpoints.find(({ id }) => id === (place ?? at));
    if (!found) return { chosen: null, opened: null };
    const of = site.lanes.find(({ id, checkpoint }) => id === lane && checkpoint === found.id);
    const opened = place === undefined ? null : { checkpoint: found.id, lane: of?.id ?? null };
    return { chosen: found.id, opened };
  }, [site, at, place, lane]);
}

function openPlace(checkpoint: CheckpointId, lane: LaneId | null): void {
  choose('watch', lane === null ? { place: checkpoint } : { place: checkpoint, lane });
}

function markPlace(checkpoint: CheckpointId | null): void {
  choose('watch', checkpoint === null ? {} : { at: checkpoint });
}

/** Which place is marked and which is open; the way to it from an alarm, and back. */
function usePlaces() {
  const { chosen, opened } = usePlaceOfRoute();
  const map = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  /** Where the way back leads. */
  const from = useRef<'map' | 'queue'>('map');
  const open = useCallback((checkpoint: CheckpointId, lane: LaneId | null) => {
    from.current = 'map';
    openPlace(checkpoint, lane);
  }, []);
  const openFor = useCallback((row: QueueRow) => {
    if (row.checkpoint === null) return;
    from.current = 'queue';
    openPlace(row.checkpoint, row.lane);
  }, []);
  const close = useCallback(() => {
    markPlace(from.current === 'queue' ? null : chosen);
  }, [chosen]);
  const isOpen = opened !== null;
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) {
      const back = map.current?.querySelector<HTMLElement>('[role="application"]');
      (from.current === 'queue' ? list.current : back)?.focus();
    }
    wasOpen.current = isOpen;
  }, [isOpen]);
  return { chosen, opened, map, list, open, openFor, close };
}

type Places = ReturnType<typeof usePlaces>;

/** The keys of Watch: G to the alarm's place and back, and the acts of the chosen row. */
function useWatchCommands(
  row: QueueRow | undefined,
  acts: readonly QueueAct[],
  places: Places,
  mayAct: () => boolean,
): void {
  const { t } = useWords();
  const { opened, openFor, close } = places;
  const commands = useMemo<readonly ConsoleCommand[]>(() => {
    const jump: ConsoleCommand = {
      id: 'watch-jump',
      title: t('watch.jump'),
      group: 'actions',
      keys: 'g',
      run: () => {
        if (opened) close();
        else if (row) openFor(row);
      },
    };
    const forRow = acts.map(({ id, text, keys, run }) => ({
      id: `watch-${id}`,
      title: text,
      group: 'actions' as const,
      keys,
      run: () => {
        if (mayAct()) run();
      },
    }));
    return [jump, ...forRow];
  }, [t, row, acts, opened, openFor, close, mayAct]);
  useCommands(commands);
}

const NO_ACTS: readonly QueueAct[] = [];

/** The map, and beside it what waits. */
function WithQueue({ children, places }: { children: React.ReactNode; places: Places }) {
  const rows = useQueue();
  const actsOf = useQueueActs();
  const { row, pick, mayAct } = useChosenRow(rows);
  const acts = useMemo(() => (row ? actsOf(row) : NO_ACTS), [row, actsOf]);
  const reveal = useRef(() => true);
  // A key never acts on a row that cannot be seen: the first press brings it into sight.
  const may = useCallback(() => mayAct() && reveal.current(), [mayAct]);
  useWatchCommands(row, acts, places, may);
  return (
    <>
      {children}
      <QueuePanel
        rows={rows}
        chosen={row?.id ?? null}
        onChoose={pick}
        onPlace={places.openFor}
        actsOf={actsOf}
        listRef={places.list}
        revealRef={reveal}
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
  const { chosen, opened, open, close } = places;
  const mapPart = (
    <div className="watch-map" ref={places.map}>
      <ZoneMap site={site} feed={feed} chosen={chosen} onChoose={markPlace} onOpen={open} />
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
