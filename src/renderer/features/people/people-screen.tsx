import { useEffect, useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { FoundPerson } from '../../../shared/contract/queries.ts';
import { assertNever } from '../../../shared/lib/assert.ts';
import { useMay } from '../../actions/may.ts';
import { PersonCard, PersonHead, PersonPlace } from '../../actions/person-card.tsx';
import { DeskReaders } from '../../actions/reader-list.tsx';
import { useRoute } from '../../actions/route.ts';
import { useSession } from '../../live/client.tsx';
import { useLastDeskRead } from '../../live/desk-read.ts';
import { useQuery } from '../../live/use-query.ts';
import { Screen, Split } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { Corrections } from './corrections.tsx';
import { DueBack } from './due-back.tsx';
import './people.css';
import { PeopleTabs, usePeopleTab } from './people-tabs.tsx';
import { PersonSuspensions } from './person-suspensions.tsx';
import { PresenceEvidence } from './presence-evidence.tsx';
import { type PersonSearch, SearchForm } from './search-form.tsx';
import { Suspensions } from './suspensions.tsx';
import { PersonTimeline } from './timeline.tsx';
import { VirtualAreas } from './virtual-areas.tsx';

/** Finds who a badge at the desk belongs to, as soon as it is read while this screen is open. */
function DeskSearch({ onSearch }: { readonly onSearch: (search: PersonSearch) => void }) {
  const { t } = useWords();
  const read = useLastDeskRead();
  const [openedWith] = useState(read);
  const fresh = read !== null && read !== openedWith && read.permit !== null;
  const credential = fresh ? read.credential : null;
  const atMs = fresh ? read.atMs : 0;
  useEffect(() => {
    if (credential !== null) {
      onSearch({ by: { credential }, purpose: t('people.purpose-desk') });
    }
    // The same badge read again asks again.
    void atMs;
  }, [credential, atMs, onSearch, t]);
  return <DeskReaders use="desk" />;
}

function Results(props: {
  readonly persons: readonly FoundPerson[];
  readonly chosen: string | null;
  readonly onChoose: (person: string) => void;
}) {
  const { t } = useWords();
  return (
    <ListBox
      aria-label={t('people.results')}
      className="found-list"
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={props.chosen === null ? [] : [props.chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (key !== undefined) props.onChoose(String(key));
      }}
    >
      {props.persons.map((person) => (
        <ListBoxItem
          key={person.person}
          id={person.person}
          textValue={`${person.nameZh} ${person.nameEn}`}
          className="found"
        >
          <PersonHead person={person} />
          <p className="small">
            <PersonPlace person={person} />
          </p>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

/** People: a search, who is due back, corrections, suspensions, areas without gates. */
export function PeopleScreen() {
  const tab = usePeopleTab();
  switch (tab) {
    case 'search':
      return <PeopleSearch />;
    case 'due-back':
      return <DueBack />;
    case 'corrections':
      return <Corrections />;
    case 'suspensions':
      return <Suspensions />;
    case 'virtual':
      return <VirtualAreas />;
    default:
      return assertNever(tab, 'tab');
  }
}

/** People: found by a badge at the desk, by permit, name or number, always for a stated purpose. */
function PeopleSearch() {
  const { t } = useWords();
  const { params } = useRoute();
  const role = useSession()?.role;
  const may = useMay();
  const [search, setSearch] = useState<PersonSearch | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useQuery('person.find', search);
  const persons = query.data?.persons ?? null;
  const person = persons?.find((one) => one.person === chosen) ?? persons?.[0];
  const start = {
    by: params.person === undefined ? ('permit' as const) : ('person' as const),
    text: params.person ?? params.permit ?? '',
    purpose: params.crossing === undefined ? '' : `${t('incidents.crossing')} ${params.crossing}`,
  };
  const list = (
    <div className="people-left">
      {(role === 'operator' || role === 'supervisor') && <DeskSearch onSearch={setSearch} />}
      <SearchForm key={JSON.stringify(params)} start={start} onSearch={setSearch} />
      {query.busy && <Busy />}
      {query.fault && <ErrorBox fault={query.fault} onRetry={query.again} />}
      {persons !== null && persons.length === 0 && <Empty>{t('people.not-found')}</Empty>}
      {persons !== null && persons.length > 0 && (
        <Results persons={persons} chosen={person?.person ?? null} onChoose={setChosen} />
      )}
    </div>
  );
  const side = person ? (
    <div className="person">
      <PersonCard person={person} onChanged={query.again} />
      <PersonSuspensions person={person} />
      {search !== null && may('person.timeline') && (
        <PersonTimeline
          key={`line-${person.person}`}
          person={person.person}
          purpose={search.purpose}
        />
      )}
      {search !== null && may('presence.evidence') && (
        <PresenceEvidence key={person.person} person={person.person} purpose={search.purpose} />
      )}
    </div>
  ) : (
    <Empty>{t('people.nothing-yet')}</Empty>
  );
  const note = persons === null ? undefined : t('people.found', { count: persons.length });
  return (
    <Screen title={t('people.title')} note={note} tools={<PeopleTabs />}>
      <Split wide list={list} side={side} sideLabel={t('people.detail')} />
    </Screen>
  );
}
