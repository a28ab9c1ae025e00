import { useState } from 'react';
import { Badge } from '../../shared/domain/credential.ts';
import type { PermitId } from '../../shared/domain/ids.ts';
import { useLastDeskRead } from '../live/desk-read.ts';
import { TextField } from '../ui/fields.tsx';
import { useWords } from '../words/words.ts';
import { Reasoned } from './reasoned.tsx';

/** Gives a permit another badge: the one that the desk's reader reads, or one written out. */
export function ReplaceBadgeDialog(props: {
  readonly permit: PermitId;
  readonly badge: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const read = useLastDeskRead();
  const [openedWith] = useState(read);
  const [written, setWritten] = useState<string | null>(null);
  const fresh = read !== null && read !== openedWith ? read.credential : '';
  const badge = written ?? fresh;
  return (
    <Reasoned
      name="badge.replace"
      input={(reason) => ({ permit: props.permit, credential: Badge.parse(badge.trim()), reason })}
      title={t('people.badge-title', { permit: props.permit })}
      text={t('people.badge-text', { badge: props.badge })}
      doIt={t('people.badge-replace')}
      done={t('people.badge-done')}
      presets={['people.code-lost', 'people.badge-broken']}
      blocked={!Badge.safeParse(badge.trim()).success}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      <TextField
        label={t('people.badge-new')}
        value={badge}
        onChange={setWritten}
        maxLength={64}
        hint={t('people.badge-hint')}
      />
    </Reasoned>
  );
}
