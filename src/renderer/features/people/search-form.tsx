import { type FormEvent, useState } from 'react';
import type { QueryInput } from '../../../shared/contract/queries.ts';
import { Select, TextField } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.ts';

export type PersonSearch = QueryInput<'person.find'>;
type SearchBy = 'permit' | 'name' | 'person';

const BY: readonly SearchBy[] = ['permit', 'name', 'person'];
const LEAST_PURPOSE = 3;

function searchOf(by: SearchBy, text: string, purpose: string): PersonSearch {
  switch (by) {
    case 'permit':
      return { by: { permit: text }, purpose };
    case 'name':
      return { by: { name: text }, purpose };
    default:
      return { by: { person: text }, purpose };
  }
}

/** A search for a person: by what, which, and for what purpose, since it is journalled. */
export function SearchForm(props: {
  readonly start: { readonly by: SearchBy; readonly text: string; readonly purpose: string };
  readonly onSearch: (search: PersonSearch) => void;
}) {
  const { t } = useWords();
  const [by, setBy] = useState<SearchBy>(props.start.by);
  const [text, setText] = useState(props.start.text);
  const [purpose, setPurpose] = useState(props.start.purpose);
  const ready = text.trim() !== '' && purpose.trim().length >= LEAST_PURPOSE;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) props.onSearch(searchOf(by, text.trim(), purpose.trim()));
  };
  return (
    <form className="person-search" onSubmit={submit}>
      <Select
        label={t('people.search-by')}
        value={by}
        choices={BY.map((value) => ({ value, text: t(`people.by-${value}`) }))}
        onChange={setBy}
      />
      <TextField
        label={t('people.search-text')}
        value={text}
        onChange={setText}
        maxLength={64}
        autoFocus
      />
      <TextField
        label={t('people.purpose')}
        value={purpose}
        onChange={setPurpose}
        maxLength={120}
        hint={t('people.purpose-hint')}
      />
      <button type="submit" className="btn btn-main" disabled={!ready}>
        {t('app.search')}
      </button>
    </form>
  );
}
