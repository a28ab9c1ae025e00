import { ListBox, ListBoxItem } from 'react-aria-components';
import type { RegimeVersionRow } from '../../../shared/contract/regime-queries.ts';
import { Badge } from '../../ui/badges.tsx';
import { Empty } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';

/** The key of the version in force, beside those of the versions that were handed in. */
export const IN_FORCE = 'in-force';

/** What wants somebody to act stands out. */
export function StateBadge({ state }: { readonly state: RegimeVersionRow['state'] | 'not-yet' }) {
  const { t } = useWords();
  const isStrong = state === 'in-force' || state === 'proposed';
  return <Badge tone={isStrong ? 'strong' : 'plain'}>{t(`regime.state-${state}`)}</Badge>;
}

/** What the time is that a version carries: nothing is in force from a mere proposal. */
export function fromName(state: RegimeVersionRow['state']) {
  return state === 'proposed' ? 'regime.from-proposed' : 'regime.from';
}

/** The version in force, and every one that was handed in here, newest first. */
export function VersionList(props: {
  readonly inForce: { readonly title: string; readonly version: number; readonly decides: boolean };
  /** Null for who may not see them. */
  readonly rows: readonly RegimeVersionRow[] | null;
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}) {
  const { t, dayTime } = useWords();
  const { inForce, rows, chosen } = props;
  const list = (
    <ListBox
      aria-label={t('regime.all-versions')}
      className="version-list"
      selectionMode="single"
      selectionBehavior="replace"
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (key !== undefined) props.onChoose(String(key));
      }}
    >
      <ListBoxItem id={IN_FORCE} textValue={inForce.title} className="version">
        <p className="version-head">
          <span className="high">{t('regime.version', { n: inForce.version })}</span>
          <StateBadge state={inForce.decides ? 'in-force' : 'not-yet'} />
        </p>
        <p className="small">{inForce.title}</p>
      </ListBoxItem>
      {(rows ?? []).map((row) => {
        const title = t('regime.version', { n: row.version });
        return (
          <ListBoxItem key={row.draft} id={row.draft} textValue={title} className="version">
            <p className="version-head">
              <span className="high">{title}</span>
              <StateBadge state={row.state} />
            </p>
            <p className="dim small">
              {row.fromMs === null || row.state === 'withdrawn'
                ? `${t('regime.drafted-at')} · ${dayTime(row.draftedMs)}`
                : `${t(fromName(row.state))} · ${dayTime(row.fromMs)}`}
            </p>
          </ListBoxItem>
        );
      })}
    </ListBox>
  );
  return (
    <>
      {list}
      {rows?.length === 0 && <Empty>{t('regime.no-versions')}</Empty>}
    </>
  );
}
