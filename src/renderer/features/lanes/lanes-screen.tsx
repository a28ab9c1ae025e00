import {
  type CSSProperties,
  useDeferredValue,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { Header, ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components';
import type { Line } from '../../../shared/domain/line.ts';
import { choose, useRoute } from '../../actions/route.ts';
import { useZoneActs } from '../../actions/zone-acts.ts';
import { useSite } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useViewStore } from '../../live/use-view.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { type LaneFilter, type LaneGroup, type LaneShow, laneGroups } from './lane-filter.ts';
import { LanePanel } from './lane-panel.tsx';
import { LaneTile } from './lane-tile.tsx';
import './lanes.css';

const SHOWS: readonly LaneShow[] = ['all', 'attention', 'not-controlled'];
const LINES: readonly Line[] = ['first', 'second', 'inner'];

/**
 * Lanes matching the filter. Without a filter on states the live rows are not looked at, so that a
 * lane's news draws its own tile and not three hundred.
 */
function useGroups(filter: LaneFilter): readonly LaneGroup[] {
  const { site } = useSite();
  const names = useNames();
  const store = useViewStore('lanes');
  const looked = useDeferredValue(
    useSyncExternalStore(store.subscribe, () =>
      filter.show === 'all' ? null : store.state().rows,
    ),
  );
  return useMemo(
    () =>
      laneGroups(site.checkpoints, site.lanes, looked ?? new Map(), filter, (lane) =>
        names.lane(lane.id),
      ),
    [site, looked, filter, names],
  );
}

function Tools(props: { filter: LaneFilter; onChange: (filter: LaneFilter) => void }) {
  const { t } = useWords();
  // What can be done about an open lockdown stands in the banner above.
  const acts = useZoneActs().filter(({ id }) => id === 'evacuate' || id === 'lockdown-begin');
  const { filter, onChange } = props;
  return (
    <>
      <TextField
        label={t('lanes.filter-text')}
        type="search"
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      <Select
        label={t('lanes.filter-line')}
        value={filter.line}
        choices={[
          { value: 'all', text: t('lanes.all-lines') },
          ...LINES.map((value) => ({ value, text: t(`domain.line-${value}`) })),
        ]}
        onChange={(line) => onChange({ ...filter, line })}
      />
      <Select
        label={t('lanes.filter-state')}
        value={filter.show}
        choices={SHOWS.map((value) => ({ value, text: t(`lanes.show-${value}`) }))}
        onChange={(show) => onChange({ ...filter, show })}
      />
      {acts.map(({ id, run, word }) => (
        <Button key={id} tone={id === 'evacuate' ? 'danger' : 'plain'} onPress={run}>
          {word}…
        </Button>
      ))}
    </>
  );
}

/** The grid of tiles by checkpoint: arrows walk it in both directions. */
function Grid(props: { groups: readonly LaneGroup[]; chosen: string | undefined }) {
  const { t } = useWords();
  const names = useNames();
  return (
    <ListBox
      aria-label={t('lanes.title')}
      className="lanes"
      layout="grid"
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={props.chosen === undefined ? [] : [props.chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (key !== undefined) choose('lanes', { lane: String(key) });
      }}
      renderEmptyState={() => <Empty>{t('lanes.empty')}</Empty>}
    >
      {props.groups.map(({ checkpoint, lanes }) => (
        <ListBoxSection
          key={checkpoint.id}
          id={`at-${checkpoint.id}`}
          className="lanes-group"
          style={{ '--lanes': lanes.length } as CSSProperties}
        >
          <Header className="lanes-head">
            <span className="lanes-name">{names.checkpoint(checkpoint.id)}</span>
            <Badge>{t(`domain.line-${checkpoint.line}`)}</Badge>
          </Header>
          {lanes.map((lane) => (
            <ListBoxItem
              key={lane.id}
              id={lane.id}
              textValue={names.lane(lane.id)}
              className="lanes-item"
            >
              <LaneTile lane={lane} />
            </ListBoxItem>
          ))}
        </ListBoxSection>
      ))}
    </ListBox>
  );
}

/** Every lane, live, by checkpoint; one chosen, with its commands. */
export function LanesScreen() {
  const { t } = useWords();
  const { site } = useSite();
  const { params } = useRoute();
  const [filter, setFilter] = useState<LaneFilter>({ text: '', show: 'all', line: 'all' });
  const groups = useGroups(filter);
  const shown = groups.reduce((sum, group) => sum + group.lanes.length, 0);
  const chosen = site.lanes.find((lane) => lane.id === params.lane);
  return (
    <Screen
      title={t('lanes.title')}
      note={t('lanes.note', { shown, all: site.lanes.length })}
      tools={<Tools filter={filter} onChange={setFilter} />}
    >
      <Split
        list={<Grid groups={groups} chosen={chosen?.id} />}
        sideLabel={t('lanes.detail')}
        side={chosen ? <LanePanel lane={chosen} /> : <Empty>{t('lanes.choose')}</Empty>}
      />
    </Screen>
  );
}
