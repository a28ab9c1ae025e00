import { type ReactNode, useMemo, useState } from 'react';
import type { IncidentId } from '../../shared/domain/ids.ts';
import { assertNever } from '../../shared/lib/assert.ts';
import { useClient } from '../live/client.tsx';
import { faultOf } from '../live/entry-store.ts';
import { useNames } from '../live/names.ts';
import { useViewRow } from '../live/use-view.ts';
import { useToasts } from '../ui/toasts.tsx';
import { useFaultText } from '../words/fault-text.ts';
import { useWords } from '../words/words.ts';
import { ActionsContext, type Asked } from './actions.ts';
import { EvacuateDialog } from './evacuate-dialog.tsx';
import { GateDialog } from './gate-dialog.tsx';
import { GoodsDialog } from './goods-dialogs.tsx';
import { JointDialog } from './joint-dialog.tsx';
import { LockdownDialog, LockdownProposeDialog } from './lockdown-dialogs.tsx';
import { MusterBeginDialog, MusterEndDialog, MusterMarkDialog } from './muster-dialogs.tsx';
import {
  AnswerDialog,
  CorrectDialog,
  CountDialog,
  DayReturnDialog,
  LiftDialog,
  SettleDialog,
  SuspendDialog,
} from './people-dialogs.tsx';
import { PresenceDialog } from './presence-dialog.tsx';
import { PrintCodeDialog } from './print-code-dialog.tsx';
import { RaiseDialog } from './raise-dialog.tsx';
import { Reasoned } from './reasoned.tsx';
import { ReplaceBadgeDialog } from './replace-badge-dialog.tsx';
import { VirtualDialog } from './virtual-dialogs.tsx';

type Exceptional = Extract<Asked, { act: 'admit' | 'refuse' }>;
type Declared = Extract<Asked, { act: 'declare-lost' }>;
type Permitted = Extract<Asked, { act: 'suspend' | 'reinstate' }>;

function ExceptionDialog({ asked, onClose }: { asked: Exceptional; onClose: () => void }) {
  const { t } = useWords();
  const names = useNames();
  const { act, row, who } = asked;
  const admit = act === 'admit';
  return (
    <Reasoned
      name={admit ? 'exception.admit' : 'exception.refuse'}
      input={(reason) => ({ exception: row.id, reason })}
      title={t(`actions.${act}-title`)}
      text={t(`actions.${act}-text`, { who, lane: names.lane(row.lane) })}
      doIt={t(`actions.${act}-title`)}
      done={t(admit ? 'actions.admitted' : 'actions.refused')}
      tone={admit ? 'danger' : 'main'}
      presets={
        admit
          ? ['actions.preset-identity', 'actions.preset-cleared', 'actions.preset-staff']
          : ['actions.preset-not-entitled', 'actions.preset-left', 'actions.preset-staff']
      }
      onClose={onClose}
    />
  );
}

function PermitDialog({ asked, onClose }: { asked: Permitted; onClose: () => void }) {
  const { t } = useWords();
  const { act, permit } = asked;
  return (
    <Reasoned
      name={act === 'suspend' ? 'permit.suspend' : 'permit.reinstate'}
      input={(reason) => ({ permit, reason })}
      title={t(`actions.${act}-title`, { permit })}
      text={t(`actions.${act}-text`)}
      doIt={t(`actions.${act}`)}
      done={t(act === 'suspend' ? 'actions.suspended' : 'actions.reinstated')}
      tone={act === 'suspend' ? 'danger' : 'main'}
      presets={['actions.preset-identity', 'actions.preset-staff', 'actions.preset-normal']}
      onDone={asked.onDone}
      onClose={onClose}
    />
  );
}

function LostDialog({ asked, onClose }: { asked: Declared; onClose: () => void }) {
  const { t, number } = useWords();
  const { board } = asked;
  // More may turn out to be missing while somebody reads this: the engine takes all of it.
  const missing = useViewRow('devices', board)?.missing ?? 0;
  return (
    <Reasoned
      name="board.declare-lost"
      input={(reason) => ({ board, reason })}
      title={t('actions.lost-title', { board })}
      text={t('actions.lost-text', { n: number(missing) })}
      doIt={t('actions.lost')}
      done={t('actions.lost-done')}
      tone="danger"
      presets={['actions.preset-replaced', 'actions.preset-unreadable']}
      onClose={onClose}
    />
  );
}

