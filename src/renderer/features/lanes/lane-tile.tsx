import type { LaneNow } from '../../../shared/contract/views.ts';
import { ageState, isSilent } from '../../../shared/domain/age-state.ts';
import type { SiteLane } from '../../../shared/domain/site.ts';
import { isTurned } from '../../actions/gate-actions.ts';
import { GateStage } from '../../actions/gate-steps.tsx';
import { useNames } from '../../live/names.ts';
import { useAge, useZoneNow } from '../../live/now.ts';
import { useViewRow, useViewStore } from '../../live/use-view.ts';
import { AgeDot, Badge, PriorityBadge } from '../../ui/badges.tsx';
import { useWords } from '../../words/words.ts';

/** Into the zone points right, as the ways in stand left of it on the map. */
const ARROWS: Readonly<Record<LaneNow['direction'], string>> = { in: '→', out: '←', across: '↔' };

/** A finished command is shown this long on the tile (calendar ms); the panel keeps it. */
const COMMAND_SHOWN_MS = 60_000;

/** Mode and gate in words; what is not normal stands out by words, not only by colour. */
export function LaneState({ lane }: { readonly lane: LaneNow }) {
  const { t } = useWords();
  if (lane.fire) return <span className="p1">{t('lanes.fire')}</span>;
  if (lane.door === 'forced') return <span className="p1">{t('domain.door-forced')}</span>;
  const mode = t(`domain.mode-${lane.mode ?? 'unknown'}`);
  const odd = lane.mode === 'locked' || lane.mode === 'held';
  return (
    <span className={odd ? 'lane-odd' : ''}>
      {mode} · {t(`domain.door-${lane.door}`)}
    </span>
  );
}

function TileFoot({ lane, silent }: { readonly lane: LaneNow; readonly silent: boolean }) {
  const { t, number } = useWords();
  const nowMs = useZoneNow();
  const { command, crossing } = lane;
  if (command && nowMs !== null && nowMs - command.atMs < COMMAND_SHOWN_MS) {
    return <GateStage command={command} />;
  }
  if (crossing && !silent) {
    return (
      <span className="lane-crossing">
        {t(`domain.class-${crossing.class}`)} · {t(`domain.crossing-${crossing.state}`)}
      </span>
    );
  }
  return (
    <span className="dim">
      {t('lanes.per-minute', { n: lane.perMinute })} · {t('lanes.today', { n: number(lane.today) })}
    </span>
  );
}

/** Which way a lane leads that is turned: an arrow beside the words. */
function TurnedWay({ lane, now }: { readonly lane: SiteLane; readonly now: LaneNow }) {
  const { t } = useWords();
  if (!isTurned(lane, now)) return null;
  return (
    <div className="lane-turned">
      <Badge tone="strong">
        <span aria-hidden="true">{ARROWS[now.direction]}</span>{' '}
        {t(`domain.direction-${now.direction}`)} · {t('lanes.turned')}
      </Badge>
    </div>
  );
}

/** One lane of the grid. */
export function LaneTile({ lane }: { readonly lane: SiteLane }) {
  const { t, ago } = useWords();
  const names = useNames();
  const now = useViewRow('lanes', lane.id);
  const ageMs = useAge(now?.heardAgoMs ?? null, useViewStore('lanes').receivedMs(lane.id));
  const age = ageState(ageMs, now?.online ?? false);
  const alarm = now?.highestPriority ?? null;
  const silent = isSilent(age);
  return (
    <div className={`lane lane-${age} ${alarm === null ? '' : `lane-alarm-${alarm}`}`}>
      <div className="lane-head">
        <AgeDot state={age} />
        <span className="lane-name">{names.laneShort(lane.id)}</span>
        {alarm !== null && <PriorityBadge priority={alarm} />}
      </div>
      {now && <TurnedWay lane={lane} now={now} />}
      <div className="lane-state">
        {age === 'fresh' && now ? (
          <LaneState lane={now} />
        ) : (
          <span className="lane-doubt">
            {t(`domain.age-${age}`)} · {ageMs === null ? t('app.never') : ago(ageMs)}
          </span>
        )}
      </div>
      <div className="lane-foot">{now && <TileFoot lane={now} silent={silent} />}</div>
    </div>
  );
}
