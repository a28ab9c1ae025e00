import { type FormEvent, useState } from 'react';
import type { PersonId } from '../../../shared/domain/ids.ts';
import type { Fault } from '../../../shared/lib/result.ts';
import { useClient } from '../../live/client.tsx';
import { faultOf } from '../../live/entry-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogFoot } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ErrorBox } from '../../ui/states.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useWords } from '../../words/words.ts';

const LEAST_REASON = 3;

/** Erases what is held of one person, once the administrator is sure. */
export function ErasePerson({ onErased }: { readonly onErased: () => void }) {
  const { t } = useWords();
  const client = useClient();
  const toasts = useToasts();
  const [person, setPerson] = useState('');
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const named = person.trim();
  const ready = named !== '' && reason.trim().length >= LEAST_REASON;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setFault(null);
    setAsking(ready);
  };
  const erase = async () => {
    setAsking(false);
    try {
      await client.command('person.erase', { person: named as PersonId, reason: reason.trim() });
      toasts.show({ tone: 'plain', text: t('settings.erased', { person: named }) });
      setPerson('');
      setReason('');
      onErased();
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <>
      <form className="settings-form" onSubmit={ask}>
        <TextField
          label={t('settings.erase-person')}
          value={person}
          onChange={setPerson}
          maxLength={64}
        />
        <TextField label={t('settings.erase-reason')} value={reason} onChange={setReason} />
        <button type="submit" className="btn" disabled={!ready}>
          {t('settings.erase')}…
        </button>
      </form>
      <p className="dim small">{t('settings.erase-note')}</p>
      {fault && <ErrorBox fault={fault} />}
      {asking && (
        <Dialog title={t('settings.erase')} onClose={() => setAsking(false)}>
          <p>{t('settings.erase-sure', { person: named })}</p>
          <DialogFoot>
            <Button onPress={() => setAsking(false)}>{t('app.cancel')}</Button>
            <Button tone="danger" onPress={() => void erase()}>
              {t('settings.erase')}
            </Button>
          </DialogFoot>
        </Dialog>
      )}
    </>
  );
}
