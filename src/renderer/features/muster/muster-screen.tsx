import { useMemo } from 'react';
import type { MusterNow, MusterPersonNow } from '../../../shared/contract/views.ts';
import { useActions } from '../../actions/actions.ts';
import { type ConsoleCommand, useCommands } from '../../actions/commands.ts';
import { useMay } from '../../actions/may.ts';
import { DeskReaders } from '../../actions/reader-list.tsx';
import { choose, useRoute } from '../../actions/route.ts';
import { useExport } from '../../actions/use-export.ts';
import { useClient } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { useView, useViewRow } from '../../live/use-view.ts';
import { Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Screen, Split } from '../../ui/screen.tsx';
import { Empty } from '../../ui/states.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';
import './muster.css';
import { inOrder, musterState } from './muster-order.ts';
import { MusterPanel } from './muster-panel.tsx';

function Count(props: { readonly word: string; readonly n: number; readonly high?: boolean }) {
  const { number } = useWords();
  return (
    <div className={`muster-count${props.high && props.n > 0 ? ' muster-count-high' : ''}`}>
      <dt>{props.word}</dt>
      <dd>
        {props.high && props.n > 0 && <span aria-hidden="true">▲ </span>}
        {number(props.n)}
      </dd>
    </div>
  );
}

/** How many are on the list, here, missing and beside the list: large, to be read from afar. */
function Counts({ muster }: { readonly muster: MusterNow }) {
  const { t } = useWords();
  return (
    <dl className="muster-counts" aria-live="polite">
      <Count word={t('muster.missing')} n={muster.missing} high />
      <Count word={t('muster.marked')} n={muster.marked} />
      <Count word={t('muster.listed')} n={muster.listed} />
      <Count word={t('muster.unlisted')} n={muster.unlisted} />
      {muster.anonymous > 0 && <Count word={t('muster.anonymous')} n={muster.anonymous} high />}
    </dl>
  );
}

function useColumns(): readonly TableColumn<MusterPersonNow>[] {
  const { t, time } = useWords();
  const names = useNames();
  const userName = useUserName();
  return useMemo(
    () => [
      {
        id: 'state',
        title: t('muster.column-state'),
        width: '7rem',
        cell: (row) => {
          const state = musterState(row);
          const word = t(`muster.state-${state}`);
          return state === 'missing' ? <Marked tone="p1">{word}</Marked> : word;
        },
      },
      {
        id: 'person',
        title: t('muster.column-person'),
        width: '9rem',
        cell: (row) => <span className="id high">{row.person}</span>,
      },
      {
        id: 'place',
        title: t('muster.column-place'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => (row.place === null ? '–' : names.place(row.place)),
      },
      {
        id: 'now',
        title: t('muster.column-now'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => (
          <span className={row.now === row.place ? 'dim' : 'high'}>
            {row.now === null ? '–' : names.place(row.now)}
          </span>
        ),
      },
      {
        id: 'marked',
        title: t('muster.column-marked'),
        width: '11rem',
        cell: (row) =>
          row.markedMs === null
            ? '–'
            : `${time(row.markedMs)} ${row.reader ?? userName(row.markedBy)}`,
      },
    ],
    [t, time, names, userName],
  );
}

/** Begins and ends a muster, and marks who is chosen: by button, key and palette. */
function useMusterActs(muster: MusterNow | undefined, person: string | undefined) {
  const { t } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const isOn = muster !== undefined && muster.endedMs === null;
  const mayBegin = !isOn && may('muster.begin');
  const mayEnd = isOn && may('muster.end');
  const mayCount = may('area.count');
  const acts = useMemo<readonly ConsoleCommand[]>(() => {
    const act = (
      id: 'begin' | 'mark' | 'end' | 'count',
      run: () => void,
      keys?: string,
    ): ConsoleCommand => {
      return { id: `muster-${id}`, title: t(`muster.${id}`), group: 'actions', keys, run };
    };
    return [
      ...(mayBegin ? [act('begin', () => ask({ act: 'muster-begin' }))] : []),
      ...(isOn ? [act('mark', () => ask({ act: 'muster-mark', person }), 'm')] : []),
      ...(mayEnd ? [act('end', () => ask({ act: 'muster-end' }))] : []),
      ...(mayCount ? [act('count', () => ask({ act: 'count' }))] : []),
    ];
  }, [mayBegin, isOn, mayEnd, mayCount, person, ask, t]);
  useCommands(acts);
  return acts;
}

/** What the muster is of, since when, by whose word; and how it ended. */
function useNote(muster: MusterNow | undefined): string {
  const { t, dayTime } = useWords();
  const names = useNames();
  const userName = useUserName();
  if (muster === undefined) return t('muster.none');
  const { area, begunBy, begunMs, endedBy, endedMs, why } = muster;
  const where = area === null ? t('muster.whole-zone') : names.area(area);
  const begun = { where, when: dayTime(begunMs), by: userName(begunBy) };
  const note = t('muster.note', { ...begun, why: t(`muster.why-${why}`) });
  if (endedMs === null) return note;
  return `${note} · ${t('muster.note-ended', { when: dayTime(endedMs), by: userName(endedBy) })}`;
}

/** Hands out the whole list with names, for those who look for people. */
function Save() {
  const { t, language } = useWords();
  const client = useClient();
  const { busy, save } = useExport(({ name }) => t('muster.saved', { name }));
  const run = () => save(() => client.query('muster.csv', { language }));
  return (
    <Button disabled={busy} onPress={() => void run()}>
      {t('muster.save')}
    </Button>
  );
}

/** Muster: who was inside when it began, who is seen to be safe, and who is missing. */
export function MusterScreen() {
  const { t } = useWords();
  const { params } = useRoute();
  const muster = useViewRow('muster', 'now');
  const { rows } = useView('muster-people');
  const columns = useColumns();
  const list = useMemo(() => [...rows.values()].sort(inOrder), [rows]);
  const chosen = list.find((row) => row.person === params.person);
  const may = useMay();
  const acts = useMusterActs(muster, chosen?.markedMs === null ? chosen.person : undefined);
  const note = useNote(muster);
  const tools = (
    <>
      {muster !== undefined && may('muster.csv') && <Save />}
      {acts.map(({ id, run, title }) => (
        <Button key={id} tone={id === 'muster-mark' ? 'main' : 'danger'} onPress={run}>
          {title}…
        </Button>
      ))}
    </>
  );
  const shown = list.filter(({ markedMs }) => markedMs === null).length;
  return (
    <Screen title={t('muster.title')} note={note} tools={tools}>
      {muster && <Counts muster={muster} />}
      <DeskReaders use="muster" />
      <Split
        sideLabel={t('muster.detail')}
        list={
          <>
            <Table
              label={t('muster.people')}
              columns={columns}
              rows={list}
              keyOf={(row) => row.person}
              selected={params.person}
              onSelect={(person) => choose('muster', { person })}
              empty={<Empty>{t(muster ? 'muster.nobody' : 'muster.none-text')}</Empty>}
            />
            {muster !== undefined && shown < muster.missing && (
              <p className="dim">{t('muster.more', { n: shown, all: muster.missing })}</p>
            )}
          </>
        }
        side={chosen ? <MusterPanel row={chosen} /> : <Empty>{t('muster.choose')}</Empty>}
      />
    </Screen>
  );
}
