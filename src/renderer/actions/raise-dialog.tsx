import { type KeyboardEvent, useState } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import type { CheckpointId, LaneId } from '../../shared/domain/ids.ts';
import type { Priority } from '../../shared/domain/incident.ts';
import type { Fault } from '../../shared/lib/result.ts';
import { useClient, useSite } from '../live/client.tsx';
import { faultOf } from '../live/entry-store.ts';
import { useNames } from '../live/names.ts';
import { PriorityBadge } from '../ui/badges.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { ErrorBox } from '../ui/states.tsx';
import { useToasts } from '../ui/toasts.tsx';
import { useWords } from '../words/words.ts';
import './raise-dialog.css';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
const LEAST_LETTERS = 3;
const NOWHERE = '-';

interface RaiseProps {
  readonly checkpoint: CheckpointId | null;
  readonly lane: LaneId | null;
  readonly onClose: () => void;
}

function PriorityChoice(props: { value: Priority; onChange: (priority: Priority) => void }) {
  const { t } = useWords();
  return (
    <RadioGroup
      className="raise-priority"
      orientation="horizontal"
      value={String(props.value)}
      onChange={(value) => {
        const chosen = PRIORITIES.find((one) => String(one) === value);
        if (chosen) props.onChange(chosen);
      }}
    >
      <Label className="field-label">{t('actions.raise-priority')}</Label>
      <div className="raise-choices">
        {PRIORITIES.map((one) => (
          <Radio key={one} value={String(one)} className="raise-choice">
            <PriorityBadge priority={one} />
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** An incident reported by phone or seen by eye: what, how bad, where. Three inputs. */
export function RaiseDialog({ checkpoint, lane, onClose }: RaiseProps) {
  const { t } = useWords();
  const { site } = useSite();
  const names = useNames();
  const client = useClient();
  const toasts = useToasts();
  const [note, setNote] = useState('');
  const [priority, setPriority] = useState<Priority>(2);
  const [where, setWhere] = useState<string>(checkpoint ?? NOWHERE);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = note.trim().length >= LEAST_LETTERS && !busy;
  const send = async () => {
    if (!ready) return;
    setBusy(true);
    const place = site.checkpoints.find((one) => one.id === where)?.id ?? null;
    try {
      const { incident } = await client.command('incident.raise', {
        checkpoint: place,
        lane: place === checkpoint ? lane : null,
        priority,
        note: note.trim(),
      });
      toasts.show({ tone: 'plain', text: t('actions.raised', { id: incident }) });
      onClose();
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  const places = [
    { value: NOWHERE, text: t('actions.raise-nowhere') },
    ...site.checkpoints.map((one) => ({ value: one.id as string, text: names.checkpoint(one.id) })),
  ];
  return (
    <Dialog title={t('actions.raise-title')} onClose={onClose}>
      <fieldset className="reason raise" onKeyDownCapture={onKeyDown}>
        <TextField
          label={t('actions.raise-note')}
          value={note}
          onChange={setNote}
          rows={3}
          autoFocus
        />
        <PriorityChoice value={priority} onChange={setPriority} />
        <Select
          label={t('actions.raise-where')}
          value={where}
          choices={places}
          onChange={setWhere}
        />
        {lane !== null && where === checkpoint && <p className="dim">{names.lane(lane)}</p>}
      </fieldset>
      {fault && <ErrorBox fault={fault} />}
      <DialogFoot>
        <span className="reason-keys dim small">{t('actions.send-keys')}</span>
        <Button onPress={onClose}>{t('app.cancel')}</Button>
        <Button tone="main" disabled={!ready} onPress={() => void send()}>
          {t('actions.raise')}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
