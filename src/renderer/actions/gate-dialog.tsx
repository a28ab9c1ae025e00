import { useState } from 'react';
import { ageState } from '../../shared/domain/age-state.ts';
import type { GateAction } from '../../shared/domain/gate.ts';
import type { CommandId, LaneId } from '../../shared/domain/ids.ts';
import type { WordKey } from '../../shared/locale/tables.ts';
import { useClient } from '../live/client.tsx';
import { faultOf } from '../live/entry-store.ts';
import { useNames } from '../live/names.ts';
import { useAge } from '../live/now.ts';
import { useViewRow, useViewStore } from '../live/use-view.ts';
import { Marked } from '../ui/badges.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { Busy } from '../ui/states.tsx';
import { useWords } from '../words/words.ts';
import { GateSteps, isOver } from './gate-steps.tsx';

const PRESETS: Readonly<Record<GateAction, readonly WordKey[]>> = {
  open: ['actions.preset-identity', 'actions.preset-reader', 'actions.preset-staff'],
  lock: ['actions.preset-order', 'actions.preset-maintenance', 'actions.preset-staff'],
  hold: ['actions.preset-emergency', 'actions.preset-order', 'actions.preset-maintenance'],
  control: ['actions.preset-normal', 'actions.preset-staff'],
  reverse: ['actions.preset-order', 'actions.preset-staff'],
  forward: ['actions.preset-normal', 'actions.preset-order'],
};

interface GateDialogProps {
  readonly lane: LaneId;
  readonly action: GateAction;
  readonly onClose: () => void;
}

/** What a person sees after a command was asked for: how far it came, until the gate shows it. */
function GateProgress(props: GateDialogProps & { readonly command: CommandId }) {
  const { t } = useWords();
  const names = useNames();
  const lane = useViewRow('lanes', props.lane);
  const command = lane?.command?.id === props.command ? lane.command : null;
  const over = command !== null && isOver(command.stage);
  const title = t('actions.gate-title', {
    action: t(`domain.action-${props.action}`),
    lane: names.lane(props.lane),
  });
  return (
    <Dialog title={title} onClose={props.onClose}>
      {command === null ? (
        <Busy text={t('actions.gate-waiting')} />
      ) : (
        <>
          <GateSteps command={command} />
          {over && command.stage !== 'confirmed' && (
            <p>
              {t(
                command.stage === 'unknown'
                  ? 'actions.gate-unknown-next'
                  : 'actions.gate-failed-next',
              )}
            </p>
          )}
        </>
      )}
      <DialogFoot>
        <Button tone={over ? 'main' : 'plain'} onPress={props.onClose}>
          {t('app.close')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** A command to a lane's gate: what will happen, why, and then how far it came. */
export function GateDialog(props: GateDialogProps) {
  const { lane, action, onClose } = props;
  const { t } = useWords();
  const client = useClient();
  const names = useNames();
  const now = useViewRow('lanes', lane);
  const ageMs = useAge(now?.heardAgoMs ?? null, useViewStore('lanes').receivedMs(lane));
  const [command, setCommand] = useState<CommandId | null>(null);
  if (command !== null) return <GateProgress {...props} command={command} />;
  const word = t(`domain.action-${action}`);
  const silent = ageState(ageMs, now?.online ?? false) !== 'fresh';
  return (
    <ReasonDialog
      title={t('actions.gate-title', { action: word, lane: names.lane(lane) })}
      text={t(`actions.gate-${action}-text`, { seconds: names.laneOf(lane)?.openS ?? 0 })}
      doIt={word}
      tone={action === 'control' || action === 'lock' ? 'main' : 'danger'}
      presets={PRESETS[action].map((key) => t(key))}
      onClose={onClose}
      onDo={async (reason) => {
        try {
          const asked = await client.command('gate.command', { lane, action, reason });
          setCommand(asked.command);
          return null;
        } catch (error) {
          return faultOf(error);
        }
      }}
    >
      {silent && (
        <Marked tone="p2" line>
          {t('actions.gate-silent')}
        </Marked>
      )}
    </ReasonDialog>
  );
}
