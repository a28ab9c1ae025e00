import { useState } from 'react';
import { ROLES, type Role } from '../../../shared/domain/role.ts';
import { useClient } from '../../live/client.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.ts';
import { AskingForm } from './asking-form.tsx';

const LEAST_SECRET = 10;

/** A new person who may sign in. */
export function AddUser() {
  const { t } = useWords();
  const client = useClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [secret, setSecret] = useState('');
  return (
    <AskingForm
      title={t('settings.users')}
      doIt={t('settings.user-add')}
      done={t('settings.user-added', { name: name.trim() })}
      ready={name.trim() !== '' && secret.length >= LEAST_SECRET}
      onDo={() => client.command('user.add', { name: name.trim(), role, secret })}
      onDone={() => {
        setName('');
        setSecret('');
      }}
    >
      <TextField label={t('settings.user-name')} value={name} onChange={setName} maxLength={64} />
      <Select
        label={t('settings.user-role')}
        value={role}
        choices={ROLES.map((value) => ({ value, text: t(`domain.role-${value}`) }))}
        onChange={setRole}
      />
      <TextField
        label={t('settings.user-secret')}
        type="password"
        value={secret}
        onChange={setSecret}
        maxLength={200}
        autoComplete="new-password"
        hint={t('settings.secret-hint')}
      />
    </AskingForm>
  );
}
