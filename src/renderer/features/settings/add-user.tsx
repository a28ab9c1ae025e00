import { type FormEvent, useState } from 'react';
import { ROLES, type Role } from '../../../shared/domain/role.ts';
import type { Fault } from '../../../shared/lib/result.ts';
import { useClient } from '../../live/client.tsx';
import { faultOf } from '../../live/entry-store.ts';
import { Select, TextField } from '../../ui/fields.tsx';
import { Section } from '../../ui/screen.tsx';
import { ErrorBox } from '../../ui/states.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useWords } from '../../words/words.ts';

const LEAST_SECRET = 10;

/** A new person who may sign in. */
export function AddUser() {
  const { t } = useWords();
  const client = useClient();
  const toasts = useToasts();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [secret, setSecret] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = name.trim() !== '' && secret.length >= LEAST_SECRET && !busy;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    setFault(null);
    try {
      await client.command('user.add', { name: name.trim(), role, secret });
      toasts.show({ tone: 'plain', text: t('settings.user-added', { name: name.trim() }) });
      setName('');
      setSecret('');
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t('settings.users')}>
      <form className="settings-form settings-user" onSubmit={(event) => void submit(event)}>
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
        <button type="submit" className="btn btn-main" disabled={!ready}>
          {t('settings.user-add')}
        </button>
      </form>
      {fault && <ErrorBox fault={fault} />}
    </Section>
  );
}
