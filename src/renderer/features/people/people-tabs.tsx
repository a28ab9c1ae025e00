import { useMay } from '../../actions/may.ts';
import { choose, useRoute } from '../../actions/route.ts';
import { useSite } from '../../live/client.tsx';
import { Choices } from '../../ui/choices.tsx';
import { useWords } from '../../words/words.ts';

const TABS = ['search', 'due-back', 'corrections', 'suspensions', 'virtual'] as const;
type PeopleTab = (typeof TABS)[number];

/** The parts that there are here for this person: few sites have areas without gates. */
function usePeopleTabs(): readonly PeopleTab[] {
  const may = useMay();
  const { site } = useSite();
  const hasVirtual = (site.virtualAreas ?? []).length > 0 && may('virtual.overview');
  return hasVirtual ? TABS : TABS.filter((tab) => tab !== 'virtual');
}

/** The part of the screen that is shown: it stands in the address. */
export function usePeopleTab(): PeopleTab {
  const { params } = useRoute();
  return usePeopleTabs().find((tab) => tab === params.tab) ?? 'search';
}

export function PeopleTabs() {
  const { t } = useWords();
  const tab = usePeopleTab();
  return (
    <Choices
      label={t('ledger.tabs')}
      value={tab}
      choices={usePeopleTabs().map((value) => ({ value, text: t(`ledger.tab-${value}`) }))}
      onChange={(value) => choose('people', value === 'search' ? {} : { tab: value })}
    />
  );
}
