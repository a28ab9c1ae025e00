import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { Fault } from '../../shared/lib/result.ts';
import { useWords } from '../words/words.ts';
import { Button } from './button.tsx';
import { Dialog, DialogFoot, type DialogProps } from './dialog.tsx';
import { TextField } from './fields.tsx';
import './reason-dialog.css';
import { ErrorBox } from './states.tsx';

/** The shortest reason that the engine takes. */
const LEAST_LETTERS = 3;

export interface ReasonDialogProps {
  readonly title: string;
  /** What will happen, in a sentence. */
  readonly text: string;
  /** The word on the button that does it. */
  readonly doIt: string;
  readonly tone?: 'main' | 'danger' | undefined;
  readonly shape?: DialogProps['shape'];
  /** Reasons given often: one press writes them into the field, where they can be changed. */
  readonly presets?: readonly string[] | undefined;
  /** The label of the text, where it is not a reason. */
  readonly label?: string | undefined;
  /** Where it may not be as long as a reason. */
  readonly maxLength?: number | undefined;
  /** Something that the further fields ask for is missing yet. */
  readonly blocked?: boolean | undefined;
  /** Further fields above the reason. */
  readonly children?: ReactNode;
  /** Does it; a fault keeps the dialog open with the text in it. */
  readonly onDo: (reason: string) => Promise<Fault | null>;
  readonly onClose: () => void;
}

/**
 * Says what will happen and asks for a reason. The focus is on the reason, never on the button that
 * acts; Ctrl+Enter sends.
 */
export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const fields = useRef<HTMLFieldSetElement>(null);
  const ready = reason.trim().length >= LEAST_LETTERS && props.blocked !== true;
  const send = async () => {
    if (busy || !ready) return;
    setBusy(true);
    setFault(null);
    const failed = await props.onDo(reason.trim());
    setBusy(false);
    if (failed) setFault(failed);
  };
  const take = (preset: string) => {
    setReason(preset);
    [...(fields.current?.querySelectorAll('textarea') ?? [])].at(-1)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose} shape={props.shape}>
      <p>{props.text}</p>
      <fieldset className="reason" ref={fields} onKeyDownCapture={onKeyDown}>
        {props.children}
        <TextField
          label={props.label ?? t('app.reason')}
          value={reason}
          onChange={setReason}
          rows={3}
          maxLength={props.maxLength}
          autoFocus
          hint={t('app.reason-hint')}
        />
        {props.presets && (
          <ul className="reason-presets">
            {props.presets.map((preset) => (
              <li key={preset}>
                <Button small onPress={() => take(preset)}>
                  {preset}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </fieldset>
      {fault && <ErrorBox fault={fault} />}
      <DialogFoot>
        <span className="reason-keys dim small">{t('actions.send-keys')}</span>
        <Button onPress={props.onClose}>{t('app.cancel')}</Button>
        <Button tone={props.tone ?? 'main'} onPress={() => void send()} disabled={!ready || busy}>
          {props.doIt}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
