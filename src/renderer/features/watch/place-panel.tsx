import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { LaneNow } from '../../../shared/contract/views.ts';
import { ageState } from '../../../shared/domain/age-state.ts';
import type { CheckpointId, LaneId } from '../../../shared/domain/ids.ts';
import type { SiteCheckpoint, SiteLane } from '../../../shared/domain/site.ts';
import { useActions } from '../../actions/actions.ts';
import { gateActions, isTurned } from '../../actions/gate-actions.ts';
import { GateStage } from '../../actions/gate-steps.tsx';
import { useMay } from '../../actions/may.ts';
import { useSession, useSite } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useAge } from '../../live/now.ts';
import { useViewRow, useViewStore } from '../../live/use-view.ts';
import { Age, PriorityMark } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { rowAfterKey } from '../../ui/row-after-key.ts';
import { useWords } from '../../words/words.ts';

/** Mode, door and what happens there now; of a silent board only that it is silent. */
function LaneState({ now, fresh }: { readonly now: LaneNow; readonly fresh: boolean }) {
  const { t } = useWords();
  if (!fresh) return <span className="dim">{t('watch.last-known')}</span>;
  const parts = [t(`domain.mode-${now.mode ?? 'unknown'}`), t(`domain.door-${now.door}`)];
  if (now.crossing) parts.push(t(`domain.crossing-${now.crossing.state}`));
  return (
    <span className={now.mode === 'controlled' && now.door === 'closed' ? 'dim' : ''}>
      {now.fire && `${t('domain.incident-fire-input')} · `}
      {parts.join(' · ')}
    </span>
  );
}

/** What a person may do to the gate of the chosen lane. Each asks for a reason first. */
function LaneActs({ lane, now }: { readonly lane: SiteLane; readonly now: LaneNow | undefined }) {
  const { t } = useWords();
  const { ask } = useActions();
  const may = useMay();
  const role = useSession()?.role;
  if (!may('gate.command')) return null;
  const allowed = gateActions(lane, now, role);
  return (
    <div className="place-acts">
      {allowed.map((action) => (
        <Button
          key={action}
          small
          tone={action === 'control' && now?.mode === 'controlled' ? 'quiet' : 'plain'}
          onPress={() => ask({ act: 'gate', lane: lane.id, action })}
        >
          {t(`domain.action-${action}`)}…
        </Button>
      ))}
    </div>
  );
}

function LaneRow({
  lane,
  chosen,
  onChoose,
}: {
  readonly lane: SiteLane;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { t, number } = useWords();
  const names = useNames();
  const now = useViewRow('lanes', lane.id);
  const ageMs = useAge(now?.heardAgoMs ?? null, useViewStore('lanes').receivedMs(lane.id));
  const online = now?.online ?? false;
  const fresh = ageState(ageMs, online) === 'fresh';
  return (
    <li className={`place-lane${chosen ? ' place-lane-chosen' : ''}`}>
      <button
        type="button"
        className="place-lane-head"
        tabIndex={chosen ? 0 : -1}
        aria-expanded={chosen}
        data-lane={lane.id}
        onClick={onChoose}
      >
        <span className="place-lane-name">
          {now?.highestPriority && <PriorityMark priority={now.highestPriority} />}
          {names.laneShort(lane.id)}
        </span>
        <span className="place-lane-way">
          {t(`watch.direction-${now?.direction ?? lane.direction}`)}
          {isTurned(lane, now) && ` · ${t('lanes.turned')}`}
        </span>
        {now ? <LaneState now={now} fresh={fresh} /> : <span className="dim">–</span>}
        {!fresh && <Age ageMs={ageMs} online={online} />}
        <span className="place-lane-flow">{now ? number(now.perMinute) : ''}</span>
      </button>
      {now?.command && (
        <p className="place-lane-command">
          <GateStage command={now.command} />
        </p>
      )}
      {chosen && <LaneActs lane={lane} now={now} />}
    </li>
  );
}

/** A place in the east opens on the left, so that the panel never covers what it is about. */
function isEast(place: SiteCheckpoint | undefined, all: readonly SiteCheckpoint[]): boolean {
  const lngs = all.map(({ position }) => position[0]);
  const middle = (Math.min(...lngs) + Math.max(...lngs)) / 2;
  return place !== undefined && place.position[0] > middle;
}

/** The place's name and line, and what can be done about the place as a whole. */
function PlaceHead({
  checkpoint,
  lane,
  count,
  onClose,
}: {
  readonly checkpoint: CheckpointId;
  readonly lane: LaneId | null;
  readonly count: number;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const names = useNames();
  const { ask } = useActions();
  const may = useMay();
  const place = names.checkpointOf(checkpoint);
  return (
    <header className="place-head">
      <h2>{names.checkpoint(checkpoint)}</h2>
      <span className="dim">
        {place && t(`domain.line-${place.line}`)} · {t('map.lanes-count', { count })}
      </span>
      <span className="place-space" />
      {may('incident.raise') && (
        <Button small tone="quiet" onPress={() => ask({ act: 'raise', checkpoint, lane })}>
          {t('watch.report')}
        </Button>
      )}
      <Button small tone="quiet" onPress={onClose} keys="Esc">
        {t('app.close')}
      </Button>
    </header>
  );
}

/** The chosen lane of a place, with the focus on it. */
function useChosenLane(lanes: readonly SiteLane[], asked: LaneId | null) {
  const first = asked ?? lanes[0]?.id ?? null;
  const list = useRef<HTMLUListElement>(null);
  const [chosen, setChosen] = useState<LaneId | null>(first);
  useEffect(() => setChosen(first), [first]);
  useEffect(() => {
    const head = list.current?.querySelector<HTMLElement>(`[data-lane="${chosen}"]`);
    head?.focus();
  }, [chosen]);
  return { list, chosen, setChosen };
}

/** One place of the map, opened: its lanes, how each stands, and what can be done to them. */
export function PlacePanel({
  checkpoint,
  lane,
  onClose,
}: {
  readonly checkpoint: CheckpointId;
  /** The lane to begin with, where one was asked for. */
  readonly lane: LaneId | null;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { site } = useSite();
  const names = useNames();
  const lanes = useMemo(
    () => site.lanes.filter((one) => one.checkpoint === checkpoint),
    [site, checkpoint],
  );
  const { list, chosen, setChosen } = useChosenLane(lanes, lane);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    const at = lanes.findIndex((one) => one.id === chosen);
    const next = rowAfterKey(event.key, at, lanes.length);
    const nextLane = next === null ? undefined : lanes[next];
    if (!nextLane) return;
    event.preventDefault();
    setChosen(nextLane.id);
  };
  const east = isEast(names.checkpointOf(checkpoint), site.checkpoints);
  return (
    <section
      className={`place ${east ? 'place-left' : 'place-right'}`}
      aria-label={names.checkpoint(checkpoint)}
      onKeyDown={onKeyDown}
    >
      <PlaceHead checkpoint={checkpoint} lane={chosen} count={lanes.length} onClose={onClose} />
      <p className="place-columns" aria-hidden="true">
        <span>{t('watch.lane')}</span>
        <span>{t('map.per-minute')}</span>
      </p>
      <ul ref={list} className="place-lanes">
        {lanes.map((one) => (
          <LaneRow
            key={one.id}
            lane={one}
            chosen={one.id === chosen}
            onChoose={() => setChosen(one.id)}
          />
        ))}
      </ul>
    </section>
  );
}
