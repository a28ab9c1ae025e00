import { useMemo } from 'react';
import type { GateAction } from '../../../shared/domain/gate.ts';
import type { SiteLane } from '../../../shared/domain/site.ts';
import { useActions } from '../../actions/actions.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { gateActions, isTurned, wayOf } from '../../actions/gate-actions.ts';
import { GateSteps } from '../../actions/gate-steps.tsx';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useSession } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useAge } from '../../live/now.ts';
import { useViewRow, useViewStore } from '../../live/use-view.ts';
import { Age, PriorityBadge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import { JointRecord } from './joint-record.tsx';

const KEYS: Readonly<Record<GateAction, string>> = {
  ...{ open: 'o', lock: 'l', hold: 'h', control: 'c' },
  // Whichever of the two there is.
  ...{ reverse: 'd', forward: 'd' },
};

/** The gate commands that this role may give to a lane, as buttons and as keys. */
function GateButtons({ lane }: { readonly lane: SiteLane }) {
  const { t } = useWords();
  const names = useNames();
  const { ask } = useActions();
  const may = useMay();
  const role = useSession()?.role;
  const now = useViewRow('lanes', lane.id);
  // A row comes anew with every door: what may be asked changes only where the lane is turned.
  const asked = may('gate.command') ? gateActions(lane, now, role).join() : '';
  const given = useMemo(
    () => asked.split(',').filter((action) => action !== '') as GateAction[],
    [asked],
  );
  const commands = useMemo<readonly ConsoleCommand[]>(
    () =>
      given.map((action) => ({
        id: `lane-${action}`,
        title: t('actions.gate-title', {
          action: t(`domain.action-${action}`),
          lane: names.lane(lane.id),
        }),
        group: 'actions',
        keys: KEYS[action],
        run: () => ask({ act: 'gate', lane: lane.id, action }),
      })),
    [given, t, names, lane.id, ask],
  );
  useCommands(commands);
  if (given.length === 0) return <p className="dim">{t('lanes.read-only')}</p>;
  return (
    <>
      <div className="lane-buttons">
        {given.map((action) => (
          <Button
            key={action}
            keys={KEYS[action].toUpperCase()}
            onPress={() => ask({ act: 'gate', lane: lane.id, action })}
          >
            {t(`domain.action-${action}`)}…
          </Button>
        ))}
      </div>
      {role !== 'supervisor' && (
        <p className="dim small">
          {t('lanes.hold-supervisor')}
          {lane.reversible === true && ` ${t('lanes.turn-supervisor')}`}
        </p>
      )}
    </>
  );
}

function useLaneFacts(lane: SiteLane): readonly Fact[] {
  const { t, number } = useWords();
  const names = useNames();
  const now = useViewRow('lanes', lane.id);
  const ageMs = useAge(now?.heardAgoMs ?? null, useViewStore('lanes').receivedMs(lane.id));
  const line = names.checkpointOf(lane.checkpoint)?.line ?? 'first';
  const { from, to } = wayOf(lane, now);
  const turned = isTurned(lane, now) ? ` · ${t('lanes.turned')}` : '';
  return [
    [
      t('lanes.route'),
      `${t(`domain.line-${line}`)} · ${t('lanes.route-value', {
        from: names.place(from),
        to: names.place(to),
      })}${turned}`,
    ],
    [t('lanes.mode'), t(`domain.mode-${now?.mode ?? 'unknown'}`)],
    [t('lanes.door'), t(`domain.door-${now?.door ?? 'unknown'}`)],
    [t('lanes.heard'), <Age key="age" ageMs={ageMs} online={now?.online ?? false} long />],
    [
      t('lanes.passed'),
      now
        ? t('lanes.passed-value', { minute: number(now.perMinute), today: number(now.today) })
        : t('app.none'),
    ],
    [t('lanes.board'), t('lanes.board-door', { board: lane.board, door: lane.door })],
    [t('lanes.offline'), t(`lanes.offline-${lane.offline}`)],
  ];
}

/** The chosen lane: its state, its commands and how far the last one came. */
export function LanePanel({ lane }: { readonly lane: SiteLane }) {
  const { t } = useWords();
  const names = useNames();
  const { ask } = useActions();
  const may = useMay();
  const now = useViewRow('lanes', lane.id);
  const facts = useLaneFacts(lane);
  return (
    <>
      <h2 className="side-title">{names.laneShort(lane.id)}</h2>
      <p className="side-sub">
        {names.checkpoint(lane.checkpoint)} · <span className="id">{lane.id}</span>
      </p>
      {now && now.highestPriority !== null && (
        <p className="lane-incidents">
          <PriorityBadge priority={now.highestPriority} />{' '}
          {[
            now.openExceptions > 0 && t('lanes.waiting', { count: now.openExceptions }),
            now.openIncidents > 0 && t('lanes.incidents', { count: now.openIncidents }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      <Section title={t('lanes.commands')}>
        <GateButtons lane={lane} />
      </Section>
      {now?.command && (
        <Section title={`${t('lanes.last-command')} · ${t(`domain.action-${now.command.action}`)}`}>
          <GateSteps command={now.command} />
        </Section>
      )}
      <Section title={t('lanes.detail')}>
        <Facts facts={facts} />
      </Section>
      <JointRecord lane={lane.id} />
      <div className="side-buttons">
        <Button small onPress={() => go('crossings', { lane: lane.id })}>
          {t('lanes.see-crossings')}
        </Button>
        {may('incident.raise') && (
          <Button
            small
            onPress={() => ask({ act: 'raise', checkpoint: lane.checkpoint, lane: lane.id })}
          >
            {t('actions.raise')}…
          </Button>
        )}
      </div>
    </>
  );
}
