import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RegimeVersionRow } from '../../../shared/contract/regime-queries.ts';
import { DraftId } from '../../../shared/domain/ids.ts';
import { isInForce, type Regime, regimeOf } from '../../../shared/regime/regime-file.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { useMay } from '../../actions/may.ts';
import { choose, useRoute } from '../../actions/route.ts';
import { useEntry, useSite } from '../../live/client.tsx';
import { useZoneNow } from '../../live/now.ts';
import { useEvery } from '../../live/use-every.ts';
import { useQuery } from '../../live/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { DraftDialog } from './draft-dialog.tsx';
import './regime.css';
import { IN_FORCE, VersionList } from './version-list.tsx';
import { type ShownVersion, VersionPanel, viewOf } from './version-panel.tsx';

/** Somebody else may act, and a time comes: the list is asked for this often. */
const VERSIONS_MS = 5_000;
/** Who may not see the list hears of another version by reading it anew. */
const READ_MS = 60_000;

/** The version in force and those that were handed in, kept in step with the engine. */
function useVersions() {
  const may = useMay();
  const mayList = may('regime.versions');
  const { regime: known } = useSite();
  const { refresh } = useEntry();
  const versions = useQuery('regime.versions', mayList ? {} : null);
  const read = useQuery('regime.read', { draft: null });
  useEvery(mayList ? VERSIONS_MS : READ_MS, mayList ? versions.again : read.again);
  const listed = versions.data?.inForce.version;
  const shown = read.data?.regime.version;
  const now = listed ?? shown ?? known.version;
  const { again } = read;
  useEffect(() => {
    if (listed !== undefined && shown !== undefined && listed !== shown) again();
  }, [listed, shown, again]);
  const told = useRef(known.version);
  useEffect(() => {
    // Once each time another decides: the crossings' clauses too are then that one's.
    if (now === told.current) return;
    told.current = now;
    void refresh();
  }, [now, refresh]);
  return { versions, read };
}

/** The version that is chosen, whole. */
function useShown(
  { data: list }: ReturnType<typeof useVersions>['versions'],
  { data: current }: ReturnType<typeof useVersions>['read'],
) {
  const { params } = useRoute();
  const draft = DraftId.safeParse(params.draft);
  const row = draft.success
    ? (list?.versions.find((one) => one.draft === draft.data) ?? null)
    : null;
  const drafted = useQuery('regime.read', row === null ? null : { draft: row.draft });
  const inForce = useMemo(() => (current ? regimeOf(current.regime) : null), [current]);
  const { data } = drafted;
  const regime = useMemo(() => (data ? regimeOf(data.regime) : null), [data]);
  const shown = useMemo((): ShownVersion | null => {
    if (current === null || inForce === null) return null;
    if (row === null) return { ...current, regime: inForce, row, inForce };
    // The answer to an earlier choice stays until the next one comes.
    if (data === null || regime === null || data.hash !== row.hash) return null;
    return { regime, hash: data.hash, fromMs: row.fromMs, row, inForce };
  }, [current, inForce, row, data, regime]);
  return { inForce, shown, fault: drafted.fault, again: drafted.again };
}

/** A version is handed in from the palette too. */
function useDraftCommand(mayDraft: boolean, run: () => void): void {
  const { t } = useWords();
  const commands = useMemo((): readonly ConsoleCommand[] => {
    const title = t('regime.draft-open');
    return mayDraft ? [{ id: 'regime-draft', title, group: 'actions', run }] : [];
  }, [t, mayDraft, run]);
  useCommands(commands);
}

function List(props: {
  readonly inForce: Regime | null;
  readonly rows: readonly RegimeVersionRow[] | null;
  readonly chosen: RegimeVersionRow | null;
}) {
  const { text3 } = useWords();
  const nowMs = useZoneNow();
  const { chosen, inForce, rows } = props;
  if (inForce === null) return <Busy />;
  return (
    <VersionList
      inForce={{
        title: text3(inForce.title),
        version: inForce.version,
        decides: nowMs === null || isInForce(inForce, nowMs),
      }}
      rows={rows}
      chosen={chosen?.draft ?? IN_FORCE}
      onChoose={(key) => choose('regime', key === IN_FORCE ? {} : { draft: key })}
    />
  );
}

/** The regime: what is in force in plain words, its versions, and how another comes in force. */
export function RegimeScreen() {
  const { t, text3 } = useWords();
  const mayDraft = useMay()('regime.draft');
  const { params } = useRoute();
  const { versions, read } = useVersions();
  const { inForce, shown, fault, again } = useShown(versions, read);
  const [drafting, setDrafting] = useState(false);
  const open = useCallback(() => setDrafting(true), []);
  useDraftCommand(mayDraft, open);
  const row = shown?.row ?? null;
  const chosen = row === null ? {} : { draft: row.draft };
  const failed = read.fault ?? versions.fault ?? fault;
  const retry = () => {
    for (const ask of [read.again, versions.again, again]) ask();
  };
  const title = inForce === null ? '' : text3(inForce.title);
  return (
    <Screen
      title={t('regime.title')}
      note={inForce === null ? undefined : t('regime.note', { title, n: inForce.version })}
      tools={
        mayDraft && (
          <Button disabled={inForce === null} onPress={open}>
            {t('regime.draft-open')}
          </Button>
        )
      }
    >
      <Split
        wide
        list={<List inForce={inForce} rows={versions.data?.versions ?? null} chosen={row} />}
        sideLabel={t('regime.detail')}
        side={
          <>
            {failed && <ErrorBox fault={failed} onRetry={retry} />}
            {shown === null && !failed && <Busy />}
            {shown && (
              <VersionPanel
                shown={shown}
                versions={versions.data}
                view={viewOf(params.view, row)}
                onView={(view) => choose('regime', { ...chosen, view })}
                onChanged={versions.again}
              />
            )}
          </>
        }
      />
      {drafting && inForce && (
        <DraftDialog
          inForce={inForce}
          onDone={(draft) => {
            setDrafting(false);
            versions.again();
            choose('regime', { draft });
          }}
          onClose={() => setDrafting(false)}
        />
      )}
    </Screen>
  );
}
