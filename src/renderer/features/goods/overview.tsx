import type { ReactNode } from 'react';
import { type QueryState, useQuery } from '../../live/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import type { Tab } from './tab.ts';

/** Rows of each list that the engine answers with at most. */
const MOST_ROWS = 500;

/** What stands open over all enterprises. */
export function useOverview(): QueryState<'goods.overview'> {
  return useQuery('goods.overview', {});
}

/** A tab that lists what stands open; it says so where there is more than it lists. */
export function OverviewScreen(props: {
  readonly tab: Tab;
  readonly overview: QueryState<'goods.overview'>;
  readonly count: number;
  readonly note?: string | undefined;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t, number } = useWords();
  const { tab, overview, count } = props;
  const key = count < MOST_ROWS ? 'goods.shown' : 'goods.cut';
  const shown = t(key, { n: number(count) });
  return (
    <Screen
      title={t(`goods.tab-${tab}`)}
      note={props.note ?? shown}
      tools={
        <>
          {props.tools}
          <Button onPress={overview.again}>{t('goods.refresh')}</Button>
        </>
      }
    >
      {props.children}
    </Screen>
  );
}