function ResolveDialog({
  incident,
  type,
  onClose,
}: Extract<Asked, { act: 'resolve' }> & { readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <Reasoned
      name="incident.resolve"
      input={(reason) => ({ incident, reason })}
      title={t('actions.resolve-title', { incident: t(`domain.incident-${type}`) })}
      text={t('actions.resolve-text')}
      doIt={t('actions.resolve')}
      done={t('actions.resolved')}
      presets={['actions.preset-handled', 'actions.preset-repaired', 'actions.preset-false-alarm']}
      onClose={onClose}
    />
  );
}

function Open({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  switch (asked.act) {
    case 'gate':
      return <GateDialog lane={asked.lane} action={asked.action} onClose={onClose} />;
    case 'admit':
    case 'refuse':
      return <ExceptionDialog asked={asked} onClose={onClose} />;
    case 'raise':
      return <RaiseDialog checkpoint={asked.checkpoint} lane={asked.lane} onClose={onClose} />;
    case 'suspend':
    case 'reinstate':
      return <PermitDialog asked={asked} onClose={onClose} />;
    case 'replace-badge':
      return <ReplaceBadgeDialog {...asked} onClose={onClose} />;
    case 'day-return':
      return <DayReturnDialog {...asked} onClose={onClose} />;
    case 'suspend-who':
      return <SuspendDialog {...asked} onClose={onClose} />;
    case 'lift-who':
      return <LiftDialog {...asked} onClose={onClose} />;
    case 'correct':
      return <CorrectDialog {...asked} onClose={onClose} />;
    case 'answer':
      return <AnswerDialog {...asked} onClose={onClose} />;
    case 'confirm':
    case 'decline':
      return <SettleDialog {...asked} onClose={onClose} />;
    case 'joint':
      return <JointDialog {...asked} onClose={onClose} />;
    case 'count':
      return <CountDialog onClose={onClose} />;
    case 'evacuate':
      return <EvacuateDialog onClose={onClose} />;
    case 'lockdown-propose':
      return <LockdownProposeDialog onClose={onClose} />;
    case 'lockdown':
      return <LockdownDialog {...asked} onClose={onClose} />;
    case 'muster-begin':
      return <MusterBeginDialog onClose={onClose} />;
    case 'muster-mark':
      return <MusterMarkDialog person={asked.person} onClose={onClose} />;
    case 'muster-end':
      return <MusterEndDialog onClose={onClose} />;
    case 'print-code':
      return <PrintCodeDialog permit={asked.permit} onClose={onClose} />;
    case 'declare-lost':
      return <LostDialog asked={asked} onClose={onClose} />;
    case 'lock':
    case 'custody':
    case 'use':
    case 'audit':
    case 'sale':
      return <GoodsDialog asked={asked} onClose={onClose} />;
    case 'virtual-declare':
    case 'filing-send':
    case 'filing-answer':
      return <VirtualDialog asked={asked} onClose={onClose} />;
    case 'presence':
      return <PresenceDialog {...asked} onClose={onClose} />;
    case 'resolve':
      return <ResolveDialog {...asked} onClose={onClose} />;
    default:
      return assertNever(asked, 'act');
  }
}

/** Holds the dialogs of what can be done, so that the map, the lists and the palette share them. */
export function ActionsProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const client = useClient();
  const toasts = useToasts();
  const faultText = useFaultText();
  const [asked, setAsked] = useState<Asked | null>(null);
  const actions = useMemo(
    () => ({
      ask: setAsked,
      acknowledge: async (incident: IncidentId) => {
        try {
          await client.command('incident.acknowledge', { incident });
          toasts.show({ tone: 'plain', text: t('actions.acknowledged') });
        } catch (error) {
          toasts.show({ tone: 'error', text: faultText(faultOf(error)) });
        }
      },
    }),
    [client, toasts, t, faultText],
  );
  return (
    <ActionsContext value={actions}>
      {children}
      {asked && <Open asked={asked} onClose={() => setAsked(null)} />}
    </ActionsContext>
  );
}
