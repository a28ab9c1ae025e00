import { useState } from 'react';
import { PersonId } from '../../shared/domain/ids.ts';
import { TextField } from '../ui/fields.tsx';
import { useWords } from '../words/words.ts';
import { useAreaChoice } from './area-choice.tsx';
import { Reasoned } from './reasoned.tsx';

/** Calls up everybody whom the ledger has in an area, or in the whole zone. */
export function MusterBeginDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { area, field } = useAreaChoice({
    label: t('muster.where'),
    wholeZone: t('muster.whole-zone'),
  });
  return (
    <Reasoned
      name="muster.begin"
      input={(reason) => ({ area, reason })}
      title={t('muster.begin')}
      text={t('muster.begin-text')}
      doIt={t('muster.begin')}
      done={t('muster.begun')}
      tone="danger"
      presets={['actions.preset-fire', 'actions.preset-drill']}
      onClose={onClose}
    >
      {field}
    </Reasoned>
  );
}

/** Marks who is chosen, or somebody named here: also one who is not on the list. */
export function MusterMarkDialog(props: {
  readonly person: string | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [written, setWritten] = useState(props.person ?? '');
  const person = PersonId.safeParse(written.trim());
  return (
    <Reasoned
      name="muster.mark"
      input={(reason) => ({ person: PersonId.parse(written.trim()), reason })}
      title={t('muster.mark')}
      text={t('muster.mark-text')}
      doIt={t('muster.mark')}
      done={t('muster.mark-done')}
      presets={['muster.preset-seen', 'muster.preset-phone']}
      blocked={!person.success}
      onClose={props.onClose}
    >
      <TextField
        label={t('muster.column-person')}
        value={written}
        onChange={setWritten}
        maxLength={64}
        hint={t('muster.person-hint')}
      />
    </Reasoned>
  );
}

export function MusterEndDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <Reasoned
      name="muster.end"
      input={(reason) => ({ reason })}
      title={t('muster.end')}
      text={t('muster.end-text')}
      doIt={t('muster.end')}
      done={t('muster.ended')}
      tone="danger"
      presets={['muster.preset-all', 'muster.preset-handed-over', 'actions.preset-drill']}
      onClose={onClose}
    />
  );
}
