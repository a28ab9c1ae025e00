import { choose, useRoute } from '../../actions/route.ts';
import { Choices } from '../../ui/choices.tsx';
import { useWords } from '../../words/words.ts';

const TABS = ['search', 'due-back', 'corrections', 'suspensions'] as const;
type PeopleTab = (typeof TABS)[number];

/** The part of the screen that is shown: it stands in the address. */
export function usePeopleTab(): PeopleTab {
  const { params } = useRoute();
  return TABS.find((tab) => tab === params.tab) ?? 'search';
}

export function PeopleTabs() {
  const { t } = useWords();
  const tab = usePeopleTab();
  return (
    <Choices
      label={t('ledger.tabs')}
      value={tab}
      choices={TABS.map((value) => ({ value, text: t(`ledger.tab-${value}`) }))}
      onChange={(value) => choose('people', value === 'search' ? {} : { tab: value })}
    />
  );
}
