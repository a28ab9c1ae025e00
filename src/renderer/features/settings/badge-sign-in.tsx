import { useState } from 'react';
import { Badge } from '../../../shared/domain/credential.ts';
import { useClient } from '../../live/client.tsx';
import { TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.ts';
import { AskingForm } from './asking-form.tsx';

/** The PIN of one's own badge. */
export function ChoosePin() {
  const { t } = useWords();
  const client = useClient();
  const [secret, setSecret] = useState('');
  const [pin, setPin] = useState('');
  return (
    <AskingForm
      title={t('settings.pin-title')}
      doIt={t('settings.pin-choose')}
      done={t('settings.pin-chosen')}
      ready={secret !== '' && pin !== ''}
      onDo={() => client.command('session.choose-pin', { secret, pin })}
      onDone={() => {
        setSecret('');
        setPin('');
      }}
    >
      <TextField
        label={t('settings.pin-secret')}
        type="password"
        value={secret}
        onChange={setSecret}
        maxLength={200}
        autoComplete="current-password"
      />
      <TextField
        label={t('settings.pin')}
        type="password"
        value={pin}
        onChange={setPin}
        maxLength={12}
        hint={t('settings.pin-hint')}
      />
    </AskingForm>
  );
}

/** The badge that somebody signs in by; left empty it is taken away. */
export function GiveBadge({ onGiven }: { readonly onGiven: () => void }) {
  const { t } = useWords();
  const client = useClient();
  const [name, setName] = useState('');
  const [badge, setBadge] = useState('');
  const written = badge.trim();
  const read = Badge.safeParse(written);
  return (
    <AskingForm
      title={t('settings.badge-title')}
      doIt={t(written === '' ? 'settings.badge-take' : 'settings.badge-give')}
      done={t('settings.badge-done')}
      ready={name.trim() !== '' && (written === '' || read.success)}
      onDo={() => {
        const given = read.success ? read.data : null;
        return client.command('user.give-badge', { name: name.trim(), badge: given });
      }}
      onDone={() => {
        setName('');
        setBadge('');
        onGiven();
      }}
    >
      <TextField label={t('settings.user-name')} value={name} onChange={setName} maxLength={64} />
      <TextField
        label={t('settings.badge')}
        value={badge}
        onChange={setBadge}
        maxLength={64}
        hint={t('settings.badge-hint')}
      />
    </AskingForm>
  );
}
