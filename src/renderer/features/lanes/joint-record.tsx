import type { JointRow, SideResult } from '../../../shared/contract/joint-queries.ts';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type { LaneId } from '../../../shared/domain/ids.ts';
import { AUTHORITY_WORDS } from '../../../shared/locale/regime-terms.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { useEvery } from '../../live/use-every.ts';
import { useQuery } from '../../live/use-query.ts';
import { useUserName } from '../../live/use-user-name.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';

/** The newest crossings that the panel shows; the figures are of the whole day. */
const SHOWN = 8;
const SECOND_MS = 1000;
/** Somebody else may give a result: the list is asked for this often. */
const ASK_MS = 15_000;

/** Where a result of one's own side is missing still, or holds: what it said otherwise stands. */
const TAKES: ReadonlySet<SideResult> = new Set(['not-given', 'held', 'waiting']);

/** Whether somebody who acts for a side can give a result of a row. */
export function takesResultOf(row: JointRow, ownSide: JointRow['exitFor']): boolean {
  if (!row.takesResults || ownSide === null) return false;
  const isExit = row.exitFor === ownSide;
  if (!isExit && row.entryFor !== ownSide) return false;
  return TAKES.has(isExit ? row.exitResult : row.entryResult);
}

/** A side's result, who gave it, and where it is one's own to give, the button for it. */
function Said(props: {
  readonly row: JointRow;
  readonly way: 'exit' | 'entry';
  readonly ownSide: JointRow['exitFor'];
  readonly onChanged: () => void;
}) {
  const { onChanged, ownSide, row, way } = props;
  const { t } = useWords();
  const userName = useUserName();
  const may = useMay();
  const { ask } = useActions();
  const [by, result, side] =
    way === 'exit'
      ? [row.exitBy, row.exitResult, row.exitFor]
      : [row.entryBy, row.entryResult, row.entryFor];
  const isTaken = side === ownSide && may('joint.give') && takesResultOf(row, ownSide);
  return (
    <>
      <span className={result === 'held' ? 'p2' : ''}>{t(`ledger.joint-result-${result}`)}</span>
      {by !== null && <span className="dim small joint-by">{userName(by)}</span>}
      {isTaken && (
        <Button
          small
          label={`${t('joint.give-own')} ${row.crossing}`}
          onPress={() => ask({ act: 'joint', crossing: row.crossing, onDone: onChanged })}
        >
          {t('joint.give-short')}…
        </Button>
      )}
    </>
  );
}

/** Told to whoever gives results, where none of a row is theirs to give. */
function ForNeither({ of: { ownSide, rows } }: { readonly of: QueryOutput<'joint-record.lane'> }) {
  const { t, text3 } = useWords();
  const may = useMay();
  const [first] = rows;
  if (!may('joint.give') || !first?.exitFor || !first.entryFor) return null;
  if (ownSide === first.exitFor || ownSide === first.entryFor) return null;
  const words = {
    exit: text3(AUTHORITY_WORDS[first.exitFor]),
    entry: text3(AUTHORITY_WORDS[first.entryFor]),
  };
  return <p className="dim small">{t('joint.own-none', words)}</p>;
}

/** The newest inspections, and for whose side somebody may still give a result. */
function JointTable(props: {
  readonly of: QueryOutput<'joint-record.lane'>;
  readonly onChanged: () => void;
}) {
  const { of, onChanged } = props;
  const { t, time } = useWords();
  const seconds = useSeconds();
  const side = (way: 'exit' | 'entry', authority: JointRow['exitFor'] = null) =>
    t(`ledger.joint-${way}`, { side: authority === null ? '–' : t(`ledger.side-${authority}`) });
  const { ownSide, rows } = of;
  const [first] = rows;
  return (
    <FigureTable
      label={t('ledger.joint')}
      rows={rows}
      keyOf={(row) => row.crossing}
      columns={[
        { title: t('ledger.crossing'), cell: (row) => time(row.readMs) },
        {
          title: side('exit', first?.exitFor),
          cell: (row) => <Said {...{ row, ownSide, onChanged }} way="exit" />,
        },
        {
          title: side('entry', first?.entryFor),
          cell: (row) => <Said {...{ row, ownSide, onChanged }} way="entry" />,
        },
        {
          title: t('ledger.joint-time'),
          figure: true,
          cell: (row) =>
            row.isSlow ? <Badge tone="p3">{seconds(row.tookMs)}</Badge> : seconds(row.tookMs),
        },
      ]}
    />
  );
}

function useSeconds(): (ms: number | null) => string {
  const { t, number } = useWords();
  return (ms) =>
    ms === null ? '–' : t('ledger.joint-seconds', { n: number(Math.round(ms / SECOND_MS)) });
}

/** Both sides' inspections at a lane today: how long they took, and the newest of them. */
export function JointRecord({ lane }: { readonly lane: LaneId }) {
  const { t, number } = useWords();
  const { again, busy, data, fault } = useQuery('joint-record.lane', { lane, limit: SHOWN });
  useEvery(ASK_MS, again);
  const seconds = useSeconds();
  return (
    <Section
      title={t('ledger.joint')}
      tools={
        <Button small onPress={again}>
          {t('ledger.refresh')}
        </Button>
      }
    >
      {busy && data === null && <Busy />}
      {fault && <ErrorBox fault={fault} onRetry={again} />}
      {data !== null && data.rows.length === 0 && <p className="dim">{t('ledger.joint-none')}</p>}
      {data !== null && data.rows.length > 0 && (
        <>
          <Facts
            facts={[
              [t('ledger.joint-released'), number(data.released)],
              [t('ledger.joint-median'), seconds(data.medianMs)],
              [t('ledger.joint-p95'), seconds(data.p95Ms)],
              [
                t('ledger.joint-slow', { n: number(data.slowMs / SECOND_MS) }),
                data.slow === 0 ? (
                  '0'
                ) : (
                  <Badge key="slow" tone="p3">
                    {number(data.slow)}
                  </Badge>
                ),
              ],
            ]}
          />
          <JointTable of={data} onChanged={again} />
          <ForNeither of={data} />
        </>
      )}
    </Section>
  );
}
