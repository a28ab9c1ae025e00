import { useState } from 'react';
import type { PersonId } from '../../shared/domain/ids.ts';
import { BEYOND, type Place } from '../../shared/domain/place.ts';
import { useSite } from '../live/client.tsx';
import { useNames } from '../live/names.ts';
import { Select } from '../ui/fields.tsx';
import { useWords } from '../words/words.ts';
import { Reasoned } from './reasoned.tsx';

/** Puts the ledger right about where a person is. */
export function PresenceDialog(props: {
  readonly person: PersonId;
  readonly who: string;
  readonly place: Place | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { site } = useSite();
  const names = useNames();
  const places: readonly Place[] = [...BEYOND, ...site.areas.map((area) => area.id)];
  const [place, setPlace] = useState<Place>(props.place ?? 'beyond-first');
  return (
    <Reasoned
      name="presence.set"
      input={(reason) => ({ person: props.person, place, reason })}
      title={t('actions.presence-title', { who: props.who })}
      text={t('actions.presence-text')}
      doIt={t('actions.presence-set')}
      done={t('actions.presence-done')}
      presets={['actions.preset-staff', 'actions.preset-left', 'actions.preset-reader']}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      <Select
        label={t('actions.presence-place')}
        value={place}
        choices={places.map((one) => ({ value: one as string, text: names.place(one) }))}
        onChange={(value) => {
          const chosen = places.find((one) => one === value);
          if (chosen) setPlace(chosen);
        }}
      />
    </Reasoned>
  );
}
