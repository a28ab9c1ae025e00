import { type ReactNode, useMemo, useState } from 'react';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type {
  VirtualDeclaration,
  VirtualFiling,
} from '../../../shared/contract/virtual-operations.ts';
import type { VirtualArea } from '../../../shared/domain/virtual-area.ts';
import { AUTHORITY_WORDS } from '../../../shared/locale/regime-terms.ts';
import { useActions } from '../../actions/actions.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { useMay } from '../../actions/may.ts';
import { useQuery } from '../../live/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import { PeopleTabs } from './people-tabs.tsx';
import { FilingPanel, useFilingColumns } from './virtual-filings.tsx';
import { PresencePanel, usePresenceColumns } from './virtual-presence.tsx';

type Overview = QueryOutput<'virtual.overview'>;
const SHOWN = ['filings', 'presence'] as const;
type Shown = (typeof SHOWN)[number];

const filingKey = ({ filing }: VirtualFiling): string => filing;
const entityKey = ({ area, enterprise }: VirtualDeclaration): string => `${area} ${enterprise}`;

/** A list of either, and beside it what is chosen of it. */
function Chosen<R>(props: {
  readonly what: 'filing' | 'presence';
  readonly rows: readonly R[];
  readonly columns: readonly TableColumn<R>[];
  readonly keyOf: (row: R) => string;
  /** In an empty list's place: what failed, or that it loads; null where there is none. */
  readonly instead: ReactNode;
  readonly panel: (row: R) => ReactNode;
}) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const { columns, instead, keyOf, panel, rows, what } = props;
  const row = rows.find((one) => keyOf(one) === chosen);
  return (
    <Split
      sideLabel={t(`virtual.${what}-detail`)}
      list={
        <Table
          label={t(`virtual.${what}-list`)}
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          selected={row === undefined ? null : chosen}
          onSelect={setChosen}
          empty={instead ?? <Empty>{t(`virtual.${what}-none`)}</Empty>}
        />
      }
      side={row ? panel(row) : <Empty>{t(`virtual.${what}-choose`)}</Empty>}
    />
  );
}

interface ListProps {
  readonly overview: Overview | null;
  readonly again: () => void;
  readonly instead: ReactNode;
}

function Filings({ overview, again, instead }: ListProps) {
  const columns = useFilingColumns();
  const rows = overview?.filings ?? [];
  const panel = (row: VirtualFiling) => <FilingPanel row={row} again={again} />;
  return <Chosen what="filing" keyOf={filingKey} {...{ rows, columns, instead, panel }} />;
}

function Presence({ overview, again, instead }: ListProps) {
  const columns = usePresenceColumns();
  const rows = overview?.declarations ?? [];
  const panel = (row: VirtualDeclaration) => <PresencePanel row={row} again={again} />;
  return <Chosen what="presence" keyOf={entityKey} {...{ rows, columns, instead, panel }} />;
}

/** Declares and files, for who may: by button and from the palette. */
function useVirtualActs(again: () => void): readonly ConsoleCommand[] {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const acts = useMemo(() => {
    const given = { of: null, onDone: again };
    const all = [
      {
        id: 'virtual-declare',
        command: 'virtual.declare',
        title: t('virtual.declare-it'),
        run: () => ask({ act: 'virtual-declare', ...given }),
      },
      {
        id: 'filing-send',
        command: 'filing.send',
        title: t('virtual.send'),
        run: () => ask({ act: 'filing-send', ...given }),
      },
    ] as const;
    return all
      .filter(({ command }) => may(command))
      .map(({ id, run, title }) => ({ id, run, title, group: 'actions' as const }));
  }, [t, may, ask, again]);
  useCommands(acts);
  return acts;
}

/** What an area is and with whom its filings go. */
function AreaNote({ areas }: { readonly areas: readonly VirtualArea[] }) {
  const { t, number, text3 } = useWords();
  return areas.map(({ answerWithinDays, filedWith, id, name }) => (
    <span key={id} className="dim">
      {t('virtual.about', {
        ...{ area: text3(name), side: text3(AUTHORITY_WORDS[filedWith]) },
        days: number(answerWithinDays),
      })}
    </span>
  ));
}

/** Areas without gates: what is filed with the other side, and who is declared to be there. */
export function VirtualAreas() {
  const { t } = useWords();
  const [shown, setShown] = useState<Shown>('filings');
  const { again, busy, data, fault } = useQuery('virtual.overview', {});
  const acts = useVirtualActs(again);
  const instead = fault ? <ErrorBox fault={fault} onRetry={again} /> : busy ? <Busy /> : null;
  const list = { overview: data, again, instead };
  return (
    <Screen title={t('people.title')} tools={<PeopleTabs />}>
      <div className="ledger">
        <div className="ledger-bar">
          <Choices
            label={t('virtual.shown')}
            value={shown}
            choices={SHOWN.map((value) => ({ value, text: t(`virtual.shown-${value}`) }))}
            onChange={setShown}
          />
          <Button onPress={again}>{t('virtual.refresh')}</Button>
          {acts.map(({ id, run, title }) => (
            <Button key={id} onPress={run}>
              {title}…
            </Button>
          ))}
          <AreaNote areas={data?.areas ?? []} />
        </div>
        {shown === 'filings' ? <Filings {...list} /> : <Presence {...list} />}
      </div>
    </Screen>
  );
}
