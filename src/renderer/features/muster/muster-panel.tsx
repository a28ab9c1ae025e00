import type { MusterPersonNow } from '../../../shared/contract/views.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useNames } from '../../live/names.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { useViewRow } from '../../live/use-view.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import { musterState } from './muster-order.ts';

/** Somebody of the muster. Their name is asked for on People, for a stated purpose. */
export function MusterPanel({ row }: { readonly row: MusterPersonNow }) {
  const { t, dayTime } = useWords();
  const names = useNames();
  const may = useMay();
  const userName = useUserName();
  const { ask } = useActions();
  const isOn = useViewRow('muster', 'now')?.endedMs === null;
  const { markedBy, markedMs, now, person, place, reader } = row;
  const by = reader === null ? t('muster.by-hand', { by: userName(markedBy) }) : reader;
  return (
    <>
      <h2 className="side-title id">{person}</h2>
      <Section title={t(`muster.state-${musterState(row)}`)}>
        <Facts
          facts={[
            [t('muster.column-place'), place === null ? '–' : names.place(place)],
            [t('muster.column-now'), now === null ? '–' : names.place(now)],
            [t('muster.column-marked'), markedMs === null ? '–' : `${dayTime(markedMs)} ${by}`],
          ]}
        />
      </Section>
      <div className="muster-acts">
        {isOn && markedMs === null && may('muster.mark') && (
          <Button tone="main" onPress={() => ask({ act: 'muster-mark', person })}>
            {t('muster.mark')}…
          </Button>
        )}
        {may('person.find') && (
          <Button onPress={() => go('people', { person })}>{t('muster.who')}</Button>
        )}
      </div>
    </>
  );
}
