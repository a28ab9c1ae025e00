import { useState } from 'react';
import { useSite } from '../live/client.tsx';
import { useNames } from '../live/names.ts';
import { Select } from '../ui/fields.tsx';
import { useWords } from '../words/words.ts';
import { Reasoned } from './reasoned.tsx';

const WHOLE_ZONE = '';

/** Lets people out of an area, or of the whole zone. */
export function EvacuateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { site } = useSite();
  const names = useNames();
  const [value, setValue] = useState(WHOLE_ZONE);
  const area = site.areas.find(({ id }) => id === value)?.id ?? null;
  return (
    <Reasoned
      name="zone.evacuate"
      input={(reason) => ({ area, reason })}
      title={t('actions.evacuate-title')}
      text={t('actions.evacuate-text')}
      doIt={t('actions.evacuate')}
      done={t('actions.evacuated')}
      tone="danger"
      presets={['actions.preset-fire', 'actions.preset-drill']}
      onClose={onClose}
    >
      <Select
        label={t('actions.evacuate-area')}
        value={value}
        choices={[
          { value: WHOLE_ZONE, text: t('actions.evacuate-all') },
          ...site.areas.map(({ id }) => ({ value: id as string, text: names.area(id) })),
        ]}
        onChange={setValue}
      />
    </Reasoned>
  );
}
