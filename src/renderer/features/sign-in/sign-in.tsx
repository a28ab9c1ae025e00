import { type FormEvent, useState } from 'react';
import type { BadgeReadRow } from '../../../shared/contract/views.ts';
import { ROLES } from '../../../shared/domain/role.ts';
import { LANGUAGES } from '../../../shared/domain/text.ts';
import { useEntry } from '../../live/client.tsx';
import type { Entry } from '../../live/entry-store.ts';
import { useAsking } from '../../live/use-asking.ts';
import { useViewRow } from '../../live/use-view.ts';
import { TextField } from '../../ui/fields.tsx';
import { ErrorBox } from '../../ui/states.tsx';
import { OWN_NAMES, useWords } from '../../words/words.ts';
import './sign-in.css';

type TrainingUser = Entry['trainingUsers'][number];

function TrainingUsers({
  users,
  onFill,
}: {
  readonly users: readonly TrainingUser[];
  readonly onFill: (user: TrainingUser) => void;
}) {
  const { t } = useWords();
  return (
    <section className="sign-in-training" aria-label={t('sign-in.training-users')}>
      <h2>{t('sign-in.training-users')}</h2>
      <p className="small dim">{t('sign-in.training-note')}</p>
      <ul>
        {users.map((user) => {
          const known = ROLES.find((one) => one === user.role);
          const role = known ? t(`domain.role-${known}`) : user.role;
          return (
            <li key={user.name}>
              <button
                type="button"
                className="sign-in-user"
                title={t('sign-in.fill-in', { name: user.name, role })}
                onClick={() => onFill(user)}
              >
                <span className="high">{role}</span>
                <span className="dim id">{user.name}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Languages() {
  const { t, language, setLanguage } = useWords();
  return (
    <fieldset className="languages sign-in-languages">
      <legend className="sr-only">{t('app.language')}</legend>
      {LANGUAGES.map((one) => (
        <button
          key={one}
          type="button"
          className="language"
          lang={one}
          aria-pressed={one === language}
          onClick={() => setLanguage(one)}
        >
          {OWN_NAMES[one]}
        </button>
      ))}
    </fieldset>
  );
}

/** The form's state, and the sign-in itself. */
function useSignInForm() {
  const { signIn } = useEntry();
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const { busy, fault, clearFault, ask } = useAsking();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || name === '' || secret === '') return;
    if (!(await ask(() => signIn(name.trim(), secret)))) setSecret('');
  };
  const fill = (user: TrainingUser) => {
    setName(user.name);
    setSecret(user.secret);
    clearFault();
  };
  return { name, setName, secret, setSecret, fault, busy, submit, fill };
}

/** A badge was read: its PIN, and nothing of whose it is. */
function BadgeForm({ read }: { readonly read: BadgeReadRow }) {
  const { t, time } = useWords();
  const { signInByBadge } = useEntry();
  const [pin, setPin] = useState('');
  const { busy, fault, ask } = useAsking();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || pin === '') return;
    await ask(() => signInByBadge(pin));
    setPin('');
  };
  return (
    <form
      className="sign-in-form sign-in-badge"
      aria-label={t('sign-in.by-badge')}
      onSubmit={(event) => void submit(event)}
    >
      <p role="status">{t('sign-in.badge-read', { reader: read.reader, time: time(read.atMs) })}</p>
      <TextField
        label={t('sign-in.pin')}
        value={pin}
        onChange={setPin}
        type="password"
        maxLength={12}
        autoComplete="off"
        autoFocus
      />
      {fault && <ErrorBox fault={fault} />}
      <button type="submit" className="btn btn-main" disabled={busy}>
        {busy ? t('app.loading') : t('sign-in.submit')}
      </button>
    </form>
  );
}

/** Name and password; in training also the built-in users. */
export function SignIn() {
  const { t, text3 } = useWords();
  const { entry } = useEntry();
  const { name, setName, secret, setSecret, fault, busy, submit, fill } = useSignInForm();
  const read = useViewRow('badge-read', 'now');
  const training = entry?.site.training === true;
  return (
    <div className="sign-in">
      {training && (
        <aside className="training-banner" aria-label={t('app.mode')}>
          {t('app.training-banner')}
        </aside>
      )}
      <main className="sign-in-main">
        <div className="sign-in-card">
          <header>
            <h1>{t('app.name-full')}</h1>
            {entry && <p className="dim">{text3(entry.site.name)}</p>}
          </header>
          {read && <BadgeForm key={read.atMs} read={read} />}
          <form className="sign-in-form" onSubmit={(event) => void submit(event)}>
            <TextField
              label={t('sign-in.name')}
              value={name}
              onChange={setName}
              maxLength={64}
              autoComplete="username"
              autoFocus
            />
            <TextField
              label={t('sign-in.secret')}
              value={secret}
              onChange={setSecret}
              type="password"
              maxLength={200}
              autoComplete="current-password"
            />
            {fault && <ErrorBox fault={fault} />}
            <button type="submit" className="btn btn-main" disabled={busy}>
              {busy ? t('app.loading') : t('sign-in.submit')}
            </button>
          </form>
          {training && entry && <TrainingUsers users={entry.trainingUsers} onFill={fill} />}
          <Languages />
        </div>
      </main>
    </div>
  );
}
