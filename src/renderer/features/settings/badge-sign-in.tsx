import { type FormEvent, type ReactNode, useState } from 'react';
import { Badge } from '../../../shared/domain/credential.ts';
import type { Fault } from '../../../shared/lib/result.ts';
import { useClient } from '../../live/client.tsx';
import { faultOf } from '../../live/entry-store.ts';
import { TextField } from '../../ui/fields.tsx';
import { Section } from '../../ui/screen.tsx';
import { ErrorBox } from '../../ui/states.tsx';
import { useToasts } from '../../ui/toasts.tsx';
import { useWords } from '../../words/words.ts';

/** A form that asks the engine once, says what came of it, and shows what was wrong. */
function Asking(props: {
  readonly title: string;
  readonly doIt: string;
  readonly done: string;
  readonly ready: boolean;
  readonly onDo: () => Promise<unknown>;
  readonly children: ReactNode;
}) {
  const toasts = useToasts();
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!props.ready || busy) return;
    setBusy(true);
    setFault(null);
    try {
      await props.onDo();
      toasts.show({ tone: 'plain', text: props.done });
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={props.title}>
      <form className="settings-form settings-user" onSubmit={(event) => void submit(event)}>
        {props.children}
        <button type="submit" className="btn btn-main" disabled={!props.ready || busy}>
          {props.doIt}
        </button>
      </form>
      {fault && <ErrorBox fault={fault} />}
    </Section>
  );
}

/** The PIN of one's own badge. */
export function ChoosePin() {
  const { t } = useWords();
  const client = useClient();
  const [secret, setSecret] = useState('');
  const [pin, setPin] = useState('');
  return (
    <Asking
      title={t('settings.pin-title')}
      doIt={t('settings.pin-choose')}
      done={t('settings.pin-chosen')}
      ready={secret !== '' && pin !== ''}
      onDo={async () => {
        await client.command('session.choose-pin', { secret, pin });
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
    </Asking>
  );
}

/** The badge that somebody signs in by; left empty it is taken away. */
export function GiveBadge() {
  const { t } = useWords();
  const client = useClient();
  const [name, setName] = useState('');
  const [badge, setBadge] = useState('');
  const written = badge.trim();
  const read = Badge.safeParse(written);
  return (
    <Asking
      title={t('settings.badge-title')}
      doIt={t(written === '' ? 'settings.badge-take' : 'settings.badge-give')}
      done={t('settings.badge-done')}
      ready={name.trim() !== '' && (written === '' || read.success)}
      onDo={async () => {
        const given = read.success ? read.data : null;
        await client.command('user.give-badge', { name: name.trim(), badge: given });
        setName('');
        setBadge('');
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
    </Asking>
  );
}
