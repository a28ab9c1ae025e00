import { useState } from 'react';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type { Authority } from '../../../shared/domain/authority.ts';
import { ROLES, type Role } from '../../../shared/domain/role.ts';
import { AUTHORITY_WORDS } from '../../../shared/locale/regime-terms.ts';
import { useClient } from '../../live/client.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.ts';
import { AskingForm } from './asking-form.tsx';

const LEAST_SECRET = 10;

type Sides = QueryOutput<'user.list'>['sides'];

/** A new person who may sign in; where the regime names two sides also on whose behalf they act. */
export function AddUser(props: { readonly between: Sides; readonly onAdded: () => void }) {
  const { t, text3 } = useWords();
  const client = useClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [secret, setSecret] = useState('');
  const [authority, setAuthority] = useState<Authority | ''>('');
  const { between } = props;
  const sides: readonly Authority[] = between === null ? [] : [between.first, between.home];
  const acts = authority === '' ? {} : { authority };
  return (
    <AskingForm
      title={t('settings.users')}
      doIt={t('settings.user-add')}
      done={t('settings.user-added', { name: name.trim() })}
      ready={name.trim() !== '' && secret.length >= LEAST_SECRET}
      onDo={() => client.command('user.add', { name: name.trim(), role, secret, ...acts })}
      onDone={() => {
        setName('');
        setSecret('');
        setAuthority('');
        props.onAdded();
      }}
    >
      <TextField label={t('settings.user-name')} value={name} onChange={setName} maxLength={64} />
      <Select
        label={t('settings.user-role')}
        value={role}
        choices={ROLES.map((value) => ({ value, text: t(`domain.role-${value}`) }))}
        onChange={setRole}
      />
      {sides.length > 0 && (
        <Select
          label={t('settings.user-authority')}
          value={authority}
          choices={[
            { value: '' as const, text: t('settings.authority-none') },
            ...sides.map((value) => ({ value, text: text3(AUTHORITY_WORDS[value]) })),
          ]}
          onChange={setAuthority}
        />
      )}
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
