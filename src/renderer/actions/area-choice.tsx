import { type ReactNode, useState } from 'react';
import type { AreaId } from '../../shared/domain/ids.ts';
import { useSite } from '../live/client.tsx';
import { useNames } from '../live/names.ts';
import { Select } from '../ui/fields.tsx';

const WHOLE_ZONE = '';

/** An area of the site, or the whole zone (null), with the field that chooses it. */
export function useAreaChoice(words: { readonly label: string; readonly wholeZone: string }): {
  readonly area: AreaId | null;
  readonly field: ReactNode;
} {
  const { site } = useSite();
  const names = useNames();
  const [value, setValue] = useState(WHOLE_ZONE);
  const field = (
    <Select
      label={words.label}
      value={value}
      choices={[
        { value: WHOLE_ZONE, text: words.wholeZone },
        ...site.areas.map(({ id }) => ({ value: id as string, text: names.area(id) })),
      ]}
      onChange={setValue}
    />
  );
  return { area: site.areas.find(({ id }) => id === value)?.id ?? null, field };
}
